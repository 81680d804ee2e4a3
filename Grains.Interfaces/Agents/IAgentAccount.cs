using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;

namespace MsaOrleans.Grains.Interfaces.Agents;

/// <summary>The account of one agent, as the people who run the site make and unmake it. All of it goes on the record.</summary>
[Alias("msa.agent.account")]
public interface IAgentAccount : IGrainWithGuidKey
{
    /// <summary>Makes it.</summary>
    /// <returns>The provisional password, told this once; nothing when the login is taken.</returns>
    [Alias("add")]
    Task<Password?> Add(AgentProfile profile, AgentAct by);

    /// <summary>For an agent who has lost his password or his telephone: both begin anew, locks are lifted, and every session ends.</summary>
    /// <returns>The new provisional password, told this once; nothing when there is no such agent.</returns>
    [Alias("reset")]
    Task<Password?> Reset(AgentAct by);

    /// <summary>Removes it. Every session ends at once.</summary>
    /// <returns>Whether there was one.</returns>
    [Alias("remove")]
    Task<bool> Remove(AgentAct by);
}

/// <summary>Who an agent is.</summary>
/// <param name="Login">His login.</param>
/// <param name="Name">As he is called: <c>Marie Durand</c>.</param>
/// <param name="Role">What he may do.</param>
[GenerateSerializer, Immutable, Alias("msa.agent-profile")]
public sealed record AgentProfile(AgentLogin Login, string Name, AgentRole Role)
{
    /// <summary>Characters that a name may have.</summary>
    public const int MaxNameLength = 80;

    public override string ToString() => $"agent {Login}";
}
