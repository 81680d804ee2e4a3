using System.Reflection;
using DbUp;
using DbUp.Builder;
using DbUp.Engine;
using DbUp.Postgresql;
using DbUp.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MsaOrleans.Silo.Jobs;

namespace MsaOrleans.Silo.Storage;

/// <summary>Brings a database up to the schema of this program: numbered scripts, each run once, all or nothing.</summary>
public static class Migrations
{
    private const string SqliteFolder = "MsaOrleans.Silo.Storage.Migrations.Sqlite.";
    private const string PostgresFolder = "MsaOrleans.Silo.Storage.Migrations.Postgres.";
    private const string HowToMigrate = "Run this program's command once, Silo -- migrate, then start again.";

    /// <returns>The scripts that were run, by name.</returns>
    /// <exception cref="SetupException">The schema is newer than this program, or a script failed.</exception>
    public static IReadOnlyList<string> Apply(SqliteDatabase database, ILogger? logger = null)
    {
        // One transaction around look and leap, which on SQLite takes the write lock first: of two processes that start at once, one waits.
        var unpooled = new SqliteConnectionStringBuilder(database.Writes.ConnectionString) { Pooling = false }.ToString();
        return Run(DeployChanges.To.SqliteDatabase(unpooled), SqliteFolder, logger);
    }

    /// <summary>Brings the schema up to date, and that of the jobs in it.</summary>
    /// <inheritdoc cref="Apply(SqliteDatabase, ILogger?)"/>
    public static IReadOnlyList<string> Apply(PostgresDatabase database, ILogger? logger = null) => database.Exclusively(AdvisoryLock.Migration, () =>
    {
        var run = Run(DeployChanges.To.PostgresqlDatabase(new PostgresqlConnectionManager(database.Source)), PostgresFolder, logger);
        // The library's own scripts, a transaction each: what a failure leaves undone is done by the next migration.
        var before = PostgresJobs.SchemaVersion(database);
        if (before > PostgresJobs.NewestSchema)
            throw new SetupException(NewerJobs(before));
        PostgresJobs.Install(database);
        return (IReadOnlyList<string>)(before == PostgresJobs.NewestSchema ? run : [.. run, $"schema {PostgresJobs.Schema} of the jobs, version {PostgresJobs.NewestSchema}"]);
    });

    /// <summary>Lets nobody use a database whose schema is not the one that this program knows. Changes nothing.</summary>
    /// <exception cref="SetupException">The schema is older or newer.</exception>
    public static void Check(PostgresDatabase database)
    {
        var expected = Scripts(PostgresFolder).Select(script => script.Name).ToList();
        var run = database.Lines("SELECT ScriptName FROM SchemaVersions");
        if (run.Except(expected).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } unknown)
            throw new SetupException(Newer(unknown));
        if (expected.Except(run).ToList() is { Count: > 0 } missing)
            throw new SetupException($"The database is older than this program: it lacks the migration {string.Join(", ", missing)}. {HowToMigrate}");
        var jobs = PostgresJobs.SchemaVersion(database);
        if (jobs > PostgresJobs.NewestSchema)
            throw new SetupException(NewerJobs(jobs));
        if (jobs < PostgresJobs.NewestSchema)
            throw new SetupException($"The database is older than this program: its schema {PostgresJobs.Schema} has version {jobs} instead of {PostgresJobs.NewestSchema}. {HowToMigrate}");
    }

    private static string Newer(IEnumerable<string> unknown) => $"The database is newer than this program, which does not know its migration {string.Join(", ", unknown)}. Run the newer program.";

    private static string NewerJobs(int version) => $"The database is newer than this program: its schema {PostgresJobs.Schema} has version {version}, and this program knows {PostgresJobs.NewestSchema}. Run the newer program.";

    private static List<string> Run(UpgradeEngineBuilder upgrade, string folder, ILogger? logger)
    {
        var result = upgrade
            .WithScripts(Scripts(folder))
            .WithFilter(new RefuseNewerSchema())
            .WithTransaction()
            .WithVariablesDisabled()
            .LogTo(logger ?? NullLogger.Instance)
            .Build()
            .PerformUpgrade();
        return result.Successful
            ? [.. result.Scripts.Select(script => script.Name)]
            : throw (result.Error as SetupException ?? new SetupException($"The schema of the database could not be brought up to date: {result.Error.Message}", result.Error));
    }

    // Known to the journal by file name alone: moving a folder must not run its scripts again.
    private static IEnumerable<SqlScript> Scripts(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var reader = new StreamReader(stream);
            yield return new SqlScript(resource[folder.Length..], reader.ReadToEnd());
        }
    }

    private sealed class RefuseNewerSchema : IScriptFilter
    {
        public IEnumerable<SqlScript> Filter(IEnumerable<SqlScript> sorted, HashSet<string> executedScriptNames, ScriptNameComparer comparer)
        {
            var scripts = sorted.ToList();
            var unknown = executedScriptNames.Except(scripts.Select(script => script.Name), comparer).Order(StringComparer.Ordinal).ToList();
            return unknown.Count == 0
                ? scripts.Where(script => !executedScriptNames.Contains(script.Name, comparer))
                : throw new SetupException(Newer(unknown));
        }
    }
}
