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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_comes_back_on_its_port_with_what_it_had_acknowledged(bool crash)
    {
        await using var server = await PostgresServer.Start();
        var connectionString = await server.NewDatabase();
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await Execute("CREATE TABLE kept AS SELECT 7 AS number");

        await server.Stop(crash);
        await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await database.OpenConnectionAsync(TestContext.Current.CancellationToken));
        await server.StartAgain();

        Assert.Equal(7, await Execute("SELECT number FROM kept"));

        async Task<object?> Execute(string statement)
        {
            await using var command = database.CreateCommand(statement);
            return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        }
    }
}
