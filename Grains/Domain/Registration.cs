using System.Collections.Immutable;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Registration;

namespace MsaOrleans.Grains.Domain;

/// <summary>
/// The sign-ups under way for one NIR, one for each browser that began one, and the one that was completed. Browsers are known by
/// the hash of their ticket; none sees another's draft.
/// </summary>
internal sealed record Registration
{
    /// <summary>
    /// Drafts kept at once. Whoever comes gets in, or a stranger who knows a NIR could shut the door on its owner; the one that gives way is the
    /// least advanced, and then the oldest. So a draft whose identity is proved never gives way to people who have proved nothing.
    /// </summary>
    public const int MaxDrafts = 5;

    public ImmutableList<Draft> Drafts { get; init => field = value ?? []; } = [];

    public Completion? Completed { get; init; }

    public Draft? DraftOf(string ticketHash) => Drafts.Find(d => d.TicketHash == ticketHash);

    /// <summary>Opens a draft, or finds the one this browser has.</summary>
    public Registration Begin(string ticketHash, DateTimeOffset now, TimeSpan abandonedAfter)
    {
        if (DraftOf(ticketHash) is { } known)
            return With(known.TouchedAt(now, abandonedAfter));
        var draft = new Draft { TicketHash = ticketHash, StartedAt = now }.TouchedAt(now, abandonedAfter);
        var kept = Drafts.Count < MaxDrafts
            ? Drafts
            : Drafts.Remove(Drafts.OrderBy(d => d.Advance).ThenBy(d => d.EraseAt).First());
        return this with { Drafts = kept.Add(draft) };
    }

    /// <summary>Replaces this browser's draft.</summary>
    public Registration With(Draft draft) => this with { Drafts = Drafts.ConvertAll(d => d.TicketHash == draft.TicketHash ? draft : d) };

    /// <summary>The account is opened by this draft; the others are void.</summary>
    public Registration Complete(Draft draft, string termsVersion, DateTimeOffset eraseUnopenedAt, DateTimeOffset now) =>
        this with { Drafts = [], Completed = new(now, draft.TicketHash, termsVersion, eraseUnopenedAt) };

    /// <summary>Another way into an account that nobody has opened yet: it is kept longer.</summary>
    public Registration KeptUnopenedUntil(DateTimeOffset moment) =>
        Completed is { EraseUnopenedAt: { } known } && known < moment ? this with { Completed = Completed with { EraseUnopenedAt = moment } } : this;

    /// <summary>The account has been opened: it is no abandoned sign-up any more, nor are there others beside it.</summary>
    public Registration Opened() => this with { Drafts = [], Completed = Completed! with { EraseUnopenedAt = null } };

    public Registration Abandon(string ticketHash) => this with { Drafts = Drafts.RemoveAll(d => d.TicketHash == ticketHash) };

    public Registration WithoutAbandoned(DateTimeOffset now) =>
        Drafts.Any(d => d.EraseAt <= now) ? this with { Drafts = Drafts.RemoveAll(d => d.EraseAt <= now) } : this;
}

/// <summary>What one browser has answered so far.</summary>
internal sealed record Draft
{
    public required string TicketHash { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it is erased if nothing more happens.</summary>
    public DateTimeOffset EraseAt { get; init; }

    public ContactDetails? Details { get; init; }

    public bool? HealthInsured { get; init; }

    public DateTimeOffset? ProvedAt { get; init; }

    /// <summary>Who proved it, if FranceConnect did.</summary>
    public FranceConnectProof? FranceConnect { get; init; }

    /// <summary>How far it has got, for choosing which one gives way.</summary>
    internal int Advance => (Details is null ? 0 : 1) + (HealthInsured is null ? 0 : 1) + (ProvedAt is null ? 0 : 2);

    /// <summary>The step that is due.</summary>
    internal SignUpStep Step =>
        Details is null ? SignUpStep.ContactDetails
        : ProvedAt is not null ? SignUpStep.Terms
        : HealthInsured is null ? SignUpStep.HealthInsurance
        : SignUpStep.Proof;

    public Draft TouchedAt(DateTimeOffset now, TimeSpan abandonedAfter) => this with { EraseAt = now + abandonedAfter };

    /// <summary>Keeps new contact details. The proof was about a name and a birth date: other ones ask for another proof.</summary>
    public Draft Declare(ContactDetails details)
    {
        var isProved = FranceConnect is { } proof ? proof.Person.IsOf(details) : Details is { } before && IsSamePerson(before, details);
        return this with { Details = details, ProvedAt = isProved ? ProvedAt : null, FranceConnect = isProved ? FranceConnect : null };
    }

    /// <summary>FranceConnect tells who it is. What was declared of somebody else is of no use any more.</summary>
    public Draft ProvedBy(FranceConnectProof proof, DateTimeOffset now) =>
        this with { ProvedAt = now, FranceConnect = proof, Details = Details is { } declared && proof.Person.IsOf(declared) ? declared : null };

    private static bool IsSamePerson(ContactDetails a, ContactDetails b) =>
        (a.FamilyName, a.GivenName, a.BirthDate) == (b.FamilyName, b.GivenName, b.BirthDate);
}

/// <summary>The terms were accepted and the account opened.</summary>
/// <param name="At">When.</param>
/// <param name="TicketHash">By which browser: it may see the last page again.</param>
/// <param name="TermsVersion">Which terms.</param>
/// <param name="EraseUnopenedAt">When the account is erased if nobody has opened it: long after its provisional password expired.</param>
internal sealed record Completion(DateTimeOffset At, string TicketHash, string TermsVersion, DateTimeOffset? EraseUnopenedAt = null);
