using MsaOrleans.Silo.Storage;
using MsaOrleans.Silo.Tests.CommandLine;
using MsaOrleans.Testing;
using Npgsql;

namespace MsaOrleans.Silo.Tests.Postgres;

public sealed class PostgresMigrationsTests : IAsyncLifetime
{
    private static readonly string[] scripts =
        ["0001_orleans_storage.sql", "0002_registry.sql", "0003_orleans_clustering.sql", "0004_data_protection_keys.sql", "0005_audit.sql", "0006_search.sql", "0007_messages.sql", "0008_activity.sql", "0009_franceconnect_provider.sql", "0010_sealed_files.sql", "0011_postal_copies.sql", "0012_audit_erasure.sql"];

    private PostgresServer server = null!;
    private string connectionString = "";

    public async ValueTask InitializeAsync()
    {
        server = await PostgresServer.Shared();
        connectionString = await server.NewDatabase();
    }

    public async ValueTask DisposeAsync() => await server.Drop(connectionString);

    [Fact]
    public void A_second_migration_changes_nothing()
    {
        using var database = PostgresDatabase.Connect(connectionString);
        Assert.Equal([.. scripts, "schema hangfire of the jobs, version 23"], Migrations.Apply(database));
        Assert.Empty(Migrations.Apply(database));
        Assert.Equal(scripts, database.Lines("SELECT ScriptName FROM SchemaVersions ORDER BY SchemaVersionsID"));
        using var opened = PostgresDatabase.Open(connectionString);
    }

