using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using MsaOrleans.Testing.Remains;
using Npgsql;

namespace MsaOrleans.Testing;

/// <summary>
/// A PostgreSQL server for tests: Debian's PostgreSQL 15 on a free port, of the loopback address if nothing else is asked for, its data in a folder of its own, durable like a real
/// one. It is gone with whoever started it, even if that was killed.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Loopback = "127.0.0.1";
    private const string Programs = "/usr/lib/postgresql/15/bin";
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(1);

    private static readonly Lazy<Task<PostgresServer>> shared = new(StartShared);

    private readonly ConcurrentDictionary<string, Lazy<Task>> templates = new();
    private readonly Process process;
    private readonly string password;
    private int made;

    private PostgresServer(int port, string address, string? folder)
    {
        (Port, Address, Folder) = (port, address, folder ?? Path.GetTempPath());
        password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        process = Process.Start(Command()) ?? throw new InvalidOperationException("The PostgreSQL server did not start.");
    }

    public int Port { get; }

    /// <summary>Where clients reach it.</summary>
    public string Address { get; }

    /// <summary>Where its data is, while it runs; before, where it will be.</summary>
    public string Folder { get; private set; }

    /// <summary>The one of this test process, started by the first who asks for it.</summary>
    public static Task<PostgresServer> Shared() => shared.Value;

    /// <summary>Starts one, ready when this returns.</summary>
    /// <param name="port">Where it listens; 0 for any free port.</param>
    /// <param name="address">Of this machine, under which clients reach it. It listens on the loopback address as well.</param>
    /// <param name="folder">In which its data gets a folder; nothing: that of temporary files.</param>
    public static async Task<PostgresServer> Start(int port = 0, string address = Loopback, string? folder = null)
    {
        var server = new PostgresServer(port == 0 ? FreePort.Next() : port, address, folder);
        try
        {
            server.Folder = await server.Started();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A new empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> NewDatabase()
    {
        var name = $"test_{Interlocked.Increment(ref made)}";
        await Execute($"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    /// <summary>A new database as somebody has prepared it, the first time by doing so, then by copying.</summary>
    /// <param name="template">A name for what is in it.</param>
    /// <param name="prepare">Is given the connection string of the database to prepare. It must leave no connection open.</param>
    /// <returns>Its connection string.</returns>
    public async Task<string> NewDatabase(string template, Func<string, Task> prepare)
    {
        var name = $"test_{Interlocked.Increment(ref made)}";
        await templates.GetOrAdd(template, _ => new(async () =>
        {
            await Execute($"CREATE DATABASE {template}");
            await prepare(ConnectionString(template));
        })).Value;
        await Execute($"CREATE DATABASE {name} TEMPLATE {template}");
        return ConnectionString(name);
    }

    /// <summary>Drops a database, whoever is connected to it.</summary>
    public async Task Drop(string connectionString)
    {
        if (TestRemains.AreLookedThrough)
        {
            await Checkpoint(); // as dropping does
            TestRemains.LookThrough(await FilesOf(connectionString));
        }
        await Execute($"DROP DATABASE {NameIn(connectionString)} WITH (FORCE)");
    }

    /// <summary>Writes everything to its files that it has acknowledged.</summary>
    public Task Checkpoint() => Execute("CHECKPOINT");

    /// <summary>The folder of a database.</summary>
    public async Task<string> FilesOf(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = source.CreateCommand("SELECT oid::text FROM pg_database WHERE datname = current_database()");
        return Path.Combine(Data, "base", (string)(await command.ExecuteScalarAsync())!);
    }

    /// <summary>Everything that a dump of a database tells.</summary>
    public Task<string> Dump(string connectionString) => Client("pg_dump", connectionString);

    /// <summary>Takes a backup of a database, whoever is at work in it.</summary>
    /// <param name="connectionString">Of the database.</param>
    /// <param name="file">Where to write it, in PostgreSQL's own format.</param>
    public Task Backup(string connectionString, string file) => Client("pg_dump", connectionString, "--format=custom", "--file", file);

    /// <summary>A new database with what a backup holds.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> Restore(string file)
    {
        var connectionString = await NewDatabase();
        await Program("pg_restore", "--exit-on-error", "--dbname", NameIn(connectionString), file);
        return connectionString;
    }

    /// <summary>Runs a client of PostgreSQL's own package on a database.</summary>
    /// <returns>What it wrote.</returns>
    /// <exception cref="InvalidOperationException">It did not end well.</exception>
    public Task<string> Client(string program, string connectionString, params string[] options) => Program(program, [.. options, NameIn(connectionString)]);

    /// <summary>Stops it; its data stays.</summary>
    /// <param name="crash">At once, as in a crash: what it has acknowledged is found again at the next start. Otherwise in order, cutting off whoever is connected.</param>
    public Task Stop(bool crash) => Order(crash ? "stop immediate" : "stop fast");

    /// <summary>Starts it again, on the same data and port; connections are taken when this returns.</summary>
    public Task StartAgain() => Order("start");

    /// <summary>Refuses to change anything from now on, as a standby does, or takes changes again. Those who are connected notice with their next statement.</summary>
    public async Task SetReadOnly(bool readOnly)
    {
        var setting = readOnly ? "on" : "off";
        await Execute($"ALTER SYSTEM SET default_transaction_read_only = {setting}");
        await Execute("SELECT pg_reload_conf()");
        await Waiting.For(Told, () => $"a server that is read-only: {setting}");

        async Task<string?> Told()
        {
            await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString("postgres")) { Pooling = false });
            await using var command = source.CreateCommand("SHOW default_transaction_read_only");
            return (string?)await command.ExecuteScalarAsync() == setting ? setting : null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        LookThrough();
        process.StandardInput.Close(); // as when this process is killed
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private string Data => Path.Combine(Folder, "data");

    private string Addresses => Address == Loopback ? Loopback : $"{Loopback},{Address}";

    private static async Task<PostgresServer> StartShared()
    {
        var server = await Start();
        // It ends with this process and nobody disposes of it.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.LookThrough();
        return server;
    }

    // What it has acknowledged is in its journal even where its tables do not have it yet.
    private void LookThrough()
    {
        if (Directory.Exists(Data))
            TestRemains.LookThrough(Folder);
    }

    private static string NameIn(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString).Database!;

    private async Task<string> Program(string name, params string[] arguments)
    {
        string[] all = ["-h", Loopback, "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", "msa", .. arguments];
        var command = new ProcessStartInfo(Path.Combine(Programs, name), all) { RedirectStandardOutput = true, Environment = { ["PGPASSWORD"] = password } };
        using var program = Process.Start(command)!;
        var text = await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();
        return program.ExitCode == 0 ? text : throw new InvalidOperationException($"{name} ended with {program.ExitCode}.");
    }

    private async Task Order(string what)
    {
        await process.StandardInput.WriteLineAsync(what);
        await process.StandardInput.FlushAsync();
        if (await process.StandardOutput.ReadLineAsync().WaitAsync(StartsWithin) is null)
            throw new InvalidOperationException($"The PostgreSQL server for tests is gone: it could not {what}.");
    }

    private string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder { Host = Address, Port = Port, Username = "msa", Password = password, Database = database }.ToString();

    private async Task Execute(string statement)
    {
        // Not pooled: a database that is copied or dropped must have no connection.
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString("postgres")) { Pooling = false });
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }

    private ProcessStartInfo Command()
    {
        // PostgreSQL refuses to run as root, and Debian's package brings a user for it, who need not be able to read our files: the script is handed over as text.
        string[] shell = ["sh", "-c", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "postgres_server.sh")), "postgres_server.sh", Programs, Port.ToString(CultureInfo.InvariantCulture), Addresses];
        string[] command = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", .. shell] : shell;
        return new(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MSA_TEST_PASSWORD"] = password, ["TMPDIR"] = Folder },
        };
    }

    private async Task<string> Started()
    {
        var errors = process.StandardError.ReadToEndAsync();
        return await process.StandardOutput.ReadLineAsync().WaitAsync(StartsWithin)
            ?? throw new InvalidOperationException($"The PostgreSQL server for tests did not start. It needs Debian's postgresql (apt-get install postgresql). It said: {await errors}");
    }
}
