using System.Data.Common;
using System.Globalization;
using MsaOrleans.Grains;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Storage;
using Letters = MsaOrleans.Grains.Interfaces.Assistance.LettersOwed;

namespace MsaOrleans.Silo.Telemetry;

/// <summary>The hours that are counted, in the database, and what else it can tell of the site's activity without opening a row.</summary>
internal sealed class ActivityTable(Database database) : IActivityCounts
{
    internal const string HoursQuery = "SELECT Hour, Counter, Count FROM ActivityCounts WHERE Hour >= @From";

    /// <summary>Adds to what is there, all or nothing, in one statement.</summary>
    public async Task Add(IReadOnlyCollection<KeyValuePair<(DateTimeOffset Hour, string Counter), long>> counts, CancellationToken stop = default)
    {
        if (counts.Count == 0)
            return;
        // In one order everywhere, or two silos would wait for each other.
        var ordered = counts.OrderBy(count => count.Key.Hour).ThenBy(count => count.Key.Counter, StringComparer.Ordinal);
        await using var connection = await database.Writes.OpenConnectionAsync(stop);
        await using var command = connection.CreateCommand();
        var rows = new List<string>();
        foreach (var ((hour, counter), count) in ordered)
        {
            rows.Add($"(@Hour{rows.Count}, @Counter{rows.Count}, @Count{rows.Count})");
            var row = (rows.Count - 1).ToString(CultureInfo.InvariantCulture);
            command.Add("Hour" + row, HourNumber(hour)).Add("Counter" + row, counter).Add("Count" + row, count);
        }
        command.CommandText =
            $"""
             INSERT INTO ActivityCounts (Hour, Counter, Count) VALUES {string.Join(", ", rows)}
             ON CONFLICT (Hour, Counter) DO UPDATE SET Count = ActivityCounts.Count + excluded.Count
             """;
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Erases hours.</summary>
    /// <param name="before">Those that begin before this moment.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task Erase(DateTimeOffset before, CancellationToken stop = default)
    {
        await using var connection = await database.Writes.OpenConnectionAsync(stop);
        await using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM ActivityCounts WHERE Hour < @Before";
        command.Add("Before", HourNumber(before));
        await command.ExecuteNonQueryAsync(stop);
    }

    // Reads are off the caller's scheduler: SQLite's driver blocks.
    public Task<IReadOnlyList<HourCount>> Since(DateTimeOffset from) => Task.Run(async () =>
    {
        await using var connection = await database.Reads.OpenConnectionAsync();
        await using var query = connection.CreateCommand();
        query.CommandText = HoursQuery;
        query.Add("From", HourNumber(from));
        await using var reader = await query.ExecuteReaderAsync();
        var counts = new List<HourCount>();
        while (await reader.ReadAsync())
            counts.Add(new(DateTimeOffset.UnixEpoch.AddHours(reader.GetInt32(0)), reader.GetString(1), reader.GetInt64(2)));
        return (IReadOnlyList<HourCount>)counts;
    });

    public Task<Letters> LettersOwed(DateTimeOffset now) => Task.Run(async () =>
    {
        await using var connection = await database.Reads.OpenConnectionAsync();
        var (owed, later) = await Count(connection, database.OwedCountQuery, now + Dispatches.Grace, reader => checked((int)reader.GetInt64(1)));
        var (overdue, first) = await Count(connection, database.OverdueCountQuery, now, reader => reader.IsDBNull(1) ? (DateTimeOffset?)null : MomentOf(reader.GetString(1)));
        return new Letters(owed, later, overdue, first);
    });

    private static int HourNumber(DateTimeOffset moment) => (int)(moment.ToUnixTimeSeconds() / 3600);

    /// <summary>The parameters of the queries that count letters.</summary>
    internal static void AddParameters(DbCommand command, DateTimeOffset moment) => command
        .Add("Moment", OverdueAdherents.Sortable(moment)).Add("State", AdherentGrain.StateName).Add("Most", Letters.CountedUpTo + 1);

    private static DateTimeOffset MomentOf(string hexadecimal) => DateTimeOffset.FromUnixTimeSeconds(long.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    private static async Task<(int Count, T More)> Count<T>(DbConnection connection, string query, DateTimeOffset moment, Func<DbDataReader, T> more)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        AddParameters(command, moment);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (checked((int)reader.GetInt64(0)), more(reader));
    }
}