    [Fact]
    public async Task Machines_that_migrate_at_the_same_moment_do_not_disturb_each_other()
    {
        using var together = new Barrier(4);
        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                using var database = PostgresDatabase.Connect(connectionString);
                together.SignalAndWait();
                return Migrations.Apply(database);
            },
            TaskCreationOptions.LongRunning)));
        Assert.Equal([0, 0, 0, scripts.Length + 1], applied.Select(list => list.Count).Order());
    }

    [Fact]
    public async Task The_command_says_what_it_did_also_when_two_machines_give_it_at_once()
    {
        var both = await Task.WhenAll(Silo("migrate"), Silo("migrate"));
        Assert.All(both, run => Assert.Equal((0, ""), (run.ExitCode, run.Errors)));
        Assert.Equal(
            [.. scripts.Select(script => $"Applied: {script}."), "Applied: schema hangfire of the jobs, version 23.", "The database is up to date."],
            both.MaxBy(run => run.Output.Length)!.Output.TrimEnd().Split('\n'));
        Assert.Equal("The database is up to date.\n", both.MinBy(run => run.Output.Length)!.Output);
        Assert.Equal("1", Assert.Single(Lines("SELECT count(*)::text FROM DataProtectionKeys")));
    }

    [Fact]
    public async Task Without_a_pseudonym_key_nothing_is_begun()
    {
        var run = await SiloCommand.Run("/nowhere", [(PostgresDatabase.Setting, connectionString)], "migrate");
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("Adherents:PseudonymKey must be set", run.Errors, StringComparison.Ordinal);
        Assert.Empty(Lines("SELECT ScriptName FROM SchemaVersions"));
    }

    [Fact]
    public async Task A_database_never_migrated_is_refused_in_a_sentence_that_tells_what_to_do()
    {
        var refusal = Assert.Throws<SetupException>(() => PostgresDatabase.Open(connectionString));
        Assert.Equal(
            $"The database is older than this program: it lacks the migration {string.Join(", ", scripts)}. Run this program's command once, Silo -- migrate, then start again.",
            refusal.Message);
        Assert.Empty(Lines("SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'"));
        Assert.Equal((2, refusal.Message + "\n"), await RunOf("redispatch"));
    }

    [Fact]
    public void A_database_that_lacks_the_last_script_or_has_jobs_of_yesterday_is_refused()
    {
        Migrate();
        Execute("UPDATE hangfire.schema SET version = 22");
        Assert.StartsWith("The database is older than this program: its schema hangfire has version 22 instead of 23. ", Refusal().Message, StringComparison.Ordinal);
        Execute("DELETE FROM SchemaVersions WHERE ScriptName LIKE '0004%'");
        Assert.StartsWith("The database is older than this program: it lacks the migration 0004_data_protection_keys.sql. ", Refusal().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_newer_than_the_program_is_refused_and_left_alone()
    {
        Migrate();
        Execute("INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('9999_tomorrow.sql', now())");
        Assert.Contains("9999_tomorrow.sql", Refusal().Message, StringComparison.Ordinal);
        using var database = PostgresDatabase.Connect(connectionString);
        Assert.Contains("9999_tomorrow.sql", Assert.Throws<SetupException>(() => Migrations.Apply(database)).Message, StringComparison.Ordinal);
        Execute("DELETE FROM SchemaVersions WHERE ScriptName LIKE '9999%'; UPDATE hangfire.schema SET version = 99");
        Assert.Contains("its schema hangfire has version 99", Refusal().Message, StringComparison.Ordinal);
        Assert.Contains("its schema hangfire has version 99", Assert.Throws<SetupException>(() => Migrations.Apply(database)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_that_fails_leaves_nothing_of_the_others()
    {
        Execute("CREATE TABLE DataProtectionKeys (Mine integer)");
        using var database = PostgresDatabase.Connect(connectionString);
        Assert.Contains("datapro", Assert.Throws<SetupException>(() => Migrations.Apply(database)).Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["dataprotectionkeys"], Lines("SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'"));
        Execute("DROP TABLE DataProtectionKeys");
        Assert.Equal(scripts.Length + 1, Migrations.Apply(database).Count);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Secret=hidden")]
    [InlineData("Host=127.0.0.1;Port=hidden")]
    [InlineData("hidden")]
    public void A_connection_string_that_cannot_be_read_is_told_and_not_shown(string unreadable)
    {
        var refusal = Assert.Throws<SetupException>(() => PostgresDatabase.Open(unreadable));
        Assert.StartsWith("ConnectionStrings:Msa is not a connection string", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Our_settings_of_a_connection_give_way_to_those_chosen()
    {
        using var ours = PostgresDatabase.Connect("Host=127.0.0.1;Password=hidden");
        Assert.Contains("Maximum Pool Size=20", ours.Writes.ConnectionString, StringComparison.Ordinal);
        Assert.Contains("Max Auto Prepare=50", ours.Writes.ConnectionString, StringComparison.Ordinal);
        Assert.Contains("No Reset On Close=True", ours.Writes.ConnectionString, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", ours.Writes.ConnectionString, StringComparison.Ordinal);
        using var chosen = PostgresDatabase.Connect("Host=127.0.0.1;MaxPoolSize=7;No Reset On Close=false");
        Assert.Contains("Maximum Pool Size=7", chosen.Writes.ConnectionString, StringComparison.Ordinal);
        Assert.Contains("No Reset On Close=False", chosen.Writes.ConnectionString, StringComparison.Ordinal);
    }

    private SetupException Refusal() => Assert.Throws<SetupException>(() => PostgresDatabase.Open(connectionString));

    private void Migrate()
    {
        using var database = PostgresDatabase.Connect(connectionString);
        Migrations.Apply(database);
    }

    private async Task<(int, string)> RunOf(string command)
    {
        var run = await Silo(command);
        return (run.ExitCode, run.Errors);
    }

    private Task<SiloCommand> Silo(string command) => PostgresSilo.Run(connectionString, command);

    private void Execute(string sql)
    {
        using var source = NpgsqlDataSource.Create(connectionString);
        using var command = source.CreateCommand(sql);
        command.ExecuteNonQuery();
    }

    private List<string> Lines(string query)
    {
        using var database = PostgresDatabase.Connect(connectionString);
        return database.Lines(query);
    }
}
