using MsaOrleans.Testing;
using Npgsql;

namespace MsaOrleans.Silo.Tests.Postgres;

public sealed class PostgresServerTests
{
    [Fact]
    public async Task A_server_is_gone_with_its_data_when_whoever_started_it_is()
    {
        var server = await PostgresServer.Start();
        var connectionString = await server.NewDatabase();
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using (var command = database.CreateCommand("SHOW fsync"))
            Assert.Equal("on", await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        Assert.True(Directory.Exists(server.Folder));

        await server.DisposeAsync(); // closes its input, and nothing else: as when this process is killed

        Assert.False(Directory.Exists(server.Folder));
        await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await database.OpenConnectionAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task It_listens_to_this_machine_alone_and_wants_a_password()
    {
        var server = await PostgresServer.Shared();
        await using var stranger = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={server.Port};Username=msa;Database=postgres");
        await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await stranger.OpenConnectionAsync(TestContext.Current.CancellationToken));
        await using var database = NpgsqlDataSource.Create(await server.NewDatabase());
        await using var command = database.CreateCommand("SHOW listen_addresses");
        Assert.Equal("127.0.0.1", await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }
}
