namespace MsaOrleans.Grains.Domain.Agents;

/// <summary>A password was right, and the code is due. There is one at a time: another begins where the last was left.</summary>
/// <param name="TicketHash">Hash of what the browser holds.</param>
/// <param name="EndsAt">From when on it begins again with the password.</param>
internal sealed record PendingSignIn(string TicketHash, DateTimeOffset EndsAt)
{
    public bool IsOf(string ticketHash, DateTimeOffset now) => TicketHash == ticketHash && now < EndsAt;
}
