using DbUp;
using DbUp.Engine;
using Microsoft.Data.Sqlite;
using MsaOrleans.Grains;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.Storage;

public sealed class MigrationsTests : IDisposable
{
    private readonly TempFolder files = new();

    private string ConnectionString => new SqliteConnectionStringBuilder { DataSource = files["msa.db"], Pooling = false }.ToString();

    public void Dispose() => files.Dispose();

    [Fact]
    public void A_second_start_changes_nothing()
    {
        using (SqliteDatabase.Open(files["msa.db"]))
        {
        }
        using var database = SqliteDatabase.Open(files["msa.db"]);
        Assert.Equal(["0001_orleans_storage.sql", "0002_registry.sql", "0003_owed_letters.sql", "0004_audit.sql", "0005_search.sql", "0006_messages.sql", "0007_activity.sql", "0008_franceconnect_provider.sql", "0009_sealed_files.sql", "0010_postal_copies.sql", "0011_audit_erasure.sql"], Column(database, "SELECT ScriptName FROM SchemaVersions ORDER BY SchemaVersionID"));
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
        Assert.All(await Task.WhenAll(starts), count => Assert.Equal(11, count));
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

    [Fact]
    public async Task A_database_of_the_version_before_is_brought_up_to_date_with_its_rows_in_it()
    {
        var (due, never) = (Guid.NewGuid(), Guid.NewGuid());
        CreateAt("0002_registry.sql");
        Execute(Row(due, "0000000069241F80"), Row(never, "7FFFFFFFFFFFFFFF"));

        using var database = SqliteDatabase.Open(files["msa.db"]);

        Assert.Equal("0011_audit_erasure.sql", Column(database, "SELECT ScriptName FROM SchemaVersions ORDER BY SchemaVersionID")[^1]);
        var stop = TestContext.Current.CancellationToken;
        Assert.Equal([due], await new OverdueAdherents(database).FindOwedLetters(stop).ToListAsync(stop));
        Assert.Equal([due], await new OverdueAdherents(database).Find(DateTimeOffset.FromUnixTimeSeconds(0x69241F80), stop).ToListAsync(stop));
        Assert.Equal(["ok"], Column(database, "PRAGMA integrity_check"));

        // Form 1: form, due time, ciphertext.
        static string Row(Guid adherent, string dueTime)
        {
            var key = adherent.ToByteArray();
            return $"""
                INSERT INTO OrleansStorage (GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString, ServiceId, PayloadBinary, ModifiedOn, Version)
                VALUES (0, {BitConverter.ToInt64(key, 0)}, {BitConverter.ToInt64(key, 8)}, 0, '{AdherentGrain.StateName}', 'msa', x'01{dueTime}09F0C9F000112233', '', 1)
                """;
        }
    }

    /// <summary>Makes the database as a version made it whose last script was this one.</summary>
    private void CreateAt(string lastScript)
    {
        const string folder = ".Migrations.Sqlite.";
        var silo = typeof(Migrations).Assembly;
        var scripts = from resource in silo.GetManifestResourceNames()
                      where resource.Contains(folder, StringComparison.Ordinal)
                      let name = resource[(resource.IndexOf(folder, StringComparison.Ordinal) + folder.Length)..]
                      where string.CompareOrdinal(name, lastScript) <= 0
                      select new SqlScript(name, new StreamReader(silo.GetManifestResourceStream(resource)!).ReadToEnd());
        Assert.True(DeployChanges.To.SqliteDatabase(ConnectionString).WithScripts(scripts).WithVariablesDisabled().LogToNowhere().Build().PerformUpgrade().Successful);
    }

    private void Execute(params string[] statements)
    {
        using var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = string.Join(";\n", statements);
        command.ExecuteNonQuery();
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
