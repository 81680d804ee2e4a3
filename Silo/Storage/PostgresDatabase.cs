using System.Data.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using MsaOrleans.Silo.Registry;
using Npgsql;
using NpgsqlTypes;

namespace MsaOrleans.Silo.Storage;

/// <summary>The database of several machines: PostgreSQL. It is migrated by a command, never by a server that starts.</summary>
public sealed class PostgresDatabase : Database, IDisposable, IAsyncDisposable
{
    /// <summary>Configuration key of the connection string; set, it chooses this kind of database.</summary>
    public const string Setting = "ConnectionStrings:Msa";

    private static readonly TimeSpan betweenAttempts = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource source;

    private PostgresDatabase(NpgsqlDataSource source) => this.source = source;

    /// <summary>The name under which Orleans' ADO.NET provider knows PostgreSQL.</summary>
    internal const string Invariant = "Npgsql";

    public override string OrleansInvariant => Invariant;

    public override DbDataSource Writes => source;

    public override DbDataSource Reads => source; // nobody holds up a reader here

    internal NpgsqlDataSource Source => source;

    internal override string DuePageQuery =>
        """
        SELECT GrainIdN0, GrainIdN1, substring(PayloadBinary from 2 for 8)
        FROM OrleansStorage
        WHERE substring(PayloadBinary from 2 for 8) <= @Moment
          AND (substring(PayloadBinary from 2 for 8), GrainIdN0, GrainIdN1) > (@Due, @N0, @N1)
          AND GrainTypeString = @State
        ORDER BY substring(PayloadBinary from 2 for 8), GrainIdN0, GrainIdN1
        LIMIT @Page
        """;

    internal override string OwedPageQuery =>
        """
        SELECT GrainIdN0, GrainIdN1, substring(PayloadBinary from 2 for 8)
        FROM OrleansStorage
        WHERE substring(PayloadBinary from 10 for 1) <> '\x00'::bytea AND substring(PayloadBinary from 2 for 8) <> '\x7FFFFFFFFFFFFFFF'::bytea
          AND (GrainIdN0, GrainIdN1) > (@N0, @N1)
          AND GrainTypeString = @State
        ORDER BY GrainIdN0, GrainIdN1
        LIMIT @Page
        """;

    internal override string RowLock => " FOR UPDATE";

    internal override string OwedCountQuery =>
        """
        SELECT count(*), COALESCE(sum(CASE WHEN Due > @Moment THEN 1 ELSE 0 END), 0)
        FROM (
            SELECT substring(PayloadBinary from 2 for 8) AS Due
            FROM OrleansStorage
            WHERE substring(PayloadBinary from 10 for 1) <> '\x00'::bytea AND substring(PayloadBinary from 2 for 8) <> '\x7FFFFFFFFFFFFFFF'::bytea
              AND GrainTypeString = @State
            ORDER BY GrainIdN0, GrainIdN1
            LIMIT @Most) AS Owed
        """;

    internal override string OverdueCountQuery =>
        """
        SELECT count(*), min(encode(Due, 'hex'))
        FROM (
            SELECT substring(PayloadBinary from 2 for 8) AS Due, substring(PayloadBinary from 10 for 1) AS Owes
            FROM OrleansStorage
            WHERE substring(PayloadBinary from 2 for 8) <= @Moment
              AND GrainTypeString = @State
            ORDER BY substring(PayloadBinary from 2 for 8), GrainIdN0, GrainIdN1
            LIMIT @Most) AS Overdue
        WHERE Owes <> '\x00'::bytea
        """;

    internal override string AgentsQuery => "SELECT PayloadBinary FROM OrleansStorage WHERE substring(PayloadBinary from 2 for 8) = @Due AND GrainTypeString = @State";

    internal override int RegistryBatch => 2_000; // writers wait for each other only at the same row

    /// <summary>The connection string of the configuration; nothing when this kind of database was not chosen.</summary>
    public static string? ConfiguredIn(IConfiguration configuration) => configuration[Setting] is { Length: > 0 } text ? text : null;

