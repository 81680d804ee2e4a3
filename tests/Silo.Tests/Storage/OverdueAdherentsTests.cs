using System.Buffers.Binary;
using System.Diagnostics;
using MsaOrleans.Grains;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Tests.Storage;

public sealed class OverdueAdherentsTests : IDisposable
{
    private static readonly DateTimeOffset now = new(2026, 6, 15, 10, 0, 0, TimeSpan.Zero);

    private readonly Installation installation = new();

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task Those_due_are_found_the_most_overdue_first()
    {
        var (late, due, later, never, cleared) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        Store((due, now), (later, now.AddSeconds(1)), (late, now.AddDays(-300)), (never, null));
        Store("somebody-else", (Guid.NewGuid(), now.AddDays(-1)));
        Store((cleared, now.AddDays(-1)));
        installation.Execute("UPDATE OrleansStorage SET PayloadBinary = NULL WHERE rowid = (SELECT max(rowid) FROM OrleansStorage)");

        Assert.Equal([late, due], await Find());
    }

    [Fact]
    public async Task Pages_of_equal_times_lose_nobody_and_tell_of_nobody_twice()
    {
        var all = Enumerable.Range(0, 1_234).Select(_ => Guid.NewGuid()).ToList();
        Store([.. all.Select(key => (key, (DateTimeOffset?)now))]);
        Assert.Equal(all.Order(), (await Find()).Order());
    }

    [Fact]
    public async Task A_hundred_among_a_hundred_thousand_are_found_in_no_time()
    {
        Store([.. Enumerable.Range(0, 100_000).Select(i => (Guid.NewGuid(), i % 1_000 == 0 ? now : (DateTimeOffset?)null))]);
        var started = Stopwatch.GetTimestamp();
        Assert.Equal(100, (await Find()).Count);
        var took = Stopwatch.GetElapsedTime(started);
        Assert.True(took < TimeSpan.FromSeconds(1), $"It took {took}."); // a few milliseconds; a scan of sealed rows would take far longer
    }

    [Fact]
    public void The_search_uses_the_index()
    {
        using var connection = installation.Database.Reads.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + OverdueAdherents.PageQuery;
        OverdueAdherents.AddParameters(command, now);
        using var reader = command.ExecuteReader();
        var plan = new List<string>();
        while (reader.Read())
            plan.Add(reader.GetString(3));
        Assert.Contains("SEARCH OrleansStorage USING INDEX IX_OrleansStorage_Due", Assert.Single(plan), StringComparison.Ordinal);
    }

    private async Task<List<Guid>> Find()
    {
        var found = new List<Guid>();
        await foreach (var adherent in installation.Get<OverdueAdherents>().Find(now, TestContext.Current.CancellationToken))
            found.Add(adherent);
        return found;
    }

    private void Store(params IReadOnlyList<(Guid Adherent, DateTimeOffset? Due)> rows) => Store(AdherentGrain.StateName, rows);

    private void Store(string state, params IReadOnlyList<(Guid Adherent, DateTimeOffset? Due)> rows)
    {
        using var connection = installation.Database.Writes.OpenConnection();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            """
            INSERT INTO OrleansStorage (GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString, ServiceId, PayloadBinary, ModifiedOn, Version)
            VALUES (0, @N0, @N1, 0, @State, 'msa', @Payload, '', 1)
            """;
        command.Add("N0", 0L).Add("N1", 0L).Add("State", state).Add("Payload", Array.Empty<byte>());
        foreach (var (adherent, due) in rows)
        {
            var payload = new byte[200];
            payload[0] = 1;
            BinaryPrimitives.WriteInt64BigEndian(payload.AsSpan(1), due?.ToUnixTimeSeconds() ?? long.MaxValue);
            command.Parameters["N0"].Value = BitConverter.ToInt64(adherent.ToByteArray(), 0);
            command.Parameters["N1"].Value = BitConverter.ToInt64(adherent.ToByteArray(), 8);
            command.Parameters["Payload"].Value = payload;
            command.ExecuteNonQuery();
        }
        transaction.Commit();
    }
}
