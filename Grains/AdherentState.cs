using System.Collections.Immutable;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains;

/// <summary>
/// All that is kept of one adherent, saved in one row, in one write. Property names are stored: they are a contract with yesterday's rows.
/// </summary>
internal sealed record AdherentState
{
    /// <summary>The grain's own key. A row that was copied over another's does not pass for it.</summary>
    public Guid? Owner { get; init; }

    public Nir? Nir { get; init; }

    public CivilIdentity? Identity { get; init; }

    public Registration Registration { get; init => field = value ?? new(); } = new();

    public IdentityVerification Verification { get; init => field = value ?? new(); } = new();

    public Credentials Credentials { get; init => field = value ?? new(); } = new();

    public Sessions Sessions { get; init => field = value ?? new(); } = new();

    public FranceConnectLink FranceConnect { get; init => field = value ?? new(); } = new();

    public Contact Contact { get; init => field = value ?? new(); } = new();

    public Enrolments Enrolments { get; init => field = value ?? new(); } = new();

    public Dispatches Dispatches { get; init => field = value ?? new(); } = new();

    public Assistance Assistance { get; init => field = value ?? new(); } = new();

    public Conversations Conversations { get; init => field = value ?? new(); } = new();

    public Documents Documents { get; init => field = value ?? new(); } = new();

    public PostalCopies PostalCopies { get; init => field = value ?? new(); } = new();

    public Recovery Recovery { get; init => field = value ?? new(); } = new();

    /// <summary>The accounts that he had and closed.</summary>
    public ImmutableList<Closure> Closures { get; init => field = value ?? []; } = [];

    /// <summary>The files that are kept for him beside his row: all others are leftovers.</summary>
    internal IReadOnlyCollection<Guid> Files => [.. Documents.Certificates.Select(c => c.Id).Union(PostalCopies.Waiting.Select(c => c.Id)), .. Conversations.Attachments.Select(a => a.Id)];

    /// <summary>The earliest moment at which something is to be done for this adherent without anybody asking; it travels in clear in his row.</summary>
    internal DateTimeOffset? DueAt => new[]
    {
        Dispatches.OverdueAt,
        Registration.Drafts.Min(d => (DateTimeOffset?)d.EraseAt),
        Contact.PendingEmail?.ExpiresAt,
        Enrolments.NextExpiry,
        EraseUnopenedAt,
        Closures.Min(c => (DateTimeOffset?)c.EraseAt),
        Conversations.EraseAt,
        Documents.DueAt,
        PostalCopies.ForgetAt,
        Registration.Completed is null ? Recovery.ForgetAt : null,
        Registration.Completed is null ? Assistance.ForgetAt : null,
        Registration.Completed is null ? Credentials.Lockout.ForgetAt : null,
        Registration.Completed is null ? Verification.Lockout.ForgetAt : null,
    }.Min();

    /// <summary>How he is reached, without a new address whose link could not be delivered: it may be asked for again.</summary>
    internal Contact ContactWithoutDeadLink => Contact.PendingEmail is { } pending && Dispatches.GaveUp(pending.Link) ? Contact with { PendingEmail = null } : Contact;

    /// <summary>A letter is owed to him, however far off; it travels in clear in his row.</summary>
    internal bool OwesLetter => Dispatches.Pending.Any();

    // Not while a letter is owed: after days without workers nobody could have opened it yet.
    private DateTimeOffset? EraseUnopenedAt => OwesLetter ? null : Registration.Completed?.EraseUnopenedAt;

    /// <summary>Nothing worth a row.</summary>
    internal bool IsEmpty =>
        Registration is { Completed: null, Drafts.IsEmpty: true } && Credentials.Lockout.IsClean && Verification.Lockout.IsClean && Recovery.IsClean && Assistance.IsClean
        && Closures.IsEmpty && !OwesLetter;

    /// <summary>
    /// He has an account: a personal password, or a way to it, or FranceConnect lets him in. When the letter with the provisional one could not be delivered, or its password
    /// expired unused, nobody can open the account any more, and the way back is to sign up again, proof of identity included.
    /// </summary>
    internal bool HasAccountAt(DateTimeOffset now) =>
        Registration.Completed is not null
        && (Credentials.Personal is not null
            || FranceConnect.Subject is not null
            || (Credentials.Provisional is { } provisional && provisional.IsValidAt(now) && !Dispatches.GaveUp(provisional.Dispatch))
            || Dispatches.Owes(LetterKind.ProvisionalPassword)
            || Dispatches.Owes(LetterKind.NewProvisionalPassword));

    /// <summary>What a session must do before the private space opens to it.</summary>
    internal FirstConnectionStep Due(Session session) =>
        session.IsObliged ? FirstConnectionStep.Password
        : Contact.ConfirmedAt is null ? FirstConnectionStep.ContactDetails
        : FirstConnectionStep.None;

    /// <summary>Why the MSA may not tell FranceConnect who he is; nothing: it may.</summary>
    /// <param name="person">What the caisses know of him; nothing when they do not know him.</param>
    internal VouchRequirements MissingToVouch(InsuredPerson? person) =>
        (Credentials.Personal is null ? VouchRequirements.PersonalPassword : 0)
        | (Contact.EmailVerifiedAt is null ? VouchRequirements.VerifiedEmail : 0)
        | (Contact.ConfirmedAt is null ? VouchRequirements.FirstConnection : 0)
        | (person is null || PivotMatch.Of(person, Contact.Email!) is null ? VouchRequirements.CertifiedNumber : 0);

