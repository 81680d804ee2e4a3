using MsaOrleans.Grains.Interfaces.Assistance;

namespace MsaOrleans.Grains.Ports;

/// <summary>Looks through the record of the hotline.</summary>
public interface IAuditSearch
{
    /// <summary>One page of what is on record, latest first.</summary>
    Task<AuditPage> Search(AuditQuery query);
}
