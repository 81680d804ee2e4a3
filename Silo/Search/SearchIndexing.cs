using System.Data.Common;
using MsaOrleans.Grains;
using MsaOrleans.Silo.Adherents;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Search;

/// <summary>
/// Brings into the search index, and into the queues of messages and of the post, whom a version without one has written, and takes out what is not true any more. Grains and imports may be at work: a page is
/// locked while it is gone through, for the part of a second. May be broken off and begun again, as often as one likes.
/// </summary>
public sealed class SearchIndexing(Database database, AdherentRowSerializer rows, RegistryProtection registry, SearchTokens tokens)
{
    private const string IsOwed = "SELECT count(*) FROM SearchIndex WHERE GrainIdN0 = 0 AND GrainIdN1 = 0";
    private const string Done = "DELETE FROM SearchIndex WHERE GrainIdN0 = 0 AND GrainIdN1 = 0";

    /// <summary>Goes through all rows if the database was migrated with rows in it that the index does not know yet.</summary>
    /// <returns>Nothing when that was not so, or has been done before.</returns>
    public async Task<SearchIndexReport?> RunIfOwed(Action<SearchIndexReport>? progress = null, CancellationToken stop = default)
    {
        await using (var connection = await database.Reads.OpenConnectionAsync(stop))
        {
            await using var query = connection.CreateCommand();
            query.CommandText = IsOwed;
            if ((long)(await query.ExecuteScalarAsync(stop))! == 0)
                return null;
        }
        return await Run(progress, stop);
    }

    /// <summary>Goes through all rows.</summary>
    public async Task<SearchIndexReport> Run(Action<SearchIndexReport>? progress = null, CancellationToken stop = default)
    {
        var report = new SearchIndexReport();
        await EachPage(SealedTable.Adherents, async (transaction, page) =>
        {
            var found = new List<(AdherentRowKey, RowIndex)>();
            foreach (var row in page)
            {
                if (Open(() => rows.Deserialize<AdherentState>(new(row.Content))) is { } state)
                    found.Add((new((long)row.Key[2], (long)row.Key[3]), RowIndex.Of(state, tokens)));
            }
            await RowIndex.Replace(transaction, found, stop);
            Tell(new(found.Count, 0, page.Count - found.Count));
        });
        await EachPage(SealedTable.Persons, async (transaction, page) =>
        {
            var found = new List<(byte[], NameTokens)>();
            foreach (var row in page)
            {
                var adherent = (byte[])row.Key[0];
                if (Open(() => registry.OpenPerson(adherent.ToGuid(), row.Content)) is { } person)
                    found.Add((adherent, tokens.Of(person)));
            }
            await SearchIndex.SetNames(transaction, found, stop);
            Tell(new(0, found.Count, page.Count - found.Count));
        });
        await using var writes = await database.Writes.OpenConnectionAsync(stop);
        await using var done = writes.CreateCommand();
        done.CommandText = Done;
        await done.ExecuteNonQueryAsync(stop);
        return report;

        void Tell(SearchIndexReport page)
        {
            report += page;
            progress?.Invoke(report);
        }

        async Task EachPage(SealedTable table, Func<DbTransaction, List<SealedTable.Row>, Task> write)
        {
            var last = table.BeforeAll;
            while (true)
            {
                await using var connection = await database.Writes.OpenConnectionAsync(stop);
                await using var transaction = await connection.BeginTransactionAsync(stop);
                var page = await table.Page(connection, transaction, last, database.RegistryBatch, stop, database.RowLock);
                if (page.Count == 0)
                    return;
                await write(transaction, page);
                await transaction.CommitAsync(stop);
                last = page[^1].Key;
            }
        }
    }

    private static T? Open<T>(Func<T> open)
        where T : class
    {
        try
        {
            return open();
        }
        catch (Exception broken) when (SealedTable.IsUnreadable(broken))
        {
            return null;
        }
    }
}

/// <summary>What was gone through.</summary>
/// <param name="Adherents">Rows of adherents.</param>
/// <param name="Persons">Rows of the registry.</param>
/// <param name="Unreadable">Rows that cannot be opened, left as they were.</param>
public sealed record SearchIndexReport(long Adherents = 0, long Persons = 0, long Unreadable = 0)
{
    public static SearchIndexReport operator +(SearchIndexReport one, SearchIndexReport other) =>
        new(one.Adherents + other.Adherents, one.Persons + other.Persons, one.Unreadable + other.Unreadable);
}
