namespace MsaOrleans.Grains.Domain.Agents;

/// <summary>The limits in force for agents of the hotline, as configured (<c>Assistance</c>; the others as for adherents).</summary>
public sealed record AgentPolicy
{
    /// <summary>Failed passwords and codes before each lock.</summary>
    public LockoutPolicy SignIn { get; init; } = new AdherentPolicy().SignIn;

    /// <summary>How long a session lives without a request, and at most.</summary>
    public SessionLimits Session { get; init; } = new(TimeSpan.FromMinutes(15), TimeSpan.FromHours(10));

    /// <summary>How long a provisional password works.</summary>
    public TimeSpan ProvisionalLifetime { get; init; } = new AdherentPolicy().ProvisionalLifetime;

    /// <summary>From the password to the code.</summary>
    public static readonly TimeSpan CodePatience = TimeSpan.FromMinutes(5);
}
