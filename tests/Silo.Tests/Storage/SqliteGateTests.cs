using System.Data;
using Microsoft.Data.Sqlite;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.Storage;

public sealed class SqliteGateTests : IDisposable
{
    private readonly TempFolder files = new();
    private readonly SqliteDatabase database;

    public SqliteGateTests() => database = SqliteDatabase.Open(files["msa.db"]);

    public void Dispose()
    {
        database.Dispose();
        files.Dispose();
    }

    [Fact]
    public async Task The_next_writer_waits_for_the_one_before_and_readers_for_nobody()
    {
        var stop = TestContext.Current.CancellationToken;
        var first = await database.Writes.OpenConnectionAsync(stop);
        var second = database.Writes.OpenConnectionAsync(stop).AsTask();
        await using (await database.Reads.OpenConnectionAsync(stop))
            Assert.False(second.IsCompleted);

        await first.CloseAsync();
        await using var connection = await second;
        Assert.Equal(ConnectionState.Open, connection.State);
    }

    [Fact]
    public async Task Closing_twice_lets_one_writer_in_and_not_two()
    {
        var stop = TestContext.Current.CancellationToken;
        var first = await database.Writes.OpenConnectionAsync(stop);
        await first.CloseAsync();
        await first.CloseAsync();
        await first.DisposeAsync();

        await using var second = await database.Writes.OpenConnectionAsync(stop);
        var third = database.Writes.OpenConnectionAsync(stop).AsTask();
        Assert.False(third.IsCompleted);
        await second.CloseAsync();
        await (await third).DisposeAsync();
    }

    [Fact]
    public async Task A_writer_that_gives_up_waiting_leaves_the_gate_to_the_others()
    {
        var stop = TestContext.Current.CancellationToken;
        using var impatient = new CancellationTokenSource();
        var first = await database.Writes.OpenConnectionAsync(stop);
        var second = database.Writes.OpenConnectionAsync(impatient.Token).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await first.DisposeAsync();
        await using var third = await database.Writes.OpenConnectionAsync(stop);
    }

    [Fact]
    public void What_is_acknowledged_is_on_the_disk()
    {
        using var connection = database.Writes.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous";
        Assert.Equal(2L, command.ExecuteScalar()); // FULL
    }

    [Fact]
    public void Readers_cannot_write()
    {
        using var connection = database.Reads.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM Payments";
        Assert.Throws<SqliteException>(() => command.ExecuteNonQuery());
    }
}
