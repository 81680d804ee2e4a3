using System.Reflection;
using DbUp;
using DbUp.Engine;
using DbUp.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MsaOrleans.Silo.Storage;

/// <summary>Brings a database up to the schema of this program: numbered scripts, each run once, all or nothing.</summary>
public static class Migrations
{
    private const string SqliteFolder = "MsaOrleans.Silo.Storage.Migrations.Sqlite.";

    /// <exception cref="SetupException">The schema is newer than this program, or a script failed.</exception>
    public static void Apply(SqliteDatabase database, ILogger? logger = null)
    {
        // One transaction around look and leap, which on SQLite takes the write lock first: of two processes that start at once, one waits.
        var unpooled = new SqliteConnectionStringBuilder(database.Writes.ConnectionString) { Pooling = false }.ToString();
        var result = DeployChanges.To.SqliteDatabase(unpooled)
            .WithScripts(Scripts(SqliteFolder))
            .WithFilter(new RefuseNewerSchema())
            .WithTransaction()
            .WithVariablesDisabled()
            .LogTo(logger ?? NullLogger.Instance)
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
            throw result.Error as SetupException ?? new SetupException($"The schema of the database could not be brought up to date: {result.Error.Message}", result.Error);
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
                : throw new SetupException($"The database is newer than this program, which does not know its migration {string.Join(", ", unknown)}. Run the newer program.");
        }
    }
}