    /// <summary>Opens the database for a server or a command, if its schema is that of this program.</summary>
    /// <exception cref="SetupException">The connection string cannot be read, or the schema is older or newer.</exception>
    public static PostgresDatabase Open(string connectionString)
    {
        var database = Connect(connectionString);
        try
        {
            Migrations.Check(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Waits for the server, which may be started after us, and says so in the log.</summary>
    /// <exception cref="SetupException">The connection string cannot be read, or the server is there and refuses it.</exception>
    public static async Task WaitUntilItAnswers(string connectionString, ILogger log, CancellationToken stop = default)
    {
        await using var database = Connect(connectionString);
        while (true)
        {
            try
            {
                await using var connection = await database.source.OpenConnectionAsync(stop);
                return;
            }
            catch (PostgresException refused) when (!refused.IsTransient)
            {
                throw new SetupException($"PostgreSQL refuses the connection of {Setting}: {refused.MessageText} ({refused.SqlState}).");
            }
            catch (NpgsqlException away)
            {
                log.LogWarning("PostgreSQL does not answer yet ({Reason}): waiting for it", away.Message);
                await Task.Delay(betweenAttempts, stop);
            }
        }
    }

    /// <summary>Opens the database whatever is in it, to migrate it.</summary>
    /// <exception cref="SetupException">The connection string cannot be read.</exception>
    public static PostgresDatabase Connect(string connectionString) => new(NpgsqlDataSource.Create(WithDefaults(connectionString)));

    /// <summary>Lets one machine at a time do something: the others wait until it is done, or dead.</summary>
    internal T Exclusively<T>(AdvisoryLock purpose, Func<T> work)
    {
        using var connection = source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        using var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection, transaction) { CommandTimeout = 0 };
        command.Parameters.Add(new() { Value = (long)purpose });
        command.ExecuteNonQuery();
        return work();
    }

    /// <summary>The first column of a query's rows; none where the table is not there yet.</summary>
    internal List<string> Lines(string query)
    {
        try
        {
            using var command = source.CreateCommand(query);
            using var reader = command.ExecuteReader();
            var lines = new List<string>();
            while (reader.Read())
                lines.Add(reader.GetString(0));
            return lines;
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable)
        {
            return [];
        }
    }

    internal override async Task<Dictionary<Guid, Guid>> Fingerprints(RegistryTable table, IReadOnlyCollection<Guid> adherents, CancellationToken stop)
    {
        var found = new Dictionary<Guid, Guid>();
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        // A table that has just been filled has no statistics: the planner then guesses that so many keys are half of it, and reads it all for each batch.
        await Execute("SET LOCAL enable_seqscan = off", transaction, stop);
        await using (var query = new NpgsqlCommand(RegistrySql.Fingerprints(table, "= ANY (@Keys)"), connection, transaction))
        {
            query.Parameters.Add(new("Keys", NpgsqlDbType.Array | NpgsqlDbType.Bytea) { Value = adherents.Select(adherent => adherent.ToBytes()).ToArray() });
            await AddFingerprints(query, found, stop);
        }
        await transaction.CommitAsync(stop);
        return found;
    }

    internal override async Task WriteRegistry(IReadOnlyList<SealedRow> rows, bool allNew, CancellationToken stop)
    {
        if (rows.Count == 0)
            return;
        var into = rows[0].Payment is null ? WrittenTable.Persons : WrittenTable.Payments;
        await using var connection = await source.OpenConnectionAsync(stop);
        if (!allNew || !await Added(rows, into, connection, stop))
            await Merge(rows, into, connection, stop);
    }

    public void Dispose() => source.Dispose();

    public ValueTask DisposeAsync() => source.DisposeAsync();

    internal static string WithDefaults(string connectionString)
    {
        // Measured: see docs/decisions/0010-postgresql.md. Nothing of ours leaves a setting behind on a connection that the next one must not meet.
        var settings = new NpgsqlConnectionStringBuilder { ApplicationName = "msa-orleans", MaxAutoPrepare = 50, NoResetOnClose = true, MaxPoolSize = 20 };
        try
        {
            var chosen = new NpgsqlConnectionStringBuilder(connectionString);
            foreach (string key in chosen.Keys)
                settings[key] = chosen[key];
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or InvalidCastException)
        {
            throw new SetupException($"{Setting} is not a connection string for PostgreSQL, such as Host=db;Database=msa;Username=msa;Password=..."); // what was given may hold a password
        }
        return settings.Host is { Length: > 0 } ? settings.ToString() : throw new SetupException($"{Setting} names no Host.");
    }

    /// <summary>Writes rows straight into their table.</summary>
    /// <returns>Whether it could be done: not when another import was faster with one of them.</returns>
    private static async Task<bool> Added(IReadOnlyList<SealedRow> rows, WrittenTable into, NpgsqlConnection connection, CancellationToken stop)
    {
        try
        {
            await Copy(rows, into.Add, connection, stop);
            return true;
        }
        catch (PostgresException taken) when (taken.SqlState is PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    /// <summary>Writes rows over those that are there.</summary>
    private static async Task Merge(IReadOnlyList<SealedRow> rows, WrittenTable into, NpgsqlConnection connection, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await Execute(into.CreateIncoming, transaction, stop);
        await Copy(rows, into.AddIncoming, connection, stop);
        await Execute(into.TakeIncoming, transaction, stop);
        await transaction.CommitAsync(stop);
    }

    private static async Task Copy(IReadOnlyList<SealedRow> rows, string into, NpgsqlConnection connection, CancellationToken stop)
    {
        await using var copy = await connection.BeginBinaryImportAsync(into, stop);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(row.Adherent.ToBytes(), NpgsqlDbType.Bytea, stop);
            if (row.Payment is { } payment)
                await copy.WriteAsync(payment.ToBytes(), NpgsqlDbType.Bytea, stop);
            await copy.WriteAsync(row.Fingerprint.ToBytes(), NpgsqlDbType.Bytea, stop);
            await copy.WriteAsync(row.Content, NpgsqlDbType.Bytea, stop);
            if (row.Payment is not null)
                continue;
            foreach (var token in (long?[])[row.Names.Name, row.Names.UsedName])
                await (token is { } present ? copy.WriteAsync(present, NpgsqlDbType.Bigint, stop) : copy.WriteNullAsync(stop));
        }
        await copy.CompleteAsync(stop);
    }

    private static async Task Execute(string sql, NpgsqlTransaction transaction, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, transaction.Connection, transaction);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>
    /// How rows get into a table: straight where all are new, else by way of a temporary table from which one statement takes them over, which lives as
    /// long as its connection and is empty between transactions. Both in the order of their keys, so that two imports at once wait for each other instead
    /// of locking each other out.
    /// </summary>
    private sealed record WrittenTable(string Add, string CreateIncoming, string AddIncoming, string TakeIncoming)
    {
        public static WrittenTable Persons { get; } = For("InsuredPersons", "Adherent", "NameToken", "UsedNameToken");

        public static WrittenTable Payments { get; } = For("Payments", "Adherent, Payment");

        private static WrittenTable For(string table, string key, params string[] tokens)
        {
            string[] written = ["Fingerprint", "Content", .. tokens];
            var columns = $"{key}, {string.Join(", ", written)}";
            return new(
                $"COPY {table} ({columns}) FROM STDIN (FORMAT binary)",
                $"CREATE TEMPORARY TABLE IF NOT EXISTS Incoming{table} (LIKE {table}) ON COMMIT DELETE ROWS",
                $"COPY Incoming{table} ({columns}) FROM STDIN (FORMAT binary)",
                $"""
                 INSERT INTO {table} ({columns})
                 SELECT {columns} FROM Incoming{table} ORDER BY {key}
                 ON CONFLICT ({key}) DO UPDATE SET {string.Join(", ", written.Select(column => $"{column} = excluded.{column}"))}
                 """);
        }
    }
}

/// <summary>What only one machine may do at a time. The numbers are those of PostgreSQL's advisory locks: a contract between versions of this program.</summary>
internal enum AdvisoryLock : long
{
    Migration = 0x6D7361_0001,
    FirstKey = 0x6D7361_0002,
}
