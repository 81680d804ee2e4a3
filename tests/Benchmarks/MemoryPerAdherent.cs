using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Sessions;
using MsaOrleans.Testing;

namespace MsaOrleans.Benchmarks;

/// <summary>
/// What adherents cost a silo in memory: those who are active, and those who were and have gone to rest. The silo is in this process, so that its heap can be
/// collected and weighed; the adherents' rows are in PostgreSQL.
/// </summary>
internal static class MemoryPerAdherent
{
    private const int WarmUp = 1_000;

    public static async Task<MemoryReport> Measure(int adherents, int turns, TextWriter progress, CancellationToken stop)
    {
        await progress.WriteLineAsync("Making the database ...");
        await using var installation = await Installation.Create(1, stop, payments: false);
        using var host = await installation.SiloHere(stop);
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var keys = Enumerable.Range(0, adherents).Select(_ => Guid.NewGuid()).ToList();
        await new StoredAdherents(host.Services).Fill(keys, new("argon2id", 19456, 2, "", ""), stop);

        await Wake(keys.Take(WarmUp));
        await Rest();
        var (atRest, turnsMeasured) = (Weigh(), new List<(double Active, double Rested)>());
        for (var turn = 1; turn <= turns; turn++)
        {
            await progress.WriteLineAsync($"{adherents} adherents awake, then asleep: {turn} of {turns} ...");
            await Wake(keys);
            var active = Weigh() - atRest;
            await Rest();
            turnsMeasured.Add((active / adherents, (Weigh() - atRest) / adherents));
        }
        await host.StopAsync(stop);
        return new(Machine.Describe(), $"{Machine.Load}", adherents, atRest, turnsMeasured);

        // Any question will do: this one reads the row, and finds that the session is not his.
        Task Wake(IEnumerable<Guid> some) => Parallel.ForEachAsync(
            some, stop, async (key, _) => await grains.GetGrain<IAdherentSessions>(key).Check(new SessionToken(RandomToken)));

        async Task Rest()
        {
            var management = grains.GetGrain<IManagementGrain>(0);
            await management.ForceActivationCollection(TimeSpan.Zero, stop);
            while (await management.GetTotalActivationCount(stop) > WarmUp / 10)
                await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
        }
    }

    private static string RandomToken { get; } = Convert.ToBase64String(Guid.NewGuid().ToByteArray());

    private static double Weigh()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}

/// <summary>What was measured in one run.</summary>
/// <param name="Machine">Processor, processors, memory, system, runtime.</param>
/// <param name="Load">How busy it was.</param>
/// <param name="Adherents">How many.</param>
/// <param name="AtRest">Bytes of the heap before.</param>
/// <param name="Turns">Bytes for each adherent, while all are active and after all have gone to rest, turn by turn.</param>
internal sealed record MemoryReport(string Machine, string Load, int Adherents, double AtRest, IReadOnlyList<(double Active, double Rested)> Turns)
{
    public string ToMarkdown(IFormatProvider format)
    {
        var text = new StringBuilder()
            .AppendLine(format, $"Machine: {Machine}; load {Load}; heap of the silo at rest {AtRest / 1024 / 1024:0.0} MiB")
            .AppendLine()
            .AppendLine(format, $"| {Adherents:N0} adherents, turn | active, KB each | gone to rest, KB each |")
            .AppendLine("| --- | --- | --- |");
        foreach (var (turn, (active, rested)) in Turns.Index())
            text.AppendLine(format, $"| {turn + 1} | {active / 1000:0.00} | {rested / 1000:0.000} |");
        return text.ToString().TrimEnd();
    }
}
