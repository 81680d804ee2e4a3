using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace MsaOrleans.Testing;

/// <summary>The site on several processes: a PostgreSQL server and a database of its own, its silos and web servers, mails into a folder.</summary>
public sealed class Installation : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly Dictionary<string, string> settings;
    private readonly List<SiloProcess> silos = [];
    private readonly List<WebProcess> webs = [];
    private readonly ProcessMeter meter;

    private Installation(PostgresServer server, string connectionString, (string Key, string Value)[] more)
    {
        (Server, ConnectionString, meter) = (server, connectionString, ProcessMeter.Of(server));
        settings = new()
        {
            ["ConnectionStrings:Msa"] = connectionString,
            ["Adherents:PseudonymKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Mail:PickupDirectory"] = folder["mails"],
            ["Site:PublicUrl"] = "http://127.0.0.1",
            ["Logging:LogLevel:Default"] = "Warning",
        };
        foreach (var (key, value) in more)
            settings[key] = value;
    }

    public PostgresServer Server { get; }

    public string ConnectionString { get; }

    /// <summary>Of every silo and web server.</summary>
    public IReadOnlyDictionary<string, string> Settings => settings;

    public MailFolder Mails => new(folder["mails"]);

    /// <summary>The caisses' file of its insured persons.</summary>
    public string AdherentsFile => folder["adherents.csv"];

    /// <summary>And of what was paid to them.</summary>
    public string PaymentsFile => folder["payments.csv"];

    /// <summary>Its web servers' addresses.</summary>
    public IReadOnlyList<string> Sites => [.. webs.Select(web => web.Address)];

    /// <summary>What its processes have spent so far.</summary>
    public ServersCpu Cpu => new(Sum(webs), Sum(silos), meter.FamilyCpu);

    /// <summary>Memory that its web servers and silos hold, in MiB.</summary>
    public (double Web, double Silo) Memory => (webs.Sum(web => new ProcessMeter(web.Id).ResidentMib), silos.Sum(silo => new ProcessMeter(silo.Id).ResidentMib));

    /// <summary>Makes one whose registry knows so many people; no server is started yet.</summary>
    /// <param name="people">How many.</param>
    /// <param name="stop">Stops making it.</param>
    /// <param name="payments">Whether it also knows what was paid to them.</param>
    /// <param name="more">Further settings, as <c>Mail:Smtp:Host</c>.</param>
    public static async Task<Installation> Create(int people, CancellationToken stop, bool payments = true, params (string Key, string Value)[] more)
    {
        var server = await PostgresServer.Start();
        var made = new Installation(server, await server.NewDatabase(), more);
        try
        {
            await Task.WhenAll(
                made.Silo(stop, "migrate"), made.Silo(stop, "generate", "--count", people.ToString(CultureInfo.InvariantCulture), "--seed", "11", "--out", made.folder.Path));
            await made.Silo(stop, ["import", "--adherents", made.AdherentsFile, .. payments ? (string[])["--payments", made.PaymentsFile] : []]);
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    /// <summary>Those whom its registry knows.</summary>
    public async Task<IReadOnlyList<Person>> People(CancellationToken stop) =>
        Person.Read(await File.ReadAllTextAsync(AdherentsFile, stop), await File.ReadAllTextAsync(PaymentsFile, stop));

    /// <summary>Starts one more silo and one more web server.</summary>
    public async Task Grow()
    {
        silos.Add(await SiloProcess.Start(settings));
        webs.Add(await WebProcess.Start(settings));
    }

    /// <summary>Asks the database for one value.</summary>
    public async Task<T> Ask<T>(string query, CancellationToken stop) where T : struct
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(query);
        command.CommandTimeout = 0;
        return await command.ExecuteScalarAsync(stop) is T value ? value : default;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in webs.Concat<ServerProcess>(silos))
            await process.DisposeAsync();
        await Server.DisposeAsync();
        folder.Dispose();
    }

    private static TimeSpan Sum(IEnumerable<ServerProcess> processes) => processes.Aggregate(TimeSpan.Zero, (sum, process) => sum + new ProcessMeter(process.Id).Cpu);

    private Task<string> Silo(CancellationToken stop, params string[] arguments) => SiloProgram.Run(settings, arguments, stop);
}

/// <summary>Processor time of the processes of an installation.</summary>
public sealed record ServersCpu(TimeSpan Web, TimeSpan Silo, TimeSpan Database)
{
    public TimeSpan All => Web + Silo + Database;

    public static ServersCpu operator +(ServersCpu one, ServersCpu other) => new(one.Web + other.Web, one.Silo + other.Silo, one.Database + other.Database);

    public static ServersCpu operator -(ServersCpu later, ServersCpu before) => new(later.Web - before.Web, later.Silo - before.Silo, later.Database - before.Database);
}
