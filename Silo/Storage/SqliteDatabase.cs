using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using MsaOrleans.Silo.Registry;

namespace MsaOrleans.Silo.Storage;

/// <summary>
/// The embedded database: one SQLite file in WAL mode. SQLite has one writer at a time; ours queue at a gate without holding a thread,
/// because the driver itself would wait by sleeping.
/// </summary>
public sealed class SqliteDatabase : Database, IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly Source writes;
    private readonly Source reads;

    private SqliteDatabase(string path)
    {
        writes = new(ConnectionString(path, SqliteOpenMode.ReadWriteCreate), text => new GatedConnection(text, gate));
        reads = new(ConnectionString(path, SqliteOpenMode.ReadOnly), text => new SqliteConnection(text));
    }

    public override string OrleansInvariant => "System.Data.SQLite";

    public override DbDataSource Writes => writes;

    public override DbDataSource Reads => reads;

    internal override int RegistryBatch => 1_000; // the site's own writes wait at the gate meanwhile

    internal override string RowLock => ""; // a transaction that may write is alone

    /// <summary>The scripts that opening it ran, by name.</summary>
    public IReadOnlyList<string> Migrated { get; private set; } = [];

    internal override string DuePageQuery =>
        """
        SELECT GrainIdN0, GrainIdN1, substr(PayloadBinary, 2, 8)
        FROM OrleansStorage
        WHERE substr(PayloadBinary, 2, 8) <= @Moment
          AND (substr(PayloadBinary, 2, 8), GrainIdN0, GrainIdN1) > (@Due, @N0, @N1)
          AND GrainTypeString = @State
        ORDER BY substr(PayloadBinary, 2, 8), GrainIdN0, GrainIdN1
        LIMIT @Page
        """;

    internal override string OwedPageQuery =>
        """
        SELECT GrainIdN0, GrainIdN1, substr(PayloadBinary, 2, 8)
        FROM OrleansStorage
        WHERE substr(PayloadBinary, 10, 1) <> x'00' AND substr(PayloadBinary, 2, 8) <> x'7FFFFFFFFFFFFFFF'
          AND (GrainIdN0, GrainIdN1) > (@N0, @N1)
          AND GrainTypeString = @State
        ORDER BY GrainIdN0, GrainIdN1
        LIMIT @Page
        """;

    internal override string OwedCountQuery =>
        """
        SELECT count(*), COALESCE(sum(CASE WHEN Due > @Moment THEN 1 ELSE 0 END), 0)
        FROM (
            SELECT substr(PayloadBinary, 2, 8) AS Due
            FROM OrleansStorage
            WHERE substr(PayloadBinary, 10, 1) <> x'00' AND substr(PayloadBinary, 2, 8) <> x'7FFFFFFFFFFFFFFF'
              AND GrainTypeString = @State
            ORDER BY GrainIdN0, GrainIdN1
            LIMIT @Most) AS Owed
        """;

    internal override string OverdueCountQuery =>
        """
        SELECT count(*), min(hex(Due))
        FROM (
            SELECT substr(PayloadBinary, 2, 8) AS Due, substr(PayloadBinary, 10, 1) AS Owes
            FROM OrleansStorage
            WHERE substr(PayloadBinary, 2, 8) <= @Moment
              AND GrainTypeString = @State
            ORDER BY substr(PayloadBinary, 2, 8), GrainIdN0, GrainIdN1
            LIMIT @Most) AS Overdue
        WHERE Owes <> x'00'
        """;

    internal override string AgentsQuery => "SELECT PayloadBinary FROM OrleansStorage WHERE substr(PayloadBinary, 2, 8) = @Due AND GrainTypeString = @State";

    /// <summary>Opens the file, making it when it is not there yet, and brings its schema up to date.</summary>
    public static SqliteDatabase Open(string path, ILogger? logger = null)
    {
        var database = new SqliteDatabase(path);
        using (var connection = new SqliteConnection(database.writes.ConnectionString))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL"; // remembered by the file
            command.ExecuteNonQuery();
        }
        database.Migrated = Migrations.Apply(database, logger);
        return database;
    }

    internal override async Task<Dictionary<Guid, Guid>> Fingerprints(RegistryTable table, IReadOnlyCollection<Guid> adherents, CancellationToken stop)
    {
        var found = new Dictionary<Guid, Guid>();
        await using var connection = await Reads.OpenConnectionAsync(stop);
        await using var command = connection.CreateCommand();
        command.CommandText = RegistrySql.Fingerprints(table);
        for (var i = 0; i < RegistrySql.KeysAtOnce; i++)
            command.Add($"Key{i}", Array.Empty<byte>());
        foreach (var some in adherents.Chunk(RegistrySql.KeysAtOnce))
        {
            for (var i = 0; i < RegistrySql.KeysAtOnce; i++)
                command.Parameters[i].Value = i < some.Length ? some[i].ToBytes() : [];
            await AddFingerprints(command, found, stop);
        }
        return found;
    }

    internal override async Task WriteRegistry(IReadOnlyList<SealedRow> rows, bool allNew, CancellationToken stop)
    {
        if (rows.Count == 0)
            return;
        await using var connection = await Writes.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = rows[0].Payment is null ? RegistrySql.WritePerson : RegistrySql.WritePayment;
        command.Add("Adherent", Array.Empty<byte>()).Add("Fingerprint", Array.Empty<byte>()).Add("Content", Array.Empty<byte>());
        if (rows[0].Payment is not null)
            command.Add("Payment", Array.Empty<byte>());
        else
            command.Add("Name", DBNull.Value).Add("UsedName", DBNull.Value);
        await command.PrepareAsync(stop);
        foreach (var row in rows)
        {
            command.Parameters["Adherent"].Value = row.Adherent.ToBytes();
            command.Parameters["Fingerprint"].Value = row.Fingerprint.ToBytes();
            command.Parameters["Content"].Value = row.Content;
            if (row.Payment is { } payment)
                command.Parameters["Payment"].Value = payment.ToBytes();
            else
                (command.Parameters["Name"].Value, command.Parameters["UsedName"].Value) = ((object?)row.Names.Name ?? DBNull.Value, (object?)row.Names.UsedName ?? DBNull.Value);
            await command.ExecuteNonQueryAsync(stop);
        }
        await transaction.CommitAsync(stop);
    }

    /// <summary>Closes the pooled connections, so that the file may be moved or deleted.</summary>
    public void Dispose()
    {
        foreach (var source in (Source[])[writes, reads])
        {
            using var connection = new SqliteConnection(source.ConnectionString);
            SqliteConnection.ClearPool(connection);
        }
        gate.Dispose();
    }

    private static string ConnectionString(string path, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = true, DefaultTimeout = 30 }.ToString();

    private sealed class Source(string connectionString, Func<string, SqliteConnection> create) : DbDataSource
    {
        public override string ConnectionString => connectionString;

        protected override DbConnection CreateDbConnection() => create(connectionString);
    }

    /// <summary>A connection that holds the gate while it is open.</summary>
    private sealed class GatedConnection(string connectionString, SemaphoreSlim gate) : SqliteConnection(connectionString)
    {
        // The driver's pool keeps the handles of closed connections, settings included.
        private static readonly ConditionalWeakTable<SafeHandle, object> prepared = [];

        private int holdsGate;

        public override void Open()
        {
            if (State == ConnectionState.Open)
                return;
            gate.Wait();
            OpenInside();
        }

        public override async Task OpenAsync(CancellationToken cancellationToken)
        {
            if (State == ConnectionState.Open)
                return;
            await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            OpenInside();
        }

        public override void Close()
        {
            try
            {
                base.Close();
            }
            finally
            {
                Release();
            }
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            Release();
        }

        private void OpenInside()
        {
            holdsGate = 1;
            try
            {
                base.Open();
                if (prepared.TryGetValue(Handle!, out _))
                    return; // from the pool, where it kept its settings
                using var command = CreateCommand();
                // FULL: what was acknowledged survives a power cut. The timeout is for other processes: inside this one the gate keeps the peace.
                command.CommandText = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000";
                command.ExecuteNonQuery();
                prepared.AddOrUpdate(Handle!, prepared);
            }
            catch
            {
                Close();
                throw;
            }
        }

        private void Release()
        {
            if (Interlocked.Exchange(ref holdsGate, 0) == 1)
                gate.Release();
        }
    }
}
