using System.Collections.Concurrent;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Silo.Agents;

/// <summary>Temporary: a record in memory, lost with the process, until the one in the database is there.</summary>
internal sealed class TemporaryAuditTrail : IAuditTrail
{
    private readonly ConcurrentStack<AuditEntry> entries = [];

    public Task Append(AuditEntry entry)
    {
        entries.Push(entry);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AuditEntry>> About(Guid adherent, int most) =>
        Task.FromResult<IReadOnlyList<AuditEntry>>([.. entries.Where(entry => entry.Adherent == adherent).Take(most)]);
}
