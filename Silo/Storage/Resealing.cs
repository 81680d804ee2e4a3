using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.DataProtection;
using MsaOrleans.Silo.Registry;

namespace MsaOrleans.Silo.Storage;

/// <summary>
/// Seals again, under the key of today, what is sealed under old ones. Grains may be at work: a row keeps its version, and one that is written meanwhile is
/// left as it was written. May be broken off and begun again, as often as one likes.
/// </summary>
internal sealed class Resealing(Database database, IDataProtectionProvider keys, PseudonymSecret secret)
{
    private static readonly int workers = Math.Min(Environment.ProcessorCount, 8);

    /// <param name="write">Whether to seal them; otherwise they are only counted.</param>
    /// <param name="progress">Told after every page.</param>
    /// <param name="stop">Stops after the page being written, which is kept.</param>
    public async Task<ResealReport> Run(bool write, Action<ResealReport>? progress = null, CancellationToken stop = default)
    {
        var report = new ResealReport();
        foreach (var table in SealedTable.All)
        {
            await foreach (var page in Pages(table, stop).SelectAhead(workers, rows => Task.FromResult(Look(table, rows, write)), stop))
            {
                report += page.Report;
                if (page.Changes.Count > 0)
                    await Write(table, page.Changes, stop);
                progress?.Invoke(report);
            }
        }
        return report;
    }

    private async IAsyncEnumerable<List<SealedTable.Row>> Pages(SealedTable table, [EnumeratorCancellation] CancellationToken stop = default)
    {
        var last = table.BeforeAll;
        while (true)
        {
            await using var connection = await database.Reads.OpenConnectionAsync(stop);
            var page = await table.Page(connection, null, last, Math.Min(database.RegistryBatch, table.MostAtOnce), stop);
            if (page.Count == 0)
                yield break;
            await connection.CloseAsync();
            yield return page;
            last = page[^1].Key;
        }
    }

    private (ResealReport Report, List<(SealedTable.Row Row, byte[] Content)> Changes) Look(SealedTable table, List<SealedTable.Row> rows, bool write)
    {
        var age = new KeyAge(keys);
        var open = table.Open(age, secret);
        var (old, unreadable) = (0, 0);
        var changes = new List<(SealedTable.Row Row, byte[] Content)>();
        foreach (var row in rows)
        {
            try
            {
                var seal = open(row);
                if (!age.IsOld)
                    continue;
                old++;
                if (write)
                    changes.Add((row, seal()));
            }
            catch (Exception broken) when (SealedTable.IsUnreadable(broken))
            {
                unreadable++;
            }
        }
        return (new(rows.Count, old, unreadable), changes);
    }

    private async Task Write(SealedTable table, List<(SealedTable.Row Row, byte[] Content)> changes, CancellationToken stop)
    {
        await using var connection = await database.Writes.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        foreach (var (row, content) in changes)
            await table.Change(transaction, row, $"{table.Column} = @Sealed", stop, ("Sealed", content));
        await transaction.CommitAsync(stop);
    }
}

/// <summary>What was found.</summary>
/// <param name="Rows">Rows looked at.</param>
/// <param name="Old">Of these, sealed under an old key.</param>
/// <param name="Unreadable">Of these, not to be opened at all.</param>
internal sealed record ResealReport(long Rows = 0, long Old = 0, long Unreadable = 0)
{
    public static ResealReport operator +(ResealReport one, ResealReport other) => new(one.Rows + other.Rows, one.Old + other.Old, one.Unreadable + other.Unreadable);
}