    /// <summary>With requests that have gone on, or come to their end: their sessions hear of it in the same write.</summary>
    internal AdherentState With(Enrolments enrolments) => this with { Enrolments = enrolments, Sessions = Sessions.Release(enrolments.WaitsFor) };

    /// <summary>His documents go to him on paper: he chose it, and not too many wait already.</summary>
    internal bool TakesPaper => Contact.Reception.Documents == ReceptionMode.Paper && PostalCopies.HasRoom;

    /// <summary>With other conversations: of those that are gone the files are to go too.</summary>
    internal AdherentState With(Conversations conversations, DateTimeOffset now) => WithoutFilesOf(this with { Conversations = conversations }, now);

    /// <summary>With other copies on paper: those that do not wait any more need no file of their own.</summary>
    internal AdherentState With(PostalCopies copies, DateTimeOffset now) => WithoutFilesOf(this with { PostalCopies = copies }, now);

    /// <summary>With what the caisses know by now: the departments, and whether they have taken a new address over.</summary>
    internal AdherentState WithRegistryOf(InsuredPerson person, DateTimeOffset now)
    {
        var known = WithKnownDepartments(person.Departments, now);
        var changes = Contact.AddressChanges.Known(person.Address, now);
        return changes == Contact.AddressChanges ? known : known with { Contact = Contact with { AddressChanges = changes } };
    }

    /// <summary>
    /// With the departments in which the caisses know him by now. The codes of those he had asked for are not sent any more.
    /// </summary>
    internal AdherentState WithKnownDepartments(IReadOnlyList<string> known, DateTimeOffset now)
    {
        var enrolments = Enrolments.Know(known, now);
        return enrolments == Enrolments ? this : With(enrolments) with
        {
            Dispatches = Enrolments.Pending.Where(r => enrolments.IsActive(r.Department))
                .Aggregate(Dispatches, (all, r) => all.Void(r.Letter, VoidReasons.KnownMeanwhile, now)),
        };
    }

    /// <summary>With a request for a department taken back, and its letter with it.</summary>
    internal AdherentState WithoutRequest(EnrolmentRequest request, DateTimeOffset now) => With(Enrolments.End(request.Letter, EnrolmentEnding.Cancelled, now)).With(PostalCopies.TakenBack(request.Letter), now) with
    {
        Dispatches = Dispatches.Void(request.Letter, VoidReasons.Cancelled, now),
    };

    private AdherentState WithoutFilesOf(AdherentState next, DateTimeOffset now) => Files.Except(next.Files).Any() ? next with { Documents = Documents.ToPrune(now) } : next;

    /// <summary>
    /// Closed by its owner: nothing is left but the proof that it was open, the failures that a new sign-up must not wipe out, and, until the mails that
    /// say so, and what happened just before, have left, his name for them.
    /// </summary>
    internal AdherentState Closed(Guid letter, DateTimeOffset now) => new()
    {
        Identity = Identity,
        Verification = Verification.Lockout.IsClean ? new() : Verification,
        Recovery = Recovery,
        Assistance = Assistance.WithoutNotes(),
        Documents = With(new Conversations(), now).With(new PostalCopies(), now).Documents.Closed(now),
        Dispatches = Dispatches.OnlyNotices().Request(letter, LetterKind.AccountClosed, Contact.Email!, now),
        Closures = Closures.Add(new(Registration.Completed!.At, Registration.Completed.TermsVersion, now)),
    };

    /// <summary>Without sign-ups left alone, new addresses that nobody proved, codes that nobody entered, conversations of another year, and failures long past.</summary>
    internal AdherentState TidiedAt(DateTimeOffset now)
    {
        if (EraseUnopenedAt <= now)
        {
            return new AdherentState
            {
                Nir = Nir, // of a sign-up that may have been begun again
                Registration = Registration with { Completed = null },
                Verification = Verification.Lockout.IsClean ? new() : Verification,
                Credentials = new() { Lockout = Credentials.Lockout },
                Recovery = Recovery,
                Assistance = Assistance.WithoutNotes(),
                Closures = Closures,
            }.TidiedAt(now);
        }
        var registration = Registration.WithoutAbandoned(now);
        var contact = Contact.WithoutExpired(now);
        var enrolments = Enrolments.ExpiredAt(now);
        var conversations = Conversations.WithoutOld(now);
        var copies = PostalCopies.WithoutOld(now);
        var closures = Closures.Exists(c => c.EraseAt <= now) ? Closures.RemoveAll(c => c.EraseAt <= now) : Closures;
        var tidied = (registration, contact, enrolments, conversations, copies, closures) == (Registration, Contact, Enrolments, Conversations, PostalCopies, Closures)
            ? this
            : With(enrolments).With(conversations, now) with { Registration = registration, Contact = contact, PostalCopies = copies, Closures = closures };
        return Registration.Completed is not null ? tidied : tidied with
        {
            Verification = Verification.Lockout.ForgetAt <= now ? new() : Verification,
            Credentials = Credentials with { Lockout = Credentials.Lockout.ForgottenAt(now) },
            Recovery = Recovery.ForgottenAt(now),
            Assistance = Assistance.ForgottenAt(now),
            // Of somebody without an account nobody needs the name once his last letter has left.
            Identity = OwesLetter ? Identity : null,
            Dispatches = OwesLetter ? Dispatches : new(),
            Nir = registration.Drafts.IsEmpty ? null : Nir,
        };
    }
}
