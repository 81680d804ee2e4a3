using MsaOrleans.Silo.Storage;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.Storage;

public sealed class MigrationsTests : IDisposable
{
    private readonly TempFolder files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void A_second_start_changes_nothing()
    {
        using (SqliteDatabase.Open(files["msa.db"]))
        {
        }
        using var database = SqliteDatabase.Open(files["msa.db"]);
        Assert.Equal(["0001_orleans_storage.sql", "0002_registry.sql"], Column(database, "SELECT ScriptName FROM SchemaVersions ORDER BY SchemaVersionID"));
        Assert.Equal(["wal"], Column(database, "PRAGMA journal_mode"));
    }

    [Fact]
    public async Task Starts_at_the_same_moment_do_not_disturb_each_other()
    {
        using var together = new Barrier(8);
        var starts = Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                using var database = SqliteDatabase.Open(files["msa.db"]);
                return Column(database, "SELECT ScriptName FROM SchemaVersions").Count;
            },
            TaskCreationOptions.LongRunning));
        Assert.All(await Task.WhenAll(starts), count => Assert.Equal(2, count));
    }

    [Fact]
    public void A_database_newer_than_the_program_is_refused_and_left_alone()
    {
        using (var database = SqliteDatabase.Open(files["msa.db"]))
        {
            using var connection = database.Writes.OpenConnection();
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('9999_tomorrow.sql', '2030-01-01')";
            command.ExecuteNonQuery();
        }
        var refusal = Assert.Throws<SetupException>(() => SqliteDatabase.Open(files["msa.db"]));
        Assert.Contains("9999_tomorrow.sql", refusal.Message, StringComparison.Ordinal);
    }

    private static List<string> Column(SqliteDatabase database, string sql)
    {
        using var connection = database.Reads.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
            values.Add(reader.GetString(0));
        return values;
    }
}
