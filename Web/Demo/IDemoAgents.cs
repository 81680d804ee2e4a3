using MsaOrleans.Grains.Interfaces.Agents;

namespace MsaOrleans.Web.Demo;

/// <summary>The agents of the demonstration, as whom anybody may sign in. Registered only where the demonstration is on.</summary>
public interface IDemoAgents
{
    IReadOnlyList<DemoAgent> All { get; }
}

/// <summary>One of them, with all that his sign-in asks for. Password and secret are made anew at each start: none that is known stays behind in the data.</summary>
public sealed record DemoAgent(AgentProfile Profile, string Password, TotpSecret Secret);
