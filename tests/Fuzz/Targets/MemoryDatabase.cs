using System.Data.Common;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Fuzz.Targets;

/// <summary>The registry alone, in memory.</summary>
internal sealed class MemoryDatabase : Database
{
    public Dictionary<RegistryTable, Dictionary<Guid, SealedRow>> Tables { get; } = new() { [RegistryTable.Persons] = [], [RegistryTable.Payments] = [] };

    public override string OrleansInvariant => throw new NotSupportedException();

    public override DbDataSource Writes => throw new NotSupportedException();

    public override DbDataSource Reads => throw new NotSupportedException();

    internal override string DuePageQuery => throw new NotSupportedException();

    internal override string OwedPageQuery => throw new NotSupportedException();

    internal override string OwedCountQuery => throw new NotSupportedException();

    internal override string OverdueCountQuery => throw new NotSupportedException();

    internal override string AgentsQuery => throw new NotSupportedException();

    internal override string RowLock => throw new NotSupportedException();

    internal override int RegistryBatch => 3; // so that short files have several

    internal override Task<Dictionary<Guid, Guid>> Fingerprints(RegistryTable table, IReadOnlyCollection<Guid> adherents, CancellationToken stop)
    {
        lock (Tables)
            return Task.FromResult(Tables[table].Where(row => adherents.Contains(row.Value.Adherent)).ToDictionary(row => row.Key, row => row.Value.Fingerprint));
    }

    internal override Task WriteRegistry(IReadOnlyList<SealedRow> rows, bool allNew, CancellationToken stop)
    {
        lock (Tables)
        {
            foreach (var row in rows)
                Tables[row.Payment is null ? RegistryTable.Persons : RegistryTable.Payments][row.Payment ?? row.Adherent] = row;
        }
        return Task.CompletedTask;
    }
}
