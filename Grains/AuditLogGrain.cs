using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Ports;
using Orleans.Concurrency;

namespace MsaOrleans.Grains;

/// <summary>The record of the hotline, read in whatever silo is asked.</summary>
[StatelessWorker]
public sealed class AuditLogGrain(IAuditSearch search, IAuditTrail trail, TimeProvider clock) : Grain, IAuditLog
{
    public async Task<AuditPage> Search(AuditQuery query, AgentAct by)
    {
        await trail.Append(new(clock.GetUtcNow(), AuditedAct.ReadAudit, by, query.Adherent));
        return await search.Search(query);
    }
}
