using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Registration;

namespace MsaOrleans.Grains.Tests.Stateful;

/// <summary>A door that closes after wrong answers: what a bystander who counts them knows of it.</summary>
/// <param name="attempts">Wrong answers that close it, each time.</param>
/// <param name="lockOf">How long it is closed the first time, the second, and so on; nothing: until the hotline opens it.</param>
internal sealed class Door(int attempts, Func<int, TimeSpan?> lockOf)
{
    /// <summary>As long as the longest wait that trying again could avoid, where there is no account.</summary>
    private static readonly TimeSpan memory = TimeSpan.FromDays(30);

    private DateTimeOffset until = DateTimeOffset.MinValue;
    private DateTimeOffset lastWrongAt;

    /// <summary>Wrong answers that were looked at since the last right one.</summary>
    public int Wrong { get; private set; }

    public int Left => attempts - (Wrong % attempts);

    public bool IsShut(DateTimeOffset now) => now < until;

    /// <summary>Nobody has tried for so long that it may be as if nobody ever had.</summary>
    public bool MayBeForgotten(DateTimeOffset now) => until != DateTimeOffset.MaxValue && lastWrongAt + memory <= now;

    public void AnsweredWrong(DateTimeOffset now)
    {
        (Wrong, lastWrongAt) = (Wrong + 1, now);
        if (Wrong % attempts == 0)
            until = lockOf(Wrong / attempts) is { } span ? now + span : DateTimeOffset.MaxValue;
    }

    public void AnsweredRight() => (Wrong, until) = (0, DateTimeOffset.MinValue);

    public void OpenedByHotline() => until = DateTimeOffset.MinValue;
}

/// <summary>A browser, and what it has shown in the sign-up that it is in.</summary>
internal sealed class Browser
{
    public SignUpTicket? Ticket { get; set; }

    public ContactDetails? Details { get; set; }

    public bool IsProved { get; set; }

    public bool ByFranceConnect { get; set; }

    /// <summary>Sign-ups in which it had shown a proof before it began again: they are still there, but it has nothing any more to go on with them.</summary>
    public HashSet<SignUpTicket> LeftProved { get; } = [];

    public void BeginsWith(SignUpTicket ticket)
    {
        if (IsProved && ticket != Ticket)
            LeftProved.Add(Ticket!);
        (Ticket, Details, IsProved, ByFranceConnect) = (ticket, null, false, false);
    }

    public bool HasProved(string ticketHash) => (IsProved ? LeftProved.Append(Ticket!) : LeftProved).Any(ticket => SecretHash.Of(ticket.Secret) == ticketHash);

    public void Declares(ContactDetails details, bool isHe)
    {
        var same = Details is { } before && (before.FamilyName, before.GivenName, before.BirthDate) == (details.FamilyName, details.GivenName, details.BirthDate);
        IsProved &= ByFranceConnect ? isHe : same;
        ByFranceConnect &= IsProved;
        Details = details;
    }
}

/// <summary>A letter that is owed, from the moment of the act that it follows from.</summary>
internal sealed class OwedLetter
{
    public required Guid Id { get; init; }

    public required LetterKind Kind { get; init; }

    public required EmailAddress To { get; set; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Its place among all letters.</summary>
    public required int Order { get; init; }

    public int Tries { get; set; }

    /// <summary>It has reached a mailbox, whether or not its worker lived to say so.</summary>
    public bool HasArrived { get; set; }

    /// <summary>The worker said so, or its secret came back.</summary>
    public bool IsConfirmed { get; set; }

    /// <summary>The relay has refused it for good, or eleven times.</summary>
    public bool IsRefused { get; set; }

    public bool IsOver { get; set; }
}

/// <summary>A secret that came in a letter.</summary>
internal sealed class Secret
{
    public required OwedLetter Letter { get; init; }

    public required string Value { get; init; }

    /// <summary>Until when its letter says that it works.</summary>
    public required DateTimeOffset AnnouncedEnd { get; init; }

    /// <summary>Until when the last try of the letter says so: after it none of them works.</summary>
    public DateTimeOffset LastEnd { get; set; }

    /// <summary>Used up, or another has taken its place.</summary>
    public bool IsVoid { get; set; }

    /// <summary>A code has opened the sign-in page, which it does once.</summary>
    public bool HasSignedIn { get; set; }

    public bool MustOpen(DateTimeOffset now) => !IsVoid && now < AnnouncedEnd;

    public bool MayOpen(DateTimeOffset now) => !IsVoid && now < LastEnd;
}

/// <summary>A session that somebody holds.</summary>
internal sealed class OpenedSession
{
    private static readonly (TimeSpan Idle, TimeSpan Granularity, TimeSpan Absolute) limits = (TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(1), TimeSpan.FromHours(8));

    public required SessionToken Token { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset SeenAt { get; set; }

    /// <summary>It was opened by what came in a letter, and is good for nothing but a change of password.</summary>
    public bool BySecret { get; init; }

    /// <summary>The request whose code opened it or was entered in it.</summary>
    public Request? Entered { get; set; }

    public bool IsEnded { get; set; }

    public bool IsObliged => BySecret || Entered is not null;

    public bool MustBeOpen(DateTimeOffset now) => !IsEnded && now < SeenAt + limits.Idle && now < StartedAt + limits.Absolute;

    public bool MayBeOpen(DateTimeOffset now) => !IsEnded && now < SeenAt + limits.Idle + limits.Granularity && now < StartedAt + limits.Absolute;
}

/// <summary>A request for a department.</summary>
internal sealed class Request
{
    public required string Department { get; init; }

    public required Guid Letter { get; init; }

    public int WrongCodes { get; set; }

    public bool IsOver { get; set; }
}
