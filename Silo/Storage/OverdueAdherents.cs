using System.Buffers.Binary;
using System.Data.Common;
using System.Runtime.CompilerServices;
using MsaOrleans.Grains;
using MsaOrleans.Silo.Jobs;

namespace MsaOrleans.Silo.Storage;

/// <summary>
/// Finds the adherents to wake: their rows tell in clear when something is due and whether a letter is owed (and nothing else), and indexes on these
/// slices of the row make each search as short as its result.
/// </summary>
public sealed class OverdueAdherents(Database database) : IOverdueAdherents
{
    // By pages, so that no read stays open while the adherents are woken: those woken leave the range behind the last one read.
    private const int PageLength = 500;

    /// <summary>The keys of the adherents with something due at that moment or before, the most overdue first.</summary>
    public IAsyncEnumerable<Guid> Find(DateTimeOffset until, CancellationToken stop = default) => Read(database.DuePageQuery, until, stop);

    /// <summary>The keys of the adherents to whom a letter is owed; of some of them only perhaps, if their row was written by an older version.</summary>
    public IAsyncEnumerable<Guid> FindOwedLetters(CancellationToken stop = default) => Read(database.OwedPageQuery, DateTimeOffset.MaxValue, stop);

    internal static void AddParameters(DbCommand command, DateTimeOffset moment) => AddParameters(command, moment, Row.BeforeAll);

    /// <summary>A moment as rows tell it.</summary>
    internal static byte[] Sortable(DateTimeOffset moment)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, moment.ToUnixTimeSeconds());
        return bytes;
    }

    private async IAsyncEnumerable<Guid> Read(string query, DateTimeOffset moment, [EnumeratorCancellation] CancellationToken stop)
    {
        var last = Row.BeforeAll;
        while (true)
        {
            var page = await Task.Run(() => ReadPage(query, moment, last, stop), stop);
            foreach (var row in page)
                yield return row.Key;
            if (page.Count < PageLength)
                yield break;
            last = page[^1];
        }
    }

    private async Task<List<Row>> ReadPage(string query, DateTimeOffset moment, Row after, CancellationToken stop)
    {
        await using var connection = await database.Reads.OpenConnectionAsync(stop);
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        AddParameters(command, moment, after);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var rows = new List<Row>();
        while (await reader.ReadAsync(stop))
            rows.Add(new(reader.GetInt64(0), reader.GetInt64(1), (byte[])reader.GetValue(2)));
        return rows;
    }

    private static void AddParameters(DbCommand command, DateTimeOffset moment, Row after)
    {
        command.Add("Moment", Sortable(moment)).Add("Due", after.Due).Add("N0", after.N0).Add("N1", after.N1).Add("State", AdherentGrain.StateName).Add("Page", PageLength);
    }

    private sealed record Row(long N0, long N1, byte[] Due)
    {
        public static readonly Row BeforeAll = new(long.MinValue, long.MinValue, []);

        public Guid Key => new AdherentRowKey(N0, N1).Adherent;
    }
}
