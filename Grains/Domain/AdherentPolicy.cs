using MsaOrleans.Grains.Interfaces.Identity;

namespace MsaOrleans.Grains.Domain;

/// <summary>The limits in force, as configured (DESIGN: sections Verification, SignIn, Session, Registration, Credentials, Departments, Mail).</summary>
public sealed record AdherentPolicy
{
    /// <summary>First part of the serial of every carte Vitale (<c>Verification:CardSerialPrefix</c>).</summary>
    public string CardSerialPrefix { get; init; } = IdentityProof.VitaleCard.StandardPrefix;

    /// <summary>Failed verifications before each lock, and the locks; after the last one only the hotline unlocks.</summary>
    public LockoutPolicy Verification { get; init; } = new(3, [TimeSpan.FromHours(1), TimeSpan.FromDays(1)], ThenForGood: true);

    /// <summary>Failed sign-ins before each lock; the lock doubles up to a day.</summary>
    public LockoutPolicy SignIn { get; init; } = LockoutPolicy.Doubling(5, TimeSpan.FromMinutes(15), TimeSpan.FromDays(1));

    /// <summary>How long a session lives without a request, and at most.</summary>
    public SessionLimits Session { get; init; } = new(TimeSpan.FromMinutes(20), TimeSpan.FromHours(8));

    /// <summary>A sign-up left alone for this long is erased.</summary>
    public TimeSpan AbandonedAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a provisional password works.</summary>
    public TimeSpan ProvisionalLifetime { get; init; } = TimeSpan.FromDays(3);

    /// <summary>From the request for a department to its code (<c>Departments:CodeDelay</c>).</summary>
    public TimeSpan CodeDelay { get; init; } = TimeSpan.FromDays(3);

    /// <summary>How long the code of a department works once it has left (<c>Departments:CodeLifetime</c>).</summary>
    public TimeSpan CodeLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Letters with a way in, and links, to one address: ten at once and ten a day.</summary>
    public MailboxPolicy Mailbox { get; init; } = new(10, TimeSpan.FromHours(2.4));

    /// <summary>Waits between the tries of one letter (<c>Mail:RetryDelays</c>); after the last one it is given up.</summary>
    public IReadOnlyList<TimeSpan> MailRetryDelays { get; init; } =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromHours(24),
    ];
}

/// <summary>How long sessions last.</summary>
/// <param name="Idle">Without a request.</param>
/// <param name="Absolute">Whatever happens.</param>
public sealed record SessionLimits(TimeSpan Idle, TimeSpan Absolute);

/// <summary>When a door closes after failures, and for how long.</summary>
/// <param name="Attempts">Failures that close it, each time.</param>
/// <param name="Locks">The first lock, the second, and so on.</param>
/// <param name="ThenForGood">After the last lock: closed until somebody opens it; otherwise the last one again.</param>
public sealed record LockoutPolicy(int Attempts, IReadOnlyList<TimeSpan> Locks, bool ThenForGood)
{
    /// <summary>A lock that doubles each time, up to a longest one, which then repeats.</summary>
    public static LockoutPolicy Doubling(int attempts, TimeSpan first, TimeSpan longest)
    {
        var locks = new List<TimeSpan>();
        for (var next = first; next < longest; next *= 2)
            locks.Add(next);
        return new(attempts, [.. locks, longest], ThenForGood: false);
    }

    internal DateTimeOffset EndOfLock(int locksBefore, DateTimeOffset now) => locksBefore < Locks.Count
        ? now + Locks[locksBefore]
        : ThenForGood ? DateTimeOffset.MaxValue : now + Locks[^1];
}
