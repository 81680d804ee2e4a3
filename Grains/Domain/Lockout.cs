using MsaOrleans.Grains.Interfaces.Identity;

namespace MsaOrleans.Grains.Domain;

/// <summary>Counts failures and closes the door for a while after too many; longer each time, until a success wipes the slate.</summary>
internal sealed record Lockout
{
    /// <summary>Failures since the last lock.</summary>
    public int Failures { get; init; }

    /// <summary>Locks since the last success.</summary>
    public int Locks { get; init; }

    /// <summary>End of the last lock; <see cref="DateTimeOffset.MaxValue"/>: until somebody opens it.</summary>
    public DateTimeOffset? Until { get; init; }

    public DateTimeOffset? LastFailureAt { get; init; }

    /// <summary>For how long failures are remembered of somebody who has no account: as long as the longest wait that trying again could avoid.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    public bool IsClean => Failures == 0 && Locks == 0;

    /// <summary>When it may be forgotten altogether; never, once only the hotline can open it.</summary>
    public DateTimeOffset? ForgetAt => IsClean || Until == DateTimeOffset.MaxValue ? null : LastFailureAt + Memory;

    public bool HoldsAt(DateTimeOffset now) => now < Until;

    /// <summary>The lock that holds.</summary>
    public VerificationLock? LockAt(DateTimeOffset now) => HoldsAt(now) ? LockUntil(Until) : null;

    /// <summary>A lock with this end.</summary>
    public static VerificationLock? LockUntil(DateTimeOffset? end) => end is { } until ? new(until == DateTimeOffset.MaxValue ? null : until) : null;

    public int AttemptsLeft(LockoutPolicy policy) => policy.Attempts - Failures;

    public Lockout Fail(LockoutPolicy policy, DateTimeOffset now) => Failures + 1 < policy.Attempts
        ? this with { Failures = Failures + 1, LastFailureAt = now }
        : new() { Locks = Locks + 1, Until = policy.EndOfLock(Locks, now), LastFailureAt = now };

    /// <summary>
    /// Opened by the hotline, for as many attempts as there are before a lock. The locks that were are still counted: the next one is the longer for them, until
    /// a success.
    /// </summary>
    public Lockout Opened() => this with { Failures = 0, Until = null };

    public Lockout ForgottenAt(DateTimeOffset now) => ForgetAt <= now ? new() : this;
}
