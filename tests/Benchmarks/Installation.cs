using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Testing;
using Npgsql;

namespace MsaOrleans.Benchmarks;

/// <summary>The site on several processes: a PostgreSQL server and a database of its own, its silos and web servers, mails into a folder.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly Dictionary<string, string> settings;
    private readonly List<SiloProcess> silos = [];
    private readonly List<WebProcess> webs = [];
    private readonly ProcessMeter meter;

    private Installation(PostgresServer server, string connectionString)
    {
        (Server, ConnectionString, meter) = (server, connectionString, ProcessMeter.Of(server));
        var secret = RandomNumberGenerator.GetBytes(AdherentKeys.SecretLength);
        Keys = new(secret);
        settings = new()
        {
            ["ConnectionStrings:Msa"] = connectionString,
            ["Adherents:PseudonymKey"] = Convert.ToBase64String(secret),
            ["Mail:PickupDirectory"] = folder["mails"],
            ["Site:PublicUrl"] = "http://127.0.0.1",
            ["Logging:LogLevel:Default"] = "Warning",
        };
    }

    public PostgresServer Server { get; }

    public string ConnectionString { get; }

    /// <summary>How its adherents are named.</summary>
    public AdherentKeys Keys { get; }

    public MailFolder Mails => new(folder["mails"]);

    /// <summary>The caisses' file of its insured persons.</summary>
    public string AdherentsFile => folder["adherents.csv"];

    /// <summary>Its web servers' addresses.</summary>
    public IReadOnlyList<string> Sites => [.. webs.Select(web => web.Address)];

    /// <summary>What its processes have spent so far.</summary>
    public ServersCpu Cpu => new(Sum(webs), Sum(silos), meter.FamilyCpu);

    /// <summary>Makes one whose registry knows so many people; no server is started yet.</summary>
    /// <param name="people">How many.</param>
    /// <param name="stop">Stops making it.</param>
    /// <param name="payments">Whether it also knows what was paid to them.</param>
    public static async Task<Installation> Create(int people, CancellationToken stop, bool payments = true)
    {
        var server = await PostgresServer.Start();
        var made = new Installation(server, await server.NewDatabase());
        try
        {
            await Task.WhenAll(
                made.Silo(stop, "migrate"), made.Silo(stop, "generate", "--count", people.ToString(CultureInfo.InvariantCulture), "--seed", "11", "--out", made.folder.Path));
            await made.Silo(stop, ["import", "--adherents", made.AdherentsFile, .. payments ? (string[])["--payments", made.folder["payments.csv"]] : []]);
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
        Person.Read(await File.ReadAllTextAsync(AdherentsFile, stop), await File.ReadAllTextAsync(folder["payments.csv"], stop));

    /// <summary>The number of somebody in the caisses' file.</summary>
    public static Nir Read(string nir) => Nir.TryParse(nir, out var read) == NirFault.None ? read! : throw new InvalidOperationException("The caisses' file holds a NIR that is none.");

    /// <summary>Starts one more silo and one more web server.</summary>
    public async Task Grow()
    {
        silos.Add(await SiloProcess.Start(settings));
        webs.Add(await WebProcess.Start(settings));
    }

    /// <summary>A silo of it in this process, with its services, until it is stopped.</summary>
    public async Task<IHost> SiloHere(CancellationToken stop)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings!);
        builder.AddClusterMsaSilo(ConnectionString);
        return await Started(builder, stop);
    }

    /// <summary>A client of its silos in this process, as each web server has one.</summary>
    public async Task<IHost> ClientHere(CancellationToken stop)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddMsaClusterClient(ConnectionString);
        return await Started(builder, stop);
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

    private static async Task<IHost> Started(HostApplicationBuilder builder, CancellationToken stop)
    {
        var host = builder.Build();
        await host.StartAsync(stop);
        return host;
    }

    private static TimeSpan Sum(IEnumerable<ServerProcess> processes) => processes.Aggregate(TimeSpan.Zero, (sum, process) => sum + new ProcessMeter(process.Id).Cpu);

    private Task Silo(CancellationToken stop, params string[] arguments) => SiloProgram.Run(settings, arguments, stop);
}

/// <summary>Processor time of the processes of an installation.</summary>
internal sealed record ServersCpu(TimeSpan Web, TimeSpan Silo, TimeSpan Database)
{
    public TimeSpan All => Web + Silo + Database;

    public static ServersCpu operator +(ServersCpu one, ServersCpu other) => new(one.Web + other.Web, one.Silo + other.Silo, one.Database + other.Database);

    public static ServersCpu operator -(ServersCpu later, ServersCpu before) => new(later.Web - before.Web, later.Silo - before.Silo, later.Database - before.Database);
}
