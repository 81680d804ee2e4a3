using System.Collections.Frozen;
using System.Data.Common;
using MsaOrleans.Grains.Interfaces.Caisses;
using MsaOrleans.Grains.Interfaces.Postal;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Search;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Postal;

/// <summary>The table <c>WaitingCopies</c>, in the SQL that SQLite and PostgreSQL share. It names caisses by keyed hashes.</summary>
internal sealed class SqlWaitingCopies(Database database, SearchTokens tokens) : IWaitingCopies
{
    private const string Counts =
        """
        SELECT Caisse, SUM(CASE WHEN Batch = '' THEN Letters ELSE 0 END), SUM(CASE WHEN Batch = '' THEN 0 ELSE Letters END), MIN(Since)
        FROM WaitingCopies GROUP BY Caisse ORDER BY MIN(Since), Caisse
        """;

    private const string Page = "SELECT GrainIdN0, GrainIdN1 FROM WaitingCopies WHERE Caisse = @Caisse AND Batch = '' ORDER BY Since, GrainIdN0, GrainIdN1 LIMIT @Most OFFSET @Skip";
    private const string Prepared = "SELECT Batch FROM WaitingCopies WHERE Caisse = @Caisse AND Batch > '' GROUP BY Batch ORDER BY MIN(Since), Batch LIMIT @Most";
    private const string Members = "SELECT Caisse, Letters, GrainIdN0, GrainIdN1 FROM WaitingCopies WHERE Batch = @Batch AND Batch <> '' ORDER BY Since, GrainIdN0, GrainIdN1";

    private static readonly EntryTable table = new("WaitingCopies", "Batch", "Caisse", "Since", "Letters");

    private readonly FrozenDictionary<long, string> caisses = CaisseDirectory.Caisses.Select(c => c.Slug).Append(IPostalQueue.NoCaisse).ToFrozenDictionary(tokens.OfCaisse);

    public Task<IReadOnlyList<CaisseMail>> Caisses() =>
        Read(Counts, [], row => new CaisseMail(SlugOf(row.GetInt64(0)), (int)row.GetInt64(1), (int)row.GetInt64(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3))));

    public Task<IReadOnlyList<Guid>> Find(string caisse, int skip, int most) =>
        Read(Page, [("Caisse", tokens.OfCaisse(caisse)), ("Skip", skip), ("Most", most)], row => new AdherentRowKey(row.GetInt64(0), row.GetInt64(1)).Adherent);

    public Task<IReadOnlyList<PostalBatch>> Batches(string caisse, int most) =>
        Read(Prepared, [("Caisse", tokens.OfCaisse(caisse)), ("Most", most)], row => PostalBatch.Parse(row.GetString(0)));

    public async Task<BatchEntries?> In(PostalBatch batch)
    {
        var found = await Read(Members, [("Batch", batch.Value)], row => (Caisse: row.GetInt64(0), Letters: row.GetInt32(1), new AdherentRowKey(row.GetInt64(2), row.GetInt64(3)).Adherent));
        return found is [var first, ..] ? new(SlugOf(first.Caisse), found.Sum(row => row.Letters), [.. found.Select(row => row.Adherent)]) : null;
    }

    /// <summary>Says which letters of these adherents wait, or that none does, one round trip for many.</summary>
    public static Task Replace(DbTransaction transaction, IEnumerable<(AdherentRowKey Key, WaitingLetters[] Letters)> rows, CancellationToken stop) =>
        table.Replace(transaction, rows.Select(row => (row.Key, row.Letters.Select(letters => (object[])[letters.Batch, letters.Caisse, letters.Since, letters.Count]))), stop);

    private string SlugOf(long token) => caisses.GetValueOrDefault(token, IPostalQueue.NoCaisse);

    // Off the caller's scheduler: SQLite's driver blocks.
    private Task<IReadOnlyList<T>> Read<T>(string sql, (string Name, object Value)[] parameters, Func<DbDataReader, T> one) => Task.Run<IReadOnlyList<T>>(async () =>
    {
        await using var connection = await database.Reads.OpenConnectionAsync();
        await using var query = connection.CreateCommand();
        query.CommandText = sql;
        foreach (var (name, value) in parameters)
            query.Add(name, value);
        await using var reader = await query.ExecuteReaderAsync();
        var found = new List<T>();
        while (await reader.ReadAsync())
            found.Add(one(reader));
        return found;
    });
}
