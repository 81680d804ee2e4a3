using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Domain.Agents;
using MsaOrleans.Grains.Interfaces.Agents;

namespace MsaOrleans.Grains;

/// <summary>All that is kept of one agent of the hotline, in one row. Property names are stored: they are a contract with yesterday's rows.</summary>
internal sealed record AgentState
{
    /// <summary>Who he is; nothing when the login is nobody's, and only tries at it were counted.</summary>
    public AgentProfile? Profile { get; init; }

    public DateTimeOffset? AddedAt { get; init; }

    public AgentPassword? Password { get; init; }

    public SecondFactor? SecondFactor { get; init; }

    public Lockout Lockout { get; init => field = value ?? new(); } = new();

    public PendingSignIn? Pending { get; init; }

    public Sessions Sessions { get; init => field = value ?? new(); } = new();

    /// <summary>A try failed, and what it was a step of begins again once they were too many.</summary>
    public AgentState Refuse(LockoutPolicy policy, DateTimeOffset now)
    {
        var lockout = Lockout.Fail(policy, now);
        return this with { Lockout = lockout, Pending = lockout.HoldsAt(now) ? null : Pending };
    }
}
