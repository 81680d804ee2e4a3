using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Ports;
using Orleans.Concurrency;

namespace MsaOrleans.Grains;

/// <summary>The record of the hotline, read in whatever silo is asked.</summary>
[StatelessWorker]
public sealed class AuditLogGrain(IAuditSearch search, IAuditTrail trail, TimeProvider clock) : Grain, IAuditLog
{
    public Task<AuditPage> Search(AuditQuery query, AgentAct by) => Read(query, by, AuditQuery.PageLength, detail: null);

    public Task<AuditPage> Export(AuditQuery query, AgentAct by) => Read(query, by, AuditQuery.ExportLength, "export");

    private async Task<AuditPage> Read(AuditQuery query, AgentAct by, int most, string? detail)
    {
        await trail.Append(new(clock.GetUtcNow(), AuditedAct.ReadAudit, by, query.Adherent, detail));
        return await search.Search(query, most);
    }
}
