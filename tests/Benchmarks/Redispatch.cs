using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Jobs;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Testing;

namespace MsaOrleans.Benchmarks;

/// <summary>Those who are owed a letter among many who are not: found, woken in this process, and woken by the command as an operator runs it.</summary>
internal static partial class Redispatch
{
    private const int Runs = 5;

    private const string WithADueTime = "SELECT count(*) FROM OrleansStorage WHERE substr(PayloadBinary, 2, 8) <> x'7FFFFFFFFFFFFFFF'";

    // What the search would cost if it had to look at every row.
    private const string WithoutIndex =
        "SELECT count(*) FROM OrleansStorage NOT INDEXED WHERE substr(PayloadBinary, 10, 1) <> x'00' AND substr(PayloadBinary, 2, 8) <> x'7FFFFFFFFFFFFFFF'";

    public static async Task<RedispatchReport> Measure(int adherents, int owed, TextWriter progress, CancellationToken stop)
    {
        using var folder = new TempFolder();
        await progress.WriteLineAsync("Running the command where nobody is ...");
        var alone = DataDirectory.Open(folder["nobody"]);
        await RunCommand(alone, stop); // makes the database
        var commandAlone = await Repeat(() => RunCommand(alone, stop));

        await progress.WriteLineAsync($"Storing {adherents} adherents ...");
        var data = DataDirectory.Open(folder["data"]);
        var (timed, found, search, scan) = (0L, 0, new List<TimeSpan>(), new List<TimeSpan>());
        var (sweep, sweepTook) = (new SweepReport(0, 0, 0), TimeSpan.Zero);
        using (var host = Silo(data))
        {
            await host.StartAsync(stop);
            await new StoredAdherents(host.Services).Fill(adherents, owed, stop);
            var database = host.Services.GetRequiredService<Database>();
            await Ask(database.Writes, "PRAGMA wal_checkpoint(TRUNCATE)", stop);
            timed = (long)(await Ask(database.Reads, WithADueTime, stop))!;

            await progress.WriteLineAsync("Searching ...");
            search = await Repeat(async () => found = await host.Services.GetRequiredService<OverdueAdherents>().FindOwedLetters(stop).CountAsync(stop));
            scan = await Repeat(() => Ask(database.Reads, WithoutIndex, stop));
            await progress.WriteLineAsync("Sweeping ...");
            var clock = Stopwatch.StartNew();
            sweep = await host.Services.GetRequiredService<Sweep>().Run(queueLost: true, stop);
            sweepTook = clock.Elapsed;
            await host.StopAsync(stop);
        }

        await progress.WriteLineAsync("Running the command ...");
        var outcomes = new List<(int, int, int)>();
        var command = await Repeat(async () => outcomes.Add(await RunCommand(data, stop)));
        var mib = Directory.EnumerateFiles(data.Path, "msa.db*").Sum(file => new FileInfo(file).Length) / (1024.0 * 1024);
        return new(Machine.Describe(), adherents, timed, owed, mib, found, sweep, outcomes, search, scan, sweepTook, command, commandAlone);
    }

    private static IHost Silo(DataDirectory data)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddEmbeddedMsaSilo(data, "http://127.0.0.1:5080");
        return builder.Build();
    }

    private static async Task<List<TimeSpan>> Repeat(Func<Task> work)
    {
        var times = new List<TimeSpan>();
        for (var i = 0; i < Runs; i++)
        {
            var clock = Stopwatch.StartNew();
            await work();
            times.Add(clock.Elapsed);
        }
        return times;
    }

    private static async Task<object?> Ask(System.Data.Common.DbDataSource source, string sql, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(stop);
    }

    private static async Task<(int Woken, int Queued, int Failed)> RunCommand(DataDirectory data, CancellationToken stop)
    {
        using var silo = Process.Start(new ProcessStartInfo("dotnet", [Repository.BuiltProgram("Silo"), "redispatch"])
        {
            Environment = { ["Data__Directory"] = data.Path },
            RedirectStandardOutput = true,
        })!;
        var output = await silo.StandardOutput.ReadToEndAsync(stop);
        await silo.WaitForExitAsync(stop);
        return Counts().Match(output) is { Success: true } counts
            ? (Number(counts, 1), Number(counts, 2), Number(counts, 3))
            : throw new InvalidOperationException($"Silo redispatch ended with {silo.ExitCode}: {output}");
    }

    private static int Number(Match counts, int group) => int.Parse(counts.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^Adherents woken: (\d+)\. Letters queued: (\d+)\. Adherents out of reach: (\d+)\.")]
    private static partial Regex Counts();
}
