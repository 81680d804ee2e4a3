using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Web.Journey;

namespace MsaOrleans.Web.Assistance;

/// <summary>An agent whose password was right, on his way to the code. The cookie holds what his grain asks for; the grain alone says whether it is still good.</summary>
public sealed class AgentVisit(ProtectedCookie<AgentVisit.Value> cookie)
{
    /// <summary>A little longer than the grain waits, so that its answer is the one that counts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public (Guid Agent, AgentTicket Ticket)? Recall(HttpContext context) => cookie.Read(context) is { } visit ? (visit.Agent, new(visit.Ticket)) : null;

    public void Remember(HttpContext context, Guid agent, AgentTicket ticket) => cookie.Write(context, new(agent, ticket.Secret));

    public void Forget(HttpContext context) => cookie.Delete(context);

    /// <summary>What the cookie holds.</summary>
    public sealed record Value(Guid Agent, string Ticket);
}
