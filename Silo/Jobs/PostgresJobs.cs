using System.Globalization;
using Hangfire;
using Hangfire.PostgreSql;
using MsaOrleans.Silo.Storage;
using Npgsql;

namespace MsaOrleans.Silo.Jobs;

/// <summary>Hangfire's storage where the database is PostgreSQL: a schema of its own in the same database, prepared by the migration.</summary>
internal static class PostgresJobs
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

    public static JobStorage Open(PostgresDatabase database) => new PostgreSqlStorage(
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

    private sealed class Connections(NpgsqlDataSource source) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => source.CreateConnection();
    }
}
