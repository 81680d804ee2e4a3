using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Assistance;

namespace MsaOrleans.Grains;

internal sealed partial class AgentGrain : IAgentAccount
{
    async Task<Password?> IAgentAccount.Add(AgentProfile profile, AgentAct by)
    {
        if (profile.Login.Key != this.GetPrimaryKey())
            throw new ArgumentException("This is the grain of another login.", nameof(profile));
        return State.Profile is null ? await BeginAnew(new() { Profile = profile, AddedAt = Now }, by, "ajout") : null;
    }

    async Task<Password?> IAgentAccount.Reset(AgentAct by) =>
        State is { Profile: not null } known ? await BeginAnew(new() { Profile = known.Profile, AddedAt = known.AddedAt }, by, "remise à zéro") : null;

    async Task<bool> IAgentAccount.Remove(AgentAct by)
    {
        if (State.Profile is null)
            return false;
        await RecordChange(State.Profile, by, "retrait");
        try
        {
            await store.ClearStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
        return true;
    }

    /// <summary>An account with a provisional password, and nothing of what there was before.</summary>
    private async Task<Password> BeginAnew(AgentState begun, AgentAct by, string what)
    {
        var password = PasswordGenerator.New();
        var hash = await hasher.Hash(password);
        await RecordChange(begun.Profile!, by, what);
        await Commit(begun with { Password = new(hash, Now + policy.ProvisionalLifetime) });
        return password;
    }

    private Task RecordChange(AgentProfile profile, AgentAct by, string what) => audit.Append(new(
        Now, AuditedAct.ChangedAgent, by, Detail: $"{what} : {profile.Login}, {(profile.Role == AgentRole.Supervisor ? "superviseur" : "agent")}"));
}
