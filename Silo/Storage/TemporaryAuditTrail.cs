using System.Collections.Concurrent;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Silo.Storage;

/// <summary>In memory, until the record has its table.</summary>
internal sealed class TemporaryAuditTrail : IAuditTrail
{
    private readonly ConcurrentQueue<AuditEntry> entries = [];

    public Task Append(AuditEntry entry)
    {
        entries.Enqueue(entry);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AuditEntry>> About(Guid adherent, int most) =>
        Task.FromResult<IReadOnlyList<AuditEntry>>([.. entries.Where(e => e.Adherent == adherent).Reverse().Take(most)]);
}
