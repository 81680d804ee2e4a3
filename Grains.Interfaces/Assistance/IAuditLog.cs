using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Interfaces.Assistance;

/// <summary>The record of the hotline, for supervisors to read. There is one, under the key 0.</summary>
[Alias("msa.audit-log")]
public interface IAuditLog : IGrainWithIntegerKey
{
    /// <summary>Puts the look itself on the record (once more when it had to be asked again), then says what was found.</summary>
    [Alias("search"), Retriable]
    Task<AuditPage> Search(AuditQuery query, AgentAct by);

    /// <summary>The same for all that is found, <see cref="AuditQuery.ExportLength"/> entries at most; the record says that it was an export.</summary>
    [Alias("export"), Retriable]
    Task<AuditPage> Export(AuditQuery query, AgentAct by);
}
