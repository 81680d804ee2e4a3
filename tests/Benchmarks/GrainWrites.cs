using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Registration;
using MsaOrleans.Testing;

namespace MsaOrleans.Benchmarks;

/// <summary>
/// What stands between the disk and an adherent's yes: the smallest write of a grain, asked for through the cluster client as a web server does, beside bare commits of a row of
/// the same size by pgbench, in turns, on the same server, by as many clients on as many rows.
/// </summary>
internal static partial class GrainWrites
{
    public const int RowsAClient = 16;

    /// <param name="people">Of whom nobody has an account; so many for each client.</param>
    public static async Task<WritesReport> Measure(Installation installation, IReadOnlyList<Nir> people, int clients, TimeSpan turn, int turns, TextWriter progress, CancellationToken stop)
    {
        using var host = await installation.ClientHere(stop);
        var (grains, keys) = (host.Services.GetRequiredService<IGrainFactory>(), installation.Keys());
        // Opening the draft that is open already writes how long it is kept, and nothing else.
        var drafts = people.Select(nir => (Grain: grains.GetGrain<IAdherentRegistration>(keys.For(nir)), Nir: nir, Ticket: SignUpTicket.New())).ToList();
        await progress.WriteLineAsync("Grain writes: warming up ...");
        await ByGrains();
        var bytes = await installation.Ask<int>("SELECT avg(length(PayloadBinary))::int FROM (SELECT PayloadBinary FROM OrleansStorage ORDER BY ModifiedOn DESC LIMIT 100) AS latest", stop);
        using var script = new TempFolder();
        var path = await Prepare();

        var (bare, byGrains) = (Writes.None, Writes.None);
        for (var i = 0; i < turns; i++)
        {
            await progress.WriteLineAsync($"Bare commits, then grain writes: {i + 1} of {turns} ...");
            bare += await Bare();
            byGrains += await ByGrains();
        }
        await host.StopAsync(stop);
        return new(clients, bytes, turn, turns, bare, byGrains);

        async Task<Writes> ByGrains()
        {
            var before = await Versions();
            var (clock, cpu, own) = (Stopwatch.StartNew(), installation.Cpu, Environment.CpuUsage.TotalTime);
            await Task.WhenAll(drafts.Chunk(RowsAClient).Select(async mine =>
            {
                for (var i = 0; clock.Elapsed < turn; i = (i + 1) % mine.Length)
                    await mine[i].Grain.Begin(mine[i].Ticket, mine[i].Nir);
            }));
            var (took, spent, client) = (clock.Elapsed, installation.Cpu - cpu, Environment.CpuUsage.TotalTime - own);
            return new((int)(await Versions() - before), took, spent, client);
        }

        // What was written is counted where it lies.
        Task<long> Versions() => installation.Ask<long>("SELECT sum(Version) FROM OrleansStorage", stop);

        async Task<string> Prepare()
        {
            var rows = clients * RowsAClient;
            await installation.Server.Client("psql", installation.ConnectionString, "-q", "-c",
                $"""
                CREATE TABLE bare (id integer PRIMARY KEY, payload bytea NOT NULL) WITH (fillfactor = 70);
                ALTER TABLE bare ALTER COLUMN payload SET STORAGE EXTERNAL;
                INSERT INTO bare SELECT id, decode(repeat('a5', {bytes}), 'hex') FROM generate_series(0, {rows - 1}) AS id;
                """);
            return script.Holding("bare.sql", $"\\set id :client_id * {RowsAClient} + random(0, {RowsAClient - 1})\nUPDATE bare SET payload = :payload WHERE id = :id;\n");
        }

        async Task<Writes> Bare()
        {
            var self = new ProcessMeter(Environment.ProcessId);
            var (cpu, ended) = (installation.Cpu, self.EndedCpu);
            var said = await installation.Server.Client("pgbench", installation.ConnectionString,
                "-n", "-M", "prepared", "-c", Text(clients), "-j", Text(Environment.ProcessorCount), "-T", Text((int)turn.TotalSeconds), "-D", "payload=\\x" + string.Concat(Enumerable.Repeat("5a", bytes)), "-f", path);
            var count = int.Parse(Processed().Match(said).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            // By its own clock, which starts when all are connected.
            var took = TimeSpan.FromSeconds(count / double.Parse(PerSecond().Match(said).Groups[1].ValueSpan, CultureInfo.InvariantCulture));
            return new(count, took, installation.Cpu - cpu, self.EndedCpu - ended);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^number of transactions actually processed: (\d+)", RegexOptions.Multiline)]
    private static partial Regex Processed();

    [GeneratedRegex(@"^tps = ([\d.]+)", RegexOptions.Multiline)]
    private static partial Regex PerSecond();
}

/// <summary>So many rows written, and what it took.</summary>
internal sealed record Writes(int Count, TimeSpan Elapsed, ServersCpu Servers, TimeSpan Client)
{
    public static Writes None { get; } = new(0, TimeSpan.Zero, new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero), TimeSpan.Zero);

    public double PerSecond => Count / Elapsed.TotalSeconds;

    /// <summary>What one of them cost, in microseconds.</summary>
    public double Each(TimeSpan cpu) => cpu.TotalMicroseconds / Count;

    public static Writes operator +(Writes one, Writes other) => new(one.Count + other.Count, one.Elapsed + other.Elapsed, one.Servers + other.Servers, one.Client + other.Client);
}

/// <summary>Writes of grains beside bare commits.</summary>
/// <param name="Clients">How many at once.</param>
/// <param name="Bytes">Size of what is written.</param>
/// <param name="Turn">How long one and the other in turn.</param>
/// <param name="Turns">How often.</param>
/// <param name="Bare">By pgbench.</param>
/// <param name="Grains">Through the cluster client.</param>
internal sealed record WritesReport(int Clients, int Bytes, TimeSpan Turn, int Turns, Writes Bare, Writes Grains);
