using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Web.Journey;

/// <summary>What a browser keeps of its sign-up: the way back to its draft, and nothing that the draft holds.</summary>
/// <param name="Adherent">Pseudonym of the NIR typed; nothing before one was.</param>
/// <param name="Ticket">What proves that the draft is this browser's.</param>
public sealed record SignUpVisit(Guid? Adherent = null, SignUpTicket? Ticket = null)
{
    /// <summary>
    /// Names the draft in its forms, so that a form left open in another tab is not taken for the draft begun since. It opens nothing.
    /// </summary>
    public string? DraftName => Ticket is null ? null : Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Ticket.Secret)).AsSpan(0, 6));
}
