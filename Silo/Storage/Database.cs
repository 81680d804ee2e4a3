using System.Data.Common;
using MsaOrleans.Silo.Registry;

namespace MsaOrleans.Silo.Storage;

/// <summary>The database of an installation, its schema in place. SQL that both kinds share is where it is used; what differs is here.</summary>
public abstract class Database
{
    /// <summary>The name under which Orleans' ADO.NET provider knows this kind of database.</summary>
    public abstract string OrleansInvariant { get; }

    /// <summary>Connections that may write, and that Orleans uses for everything.</summary>
    public abstract DbDataSource Writes { get; }

    /// <summary>Connections that only read, and that no writer ever holds up.</summary>
    public abstract DbDataSource Reads { get; }

    /// <summary>One page of the adherents with something due at <c>@Moment</c>, after the row (<c>@Due</c>, <c>@N0</c>, <c>@N1</c>).</summary>
    internal abstract string DuePageQuery { get; }

    /// <summary>One page of the adherents to whom a letter is owed, after the row (<c>@N0</c>, <c>@N1</c>).</summary>
    internal abstract string OwedPageQuery { get; }

    /// <summary>How many adherents are owed a letter, <c>@Most</c> at most, and for how many of them nothing is due before <c>@Moment</c>.</summary>
    internal abstract string OwedCountQuery { get; }

    /// <summary>Of those with something due at <c>@Moment</c>, the first <c>@Most</c>: how many are owed a letter, and when the first of them was due, in hexadecimal.</summary>
    internal abstract string OverdueCountQuery { get; }

    /// <summary>The rows of all agents of the hotline: those of <c>@State</c> that have <c>@Due</c> in the place of a due time.</summary>
    internal abstract string AgentsQuery { get; }

    /// <summary>Lines of a file that an import takes at once: many make it fast, few make others wait less where there is one writer at a time.</summary>
    internal abstract int RegistryBatch { get; }

    /// <summary>What a query ends with so that nobody else writes its rows before its transaction ends.</summary>
    internal abstract string RowLock { get; }

    /// <summary>The fingerprints of what a table of the registry holds of some adherents, by the key of the row.</summary>
    internal abstract Task<Dictionary<Guid, Guid>> Fingerprints(RegistryTable table, IReadOnlyCollection<Guid> adherents, CancellationToken stop);

    /// <summary>Writes rows of one table of the registry, all or none of them, over what was there under their keys.</summary>
    /// <param name="rows">In the order of their adherents.</param>
    /// <param name="allNew">Whether nothing was there under any of these keys a moment ago.</param>
    internal abstract Task WriteRegistry(IReadOnlyList<SealedRow> rows, bool allNew, CancellationToken stop);

    private protected static async Task AddFingerprints(DbCommand query, Dictionary<Guid, Guid> found, CancellationToken stop)
    {
        await using var reader = await query.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
            found.Add(((byte[])reader.GetValue(0)).ToGuid(), ((byte[])reader.GetValue(1)).ToGuid());
    }
}
