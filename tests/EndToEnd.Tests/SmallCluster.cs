using System.Globalization;
using System.Security.Cryptography;
using MsaOrleans.Testing;
using Npgsql;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>What silos and web servers of a cluster share: a database that knows some people, and a relay; and the settings that lead there.</summary>
internal sealed class SmallCluster : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private string connectionString = "";

    private SmallCluster(PostgresServer database, SmtpServer relay) => (Database, Relay) = (database, relay);

    public PostgresServer Database { get; }

    public SmtpServer Relay { get; }

    /// <summary>Of every silo and web server.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; private set; } = new Dictionary<string, string>();

    /// <summary>Whom the caisses know.</summary>
    public IReadOnlyList<Person> People { get; private set; } = [];

    private string Unpooled => new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString();

    /// <param name="people">How many the caisses know.</param>
    /// <param name="on">The disk of the database; nothing: that of temporary files.</param>
    /// <param name="migrate">The folder of another version of the project, whose program prepares the database; nothing: this one.</param>
    public static async Task<SmallCluster> Start(int people, SmallDisk? on = null, string? migrate = null)
    {
        var cluster = new SmallCluster(await PostgresServer.Start(folder: on?.Path), await SmtpServer.Start());
        try
        {
            await cluster.Prepare(people, migrate);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets nobody write a row of an adherent until it is disposed of: a write that is asked for waits.</summary>
    public async Task<IAsyncDisposable> HoldWrites()
    {
        var held = new NpgsqlConnection(Unpooled);
        await held.OpenAsync();
        await using var hold = new NpgsqlCommand("BEGIN; LOCK TABLE OrleansStorage IN SHARE MODE", held);
        await hold.ExecuteNonQueryAsync();
        return held; // with which the transaction ends
    }

    /// <summary>Waits for a number that the database tells.</summary>
    public Task Until(string query, long expected) =>
        Waiting.For(async () => await Number(query) == expected ? "so" : null, () => $"{expected} as answer to {query}");

    /// <summary>A number that the database tells.</summary>
    public async Task<long> Number(string query)
    {
        await using var source = NpgsqlDataSource.Create(Unpooled);
        await using var command = source.CreateCommand(query);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        Relay.Dispose();
        await Database.DisposeAsync();
        folder.Dispose();
    }

    private async Task Prepare(int count, string? version)
    {
        connectionString = await Database.NewDatabase();
        Settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:Msa"] = connectionString,
            ["Adherents:PseudonymKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Mail:Smtp:Host"] = Relay.Host,
            ["Mail:Smtp:Port"] = Relay.Port.ToString(CultureInfo.InvariantCulture),
            ["Mail:Smtp:Security"] = "none",
            ["Site:PublicUrl"] = "http://127.0.0.1",
        };
        var (adherents, payments) = (folder["adherents.csv"], folder["payments.csv"]);
        await Task.WhenAll(
            SiloProgram.Run(Settings, ["migrate"], version),
            SiloProgram.Run(Settings, ["generate", "--count", count.ToString(CultureInfo.InvariantCulture), "--seed", "11", "--out", folder.Path]));
        await SiloProgram.Run(Settings, ["import", "--adherents", adherents, "--payments", payments], version);
        People = Person.Read(await File.ReadAllTextAsync(adherents), await File.ReadAllTextAsync(payments));
    }
}
