using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains.Domain.Agents;

/// <summary>The one password that an agent has.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="ProvisionalUntil">For one that was made for him: until when it works. It must be changed at its first use. Nothing for his own.</param>
internal sealed record AgentPassword(PasswordHash Hash, DateTimeOffset? ProvisionalUntil = null)
{
    public bool IsProvisional => ProvisionalUntil is not null;

    public bool WorksAt(DateTimeOffset now) => ProvisionalUntil is not { } end || now < end;
}
