using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Testing;

namespace MsaOrleans.Benchmarks;

/// <summary>
/// The same people sign in, in turns, where a thousand adherents are known and have an account, and where many are and have. Their grains are put to sleep before each turn, so that
/// each sign-in reads a row among all, as those of people who come once a month do.
/// </summary>
internal static class RegistrySize
{
    private const int Few = 1_000;
    private const int WarmUps = 3;

    public static async Task<RegistrySizeReport> Measure(int many, int people, int signIns, TextWriter progress, CancellationToken stop)
    {
        var load = Machine.Load;
        await using var few = await Place(Few);
        await using var crowded = await Place(many);
        // Those of the short file are the first of the long one, and among its rows they lie wherever their pseudonyms are.
        var signers = (await few.Installation.People(stop)).Take(people).ToList();
        Place[] both = [few, crowded];
        await progress.WriteLineAsync("Warming up ...");
        for (var i = 0; i < WarmUps; i++)
        {
            foreach (var place in both)
                await SignIn(place);
        }
        var rounds = Math.Max(signIns / people / both.Length, 1);
        for (var i = 0; i < rounds; i++)
        {
            await progress.WriteLineAsync($"Signing in here and there: {i + 1} of {rounds} ...");
            foreach (var place in i % 2 == 0 ? both : both.Reverse())
                place.Turns.Add(await SignIn(place));
        }
        return new(Machine.Describe(), $"{load} before, {Machine.Load} after", people, await Report(few), await Report(crowded), both.Sum(place => place.Crowd.Failures));

        async Task<Place> Place(int count)
        {
            await progress.WriteLineAsync($"{count} adherents: importing them ...");
            var installation = await Installation.Create(count, stop);
            await progress.WriteLineAsync($"{count} adherents: opening their accounts ...");
            using (var silo = await installation.SiloHere(stop))
            {
                var password = await silo.Services.GetRequiredService<IPasswordHasher>().Hash(new(Journeys.GoodPassword));
                await new StoredAdherents(silo.Services).Fill(Keys(installation).Order(), password, stop);
                await silo.StopAsync(stop);
            }
            // As PostgreSQL does by itself some minutes later: not while we look.
            await installation.Server.Client("psql", installation.ConnectionString, "-q", "-c", "VACUUM ANALYZE", "-c", "CHECKPOINT");
            await installation.Grow();
            return new(installation, await installation.ClientHere(stop), new(installation.Sites, progress, stop), []);
        }

        async Task<Turn> SignIn(Place place)
        {
            await place.Client.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero, stop);
            var cpu = place.Installation.Cpu;
            var took = await place.Crowd.Send(signers, 1, (visitor, person) => visitor.SignIn(person, Journeys.GoodPassword));
            return new(took, place.Installation.Cpu - cpu);
        }

        async Task<PlaceReport> Report(Place place) => new(
            await place.Installation.Ask<long>("SELECT count(*) FROM OrleansStorage", stop),
            await place.Installation.Ask<long>("SELECT count(*) FROM Payments", stop),
            await place.Installation.Ask<long>("SELECT pg_database_size(current_database())", stop) / (1024.0 * 1024),
            place.Turns);
    }

    private static IEnumerable<Guid> Keys(Installation installation)
    {
        var keys = installation.Keys();
        return File.ReadLines(installation.AdherentsFile).Skip(1).Select(line => keys.For(InstallationHere.Read(line[..line.IndexOf(';', StringComparison.Ordinal)])));
    }

    private sealed record Place(Installation Installation, Microsoft.Extensions.Hosting.IHost Client, Crowd Crowd, List<Turn> Turns) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Client.StopAsync();
            Client.Dispose();
            await Installation.DisposeAsync();
        }
    }
}

/// <summary>Each of the people has signed in once, one after the other.</summary>
/// <param name="Took">Three requests each, shortest first.</param>
/// <param name="Cpu">Of the servers.</param>
internal sealed record Turn(IReadOnlyList<TimeSpan> Took, ServersCpu Cpu)
{
    public double Median => Took[Took.Count / 2].TotalMilliseconds;

    public double CpuEach => Cpu.All.TotalMilliseconds / Took.Count;
}

/// <summary>What was measured where so many adherents are.</summary>
/// <param name="Adherents">Rows of adherents.</param>
/// <param name="Payments">Rows of payments.</param>
/// <param name="Mib">The database, in MiB.</param>
/// <param name="Turns">In their order.</param>
internal sealed record PlaceReport(long Adherents, long Payments, double Mib, IReadOnlyList<Turn> Turns)
{
    private IReadOnlyList<TimeSpan> Took { get; } = [.. Turns.SelectMany(turn => turn.Took).Order()];

    /// <summary>What a sign-in cost, in milliseconds.</summary>
    public double Each(Func<ServersCpu, TimeSpan> part) => part(Turns.Aggregate(new ServersCpu(default, default, default), (sum, turn) => sum + turn.Cpu)).TotalMilliseconds / Took.Count;

    public double Milliseconds(double share) => Took[(int)((Took.Count - 1) * share)].TotalMilliseconds;
}

/// <summary>What was measured in one run.</summary>
/// <param name="Machine">Processor, processors, memory, system, runtime.</param>
/// <param name="Load">How busy it was.</param>
/// <param name="People">Who sign in.</param>
/// <param name="Few">Among a thousand.</param>
/// <param name="Many">Among many.</param>
/// <param name="Failures">Sign-ins that did not reach the private space.</param>
internal sealed record RegistrySizeReport(string Machine, string Load, int People, PlaceReport Few, PlaceReport Many, int Failures)
{
    private const double Aim = 1.1;

    public string ToMarkdown(IFormatProvider format)
    {
        var text = new StringBuilder()
            .AppendLine(format, $"Machine: {Machine}; load {Load}")
            .AppendLine()
            .AppendLine(format, $"| {People} people, {Few.Turns.Count} times, one at a time | among {Few.Adherents:N0} | among {Many.Adherents:N0} | ratio |")
            .AppendLine("| --- | --- | --- | --- |")
            .AppendLine(format, $"| payments, database | {Few.Payments:N0}, {Few.Mib:N0} MiB | {Many.Payments:N0}, {Many.Mib:N0} MiB | |");
        var cpu = Row("CPU a sign-in, together, ms", place => place.Each(part => part.All));
        Row("web, ms", place => place.Each(part => part.Web));
        Row("silo, ms", place => place.Each(part => part.Silo));
        Row("database, ms", place => place.Each(part => part.Database));
        var median = Row("three requests, median, ms", place => place.Milliseconds(0.5));
        Row("p95, ms", place => place.Milliseconds(0.95));
        return text
            .AppendLine()
            .AppendLine(format, $"Ratios turn by turn: CPU {Spread(turn => turn.CpuEach)}; median {Spread(turn => turn.Median)}. Within 10 %: {(cpu <= Aim && median <= Aim ? "yes" : "NO")}. Sign-ins that failed: {Failures}.")
            .ToString().TrimEnd();

        double Row(string what, Func<PlaceReport, double> value)
        {
            var ratio = value(Many) / value(Few);
            text.AppendLine(format, $"| {what} | {value(Few):0.00} | {value(Many):0.00} | {ratio:0.00} |");
            return ratio;
        }

        string Spread(Func<Turn, double> value)
        {
            var ratios = Few.Turns.Zip(Many.Turns, (few, many) => value(many) / value(few)).Order().ToList();
            return string.Create(CultureInfo.InvariantCulture, $"{ratios[0]:0.00} to {ratios[^1]:0.00}, in the middle {ratios[ratios.Count / 2]:0.00}");
        }
    }
}
