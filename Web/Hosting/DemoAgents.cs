using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Web.Demo;

namespace MsaOrleans.Web.Hosting;

/// <summary>Makes the agents of the demonstration, and goes through their first sign-in for them.</summary>
internal sealed class DemoAgents(IGrainFactory grains, TimeProvider clock) : IDemoAgents
{
    private static readonly AgentProfile[] profiles =
    [
        new(AgentLogin.Parse("agent.demo"), "Camille Berger", AgentRole.Agent),
        new(AgentLogin.Parse("superviseur.demo"), "Dominique Weber", AgentRole.Supervisor),
    ];

    private static readonly AgentAct demonstration = new("démonstration", "Démarrage du site de démonstration");

    public IReadOnlyList<DemoAgent> All { get; private set; } = [];

    public async Task Make() => All = await Task.WhenAll(profiles.Select(Make));

    private async Task<DemoAgent> Make(AgentProfile profile)
    {
        var account = grains.GetGrain<IAgentAccount>(profile.Login.Key);
        var provisional = await account.Add(profile, demonstration) ?? await account.Reset(demonstration);
        var agent = grains.GetGrain<IAgent>(profile.Login.Key);
        var ticket = await agent.SignIn(provisional!);
        var secret = (await agent.Pending(ticket!))!.ToEnrol!;
        // The code of the step before: the one that is shown now is left for whoever comes first.
        var entered = (AgentCodeOutcome.SignedIn)await agent.Confirm(ticket!, secret.CodeAt(clock.GetUtcNow() - TotpSecret.Step), new SignInOrigin("Démonstration", "locale"));
        var own = new Password(provisional!.Value + "!"); // as good a password, and another
        var changed = (PasswordChangeOutcome.Changed)await agent.Personalise(entered.Session, own);
        await agent.SignOut(changed.Session);
        return new(profile, own.Value, secret);
    }
}
