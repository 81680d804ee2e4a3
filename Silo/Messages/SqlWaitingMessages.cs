using System.Data.Common;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Messages;

/// <summary>The table <c>WaitingMessages</c>, in the SQL that SQLite and PostgreSQL share.</summary>
internal sealed class SqlWaitingMessages(Database database) : IWaitingMessages
{
    private const string Page = "SELECT GrainIdN0, GrainIdN1 FROM WaitingMessages ORDER BY Since, GrainIdN0, GrainIdN1 LIMIT @Most OFFSET @Skip";

    private static readonly EntryTable table = new("WaitingMessages", "Since");

    // Off the caller's scheduler: SQLite's driver blocks.
    public Task<IReadOnlyList<Guid>> Find(int skip, int most) => Task.Run<IReadOnlyList<Guid>>(async () =>
    {
        await using var connection = await database.Reads.OpenConnectionAsync();
        await using var query = connection.CreateCommand();
        query.CommandText = Page;
        query.Add("Skip", skip).Add("Most", most);
        await using var reader = await query.ExecuteReaderAsync();
        var found = new List<Guid>();
        while (await reader.ReadAsync())
            found.Add(new AdherentRowKey(reader.GetInt64(0), reader.GetInt64(1)).Adherent);
        return found;
    });

    /// <summary>Says since when these adherents wait, or that they do not, one round trip for many.</summary>
    public static Task Replace(DbTransaction transaction, IEnumerable<(AdherentRowKey Key, long? Since)> rows, CancellationToken stop) =>
        table.Replace(transaction, rows.Select(row => (row.Key, row.Since is { } since ? [[since]] : Enumerable.Empty<object[]>())), stop);
}
