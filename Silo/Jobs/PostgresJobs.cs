using System.Globalization;
using System.Text.RegularExpressions;
using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.Storage;
using MsaOrleans.Silo.Storage;
using Npgsql;

namespace MsaOrleans.Silo.Jobs;

/// <summary>Hangfire's storage where the database is PostgreSQL: a schema of its own in the same database, prepared by the migration.</summary>
internal static partial class PostgresJobs
{
    public const string Schema = "hangfire";

    private const string ScriptPrefix = "Hangfire.PostgreSql.Scripts.Install.v";

    // For how long a dead process is taken for a living one that works on a job, or holds a lock.
    private static readonly TimeSpan takenForDead = TimeSpan.FromMinutes(1);

    /// <summary>The version of the schema that the library wants: that of its last script.</summary>
    public static int NewestSchema { get; } = typeof(PostgreSqlStorage).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(ScriptPrefix, StringComparison.Ordinal))
        .Max(name => int.Parse(name[ScriptPrefix.Length..].Replace(".sql", "", StringComparison.Ordinal), CultureInfo.InvariantCulture));

    /// <summary>The version of the schema in a database; 0 where there is none.</summary>
    public static int SchemaVersion(PostgresDatabase database) =>
        database.Lines($"SELECT coalesce(max(version), 0)::text FROM {Schema}.schema") is [var version] ? int.Parse(version, CultureInfo.InvariantCulture) : 0;

    public static void Install(PostgresDatabase database)
    {
        using var connection = database.Source.OpenConnection();
        PostgreSqlObjectsInstaller.Install(connection, Schema);
    }

    public static JobStorage Open(PostgresDatabase database) => new Storage(
        new Connections(database.Source),
        new PostgreSqlStorageOptions
        {
            SchemaName = Schema,
            PrepareSchemaIfNecessary = false,
            // Jobs of other processes are found by looking; those of the same one announce themselves.
            QueuePollInterval = TimeSpan.FromSeconds(1),
            InvisibilityTimeout = takenForDead,
            UseSlidingInvisibilityTimeout = true,
            DistributedLockTimeout = takenForDead,
            JobExpirationCheckInterval = TimeSpan.FromMinutes(1),
        })
    {
        JobExpirationTimeout = JobServices.KeepFinished,
    };

    private sealed class Storage(IConnectionFactory connections, PostgreSqlStorageOptions options) : PostgreSqlStorage(connections, options)
    {
        public override IStorageConnection GetConnection() => new Connection(this);
    }

    /// <summary>
    /// Hangfire locks a job for each change of its state, seven statements and three commits, and twice for each letter. A job is its worker's, who has fetched it: whoever
    /// else might change it meanwhile is a supervisor at the dashboard, and at worst it runs once more or not at all, which a letter survives (the adherent owns it).
    /// </summary>
    private sealed class Connection(PostgreSqlStorage storage) : PostgreSqlConnection(storage)
    {
        public override IDisposable AcquireDistributedLock(string resource, TimeSpan timeout) =>
            OfOneJob().IsMatch(resource) ? Nothing.Held : base.AcquireDistributedLock(resource, timeout);
    }

    private sealed class Nothing : IDisposable
    {
        public static Nothing Held { get; } = new();

        public void Dispose()
        {
        }
    }

    [GeneratedRegex("^job:[0-9]+:state-lock$", RegexOptions.CultureInvariant)]
    private static partial Regex OfOneJob();

    private sealed class Connections(NpgsqlDataSource source) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => source.CreateConnection();
    }
}
