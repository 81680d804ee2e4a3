using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Web.Journey;

namespace MsaOrleans.Web.Assistance;

/// <summary>The call that an agent answers: its reason and reference, so that they are typed once. Whoever signs in next in this browser has no call.</summary>
public sealed class CurrentCall(ProtectedCookie<AgentAct> cookie)
{
    /// <summary>More than any call takes: a reason must not outlast what it was given for.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(2);

    /// <summary>The call that this agent answers; nothing when he answers none.</summary>
    public AgentAct? Recall(HttpContext context, AgentLogin login) => cookie.Read(context) is { } call && call.Agent == login.Value ? call : null;

    public void Remember(HttpContext context, AgentAct call) => cookie.Write(context, call);

    public void Forget(HttpContext context) => cookie.Delete(context);
}
