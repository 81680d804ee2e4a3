using System.Buffers.Binary;
using System.Data.Common;
using System.Runtime.CompilerServices;
using MsaOrleans.Grains;
using MsaOrleans.Silo.Jobs;

namespace MsaOrleans.Silo.Storage;

/// <summary>
/// Finds the adherents with something due: their rows tell it in clear (and nothing else), and an index on that slice of the row makes
/// the search as short as its result.
/// </summary>
public sealed class OverdueAdherents(Database database) : IOverdueAdherents
{
    // By pages, so that no read stays open while the adherents are woken: those woken leave the range behind the last one read.
    internal const string PageQuery =
        """
        SELECT substr(PayloadBinary, 2, 8), GrainIdN0, GrainIdN1
        FROM OrleansStorage
        WHERE substr(PayloadBinary, 2, 8) <= @Moment
          AND (substr(PayloadBinary, 2, 8), GrainIdN0, GrainIdN1) > (@Due, @N0, @N1)
          AND GrainTypeString = @State
        ORDER BY substr(PayloadBinary, 2, 8), GrainIdN0, GrainIdN1
        LIMIT @Page
        """;

    private const int PageLength = 500;

    /// <summary>The keys of the adherents with something due at that moment or before, the most overdue first.</summary>
    public async IAsyncEnumerable<Guid> Find(DateTimeOffset until, [EnumeratorCancellation] CancellationToken stop = default)
    {
        var last = new Row([], long.MinValue, long.MinValue);
        while (true)
        {
            var page = await Task.Run(() => Read(until, last, stop), stop);
            foreach (var row in page)
                yield return row.Key;
            if (page.Count < PageLength)
                yield break;
            last = page[^1];
        }
    }

    internal static void AddParameters(DbCommand command, DateTimeOffset moment) => AddParameters(command, moment, new Row([], long.MinValue, long.MinValue));

    private async Task<List<Row>> Read(DateTimeOffset moment, Row after, CancellationToken stop)
    {
        await using var connection = await database.Reads.OpenConnectionAsync(stop);
        await using var command = connection.CreateCommand();
        command.CommandText = PageQuery;
        AddParameters(command, moment, after);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var rows = new List<Row>();
        while (await reader.ReadAsync(stop))
            rows.Add(new((byte[])reader.GetValue(0), reader.GetInt64(1), reader.GetInt64(2)));
        return rows;
    }

    private static void AddParameters(DbCommand command, DateTimeOffset moment, Row after)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, moment.ToUnixTimeSeconds());
        command.Add("Moment", bytes).Add("Due", after.Due).Add("N0", after.N0).Add("N1", after.N1).Add("State", AdherentGrain.StateName).Add("Page", PageLength);
    }

    private sealed record Row(byte[] Due, long N0, long N1)
    {
        // As Orleans' provider takes a Guid key apart.
        public Guid Key
        {
            get
            {
                Span<byte> bytes = stackalloc byte[16];
                BinaryPrimitives.WriteInt64LittleEndian(bytes, N0);
                BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], N1);
                return new Guid(bytes);
            }
        }
    }
}
