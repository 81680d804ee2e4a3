using System.Globalization;
using System.Security.Cryptography;
using MsaOrleans.Testing;
using Npgsql;

namespace MsaOrleans.Chaos;

/// <summary>Everything that a visitor's request may meet: two web servers, two silos, a database, a relay; and the people whom the caisses know.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private static readonly TimeSpan codeDelay = TimeSpan.FromSeconds(5);

    private readonly TempFolder folder = new();
    private readonly TwoNetworks? networks;
    private readonly List<Supervised> servers = [];
    private PostgresServer? database;
    private SmtpServer? relay;
    private string connectionString = "";

    private Stage(TwoNetworks? networks) => this.networks = networks;

    public PostgresServer Database => database!;

    public SmtpServer Relay => relay!;

    public Postbox Post { get; private set; } = null!;

    public IReadOnlyList<Supervised> Silos => servers[..2];

    public IReadOnlyList<Supervised> Webs => servers[2..];

    public IReadOnlyList<Supervised> Servers => servers;

    /// <summary>Where the visitors find the web servers.</summary>
    public IReadOnlyList<Uri> Sites { get; private set; } = [];

    public IReadOnlyList<Person> People { get; private set; } = [];

    /// <summary>The link between the silos, where each has a network of its own.</summary>
    public TwoNetworks Networks => networks ?? throw new InvalidOperationException("All live in one network.");

    /// <summary>The key under which rows are named.</summary>
    public byte[] PseudonymKey { get; } = RandomNumberGenerator.GetBytes(32);

    /// <param name="people">How many the caisses know.</param>
    /// <param name="clock">That of the report.</param>
    /// <param name="networks">A network for each silo; nothing: all live in one.</param>
    /// <param name="settings">Further settings of all servers.</param>
    /// <param name="stop">It is not wanted any more.</param>
    public static async Task<Stage> Build(int people, Func<TimeSpan> clock, TwoNetworks? networks, IReadOnlyDictionary<string, string> settings, CancellationToken stop)
    {
        var stage = new Stage(networks);
        try
        {
            await stage.Start(people, clock, settings, stop);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>A column of some numbers, from the database.</summary>
    public async Task<IReadOnlyList<T>> Query<T>(string query)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = source.CreateCommand(query);
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<T>();
        while (await reader.ReadAsync())
            values.Add(await reader.GetFieldValueAsync<T>(0));
        return values;
    }

    /// <summary>Leaves what every server has said in a folder.</summary>
    public async Task KeepLogs(string where)
    {
        Directory.CreateDirectory(where);
        foreach (var server in servers)
            await File.WriteAllLinesAsync(Path.Combine(where, $"{server.Name.Replace(' ', '-')}.log"), server.Process.Output);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Enumerable.Reverse(servers))
            await server.DisposeAsync();
        Post?.Dispose();
        relay?.Dispose();
        if (database is not null)
            await database.DisposeAsync();
        folder.Dispose();
    }

    private async Task Start(int count, Func<TimeSpan> clock, IReadOnlyDictionary<string, string> settings, CancellationToken stop)
    {
        var host = networks?.Host ?? "127.0.0.1";
        database = await PostgresServer.Start(address: host);
        relay = await SmtpServer.Start(host: host);
        Post = new Postbox(relay.Mails);
        connectionString = await database.NewDatabase();
        var shared = new Dictionary<string, string>(settings)
        {
            ["ConnectionStrings:Msa"] = connectionString,
            ["Adherents:PseudonymKey"] = Convert.ToBase64String(PseudonymKey),
            ["Mail:Smtp:Host"] = relay.Host,
            ["Mail:Smtp:Port"] = relay.Port.ToString(CultureInfo.InvariantCulture),
            ["Mail:Smtp:Security"] = "none",
            ["Site:PublicUrl"] = "http://127.0.0.1",
            ["Departments:CodeDelay"] = codeDelay.ToString(),
            ["Logging:LogLevel:Default"] = "Information",
            ["Logging:Console:FormatterName"] = "simple",
            ["Logging:Console:FormatterOptions:SingleLine"] = "true",
            ["Logging:Console:FormatterOptions:TimestampFormat"] = "HH:mm:ss.fff ",
        };
        await Task.WhenAll(SiloProgram.Run(shared, ["migrate"], stop), Generate());
        var imported = SiloProgram.Run(shared, ["import", "--adherents", folder["adherents.csv"], "--payments", folder["payments.csv"]], stop);
        for (var number = 0; number < 2; number++)
            servers.Add(new($"silo {number + 1}", await SiloProcess.Start(shared, networks?.Addresses[number] ?? host, networks?.Names[number]), clock));
        for (var number = 0; number < 2; number++)
            servers.Add(new($"web {number + 1}", await WebProcess.Start(shared), clock));
        await imported;
        Sites = [.. Webs.Select(web => new Uri(web.Process.Address))];

        async Task Generate()
        {
            await SiloProgram.Run(shared, ["generate", "--count", count.ToString(CultureInfo.InvariantCulture), "--seed", "11", "--out", folder.Path], stop);
            People = Person.Read(await File.ReadAllTextAsync(folder["adherents.csv"], stop), await File.ReadAllTextAsync(folder["payments.csv"], stop));
        }
    }
}
