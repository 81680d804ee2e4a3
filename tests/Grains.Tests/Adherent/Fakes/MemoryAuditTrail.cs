using System.Collections.Concurrent;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains.Tests.Adherent.Fakes;

/// <summary>The record, in memory; it can refuse entries about one adherent.</summary>
internal sealed class MemoryAuditTrail : IAuditTrail
{
    private readonly ConcurrentQueue<AuditEntry> entries = [];
    private readonly ConcurrentDictionary<Guid, bool> broken = [];

    public event Action<AuditEntry> Appended = delegate { };

    public Task Append(AuditEntry entry)
    {
        if (broken.ContainsKey(entry.Adherent!.Value))
            throw new IOException("The record cannot be written.");
        entries.Enqueue(entry);
        Appended(entry);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AuditEntry>> About(Guid adherent, int most) =>
        Task.FromResult<IReadOnlyList<AuditEntry>>([.. entries.Where(e => e.Adherent == adherent).Reverse().Take(most)]);

    public void Break(Guid adherent) => broken[adherent] = true;

    public void Mend(Guid adherent) => broken.TryRemove(adherent, out _);
}
