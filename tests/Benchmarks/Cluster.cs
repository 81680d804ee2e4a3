using System.Diagnostics;
using System.Globalization;
using System.Text;
using MsaOrleans.Testing;

namespace MsaOrleans.Benchmarks;

/// <summary>The site on several processes under whole sign-ups, with one silo and one web server, then with two of each; and writes of grains beside bare commits.</summary>
internal static class Cluster
{
    public static async Task<ClusterReport> Measure(int signUps, int warmUps, int visitors, int writers, TimeSpan turn, int turns, TextWriter progress, CancellationToken stop)
    {
        var load = Machine.Load;
        await progress.WriteLineAsync("Making the database ...");
        await using var installation = await Installation.Create(2 * (signUps + warmUps) + writers * GrainWrites.RowsAClient, stop);
        var people = new Queue<Person>(await installation.People(stop));
        var (runs, failures, letters) = (new List<ClusterSignUps>(), 0, 0);
        WritesReport? writes = null;
        for (var size = 1; size <= 2; size++)
        {
            await installation.Grow();
            var crowd = new Crowd(installation.Sites, progress, stop);
            await progress.WriteLineAsync($"{size} and {size}: warming up ...");
            await SignUp(crowd, warmUps);
            await progress.WriteLineAsync($"{size} and {size}: signing {signUps} people up ...");
            runs.Add(await SignUp(crowd, signUps) with { Silos = size });
            failures += crowd.Failures;
            writes ??= await GrainWrites.Measure(
                installation, [.. people.Reverse().Take(writers * GrainWrites.RowsAClient).Select(person => InstallationHere.Read(person.Nir))], writers, turn, turns, progress, stop);
        }
        return new(Machine.Describe(), $"{load} before, {Machine.Load} after", visitors, runs, writes!, failures);

        async Task<ClusterSignUps> SignUp(Crowd crowd, int count)
        {
            var (clock, cpu) = (Stopwatch.StartNew(), installation.Cpu);
            var done = await crowd.Send(Enumerable.Range(0, count).Select(_ => people.Dequeue()).ToList(), visitors, (visitor, person) => visitor.SignUp(person));
            var pages = clock.Elapsed;
            // What a sign-up costs is paid when its letter has left.
            letters += done.Count;
            while (Directory.EnumerateFiles(installation.Mails.Path, "*.eml").Count() < letters)
                await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
            return new(0, done, pages, clock.Elapsed - pages, installation.Cpu - cpu);
        }
    }
}

/// <summary>Whole sign-ups on one size of the cluster.</summary>
/// <param name="Silos">Silos, and as many web servers.</param>
/// <param name="Took">How long each took its visitor, shortest first.</param>
/// <param name="Elapsed">From the first page to the last.</param>
/// <param name="Letters">From the last page to the last letter.</param>
/// <param name="Cpu">Until then.</param>
internal sealed record ClusterSignUps(int Silos, IReadOnlyList<TimeSpan> Took, TimeSpan Elapsed, TimeSpan Letters, ServersCpu Cpu)
{
    public double PerSecond => Took.Count / Elapsed.TotalSeconds;

    /// <summary>What one of them cost, in milliseconds.</summary>
    public double Each(TimeSpan cpu) => cpu.TotalMilliseconds / Took.Count;
}

/// <summary>What was measured in one run.</summary>
/// <param name="Machine">Processor, processors, memory, system, runtime.</param>
/// <param name="Load">How busy it was.</param>
/// <param name="Visitors">Visitors at once.</param>
/// <param name="SignUps">By size of the cluster.</param>
/// <param name="Writes">On the smallest.</param>
/// <param name="Failures">Journeys that did not reach their end.</param>
internal sealed record ClusterReport(string Machine, string Load, int Visitors, IReadOnlyList<ClusterSignUps> SignUps, WritesReport Writes, int Failures)
{
    public string ToMarkdown(IFormatProvider format)
    {
        var text = new StringBuilder()
            .AppendLine(format, $"Machine: {Machine}; load {Load}")
            .AppendLine()
            .AppendLine(format, $"| {Visitors} visitors at once | {string.Join(" | ", SignUps.Select(run => string.Create(CultureInfo.InvariantCulture, $"silos and web servers: {run.Silos} and {run.Silos}")))} |")
            .AppendLine(format, $"| --- |{string.Concat(SignUps.Select(_ => " --- |"))}");
        Row("whole sign-ups per second", run => run.PerSecond, "0.0");
        Row("a sign-up, median, ms", run => run.Took[run.Took.Count / 2].TotalMilliseconds, "0");
        Row("CPU a sign-up, web, ms", run => run.Each(run.Cpu.Web), "0.0");
        Row("silo, ms", run => run.Each(run.Cpu.Silo), "0.0");
        Row("database, ms", run => run.Each(run.Cpu.Database), "0.0");
        Row("together, ms", run => run.Each(run.Cpu.All), "0.0");
        Row("last letter after the last page, s", run => run.Letters.TotalSeconds, "0.0");
        text.AppendLine()
            .AppendLine(format, $"| {Writes.Clients} at once, {Writes.Bytes} bytes, {Writes.Turns} turns of {Writes.Turn.TotalSeconds:0} s each | per second | CPU a write, database, µs | silo, µs | client, µs |")
            .AppendLine("| --- | --- | --- | --- | --- |")
            .AppendLine(format, $"| bare commits (pgbench) | {Writes.Bare.PerSecond:N0} | {Writes.Bare.Each(Writes.Bare.Servers.Database):0} | – | {Writes.Bare.Each(Writes.Bare.Client):0} |")
            .AppendLine(format, $"| writes of grains | {Writes.Grains.PerSecond:N0} | {Writes.Grains.Each(Writes.Grains.Servers.Database):0} | {Writes.Grains.Each(Writes.Grains.Servers.Silo):0} | {Writes.Grains.Each(Writes.Grains.Client):0} |")
            .AppendLine(format, $"| by bare commits | {Writes.Grains.PerSecond / Writes.Bare.PerSecond:0.00} | {Writes.Grains.Each(Writes.Grains.Servers.Database) / Writes.Bare.Each(Writes.Bare.Servers.Database):0.0} | | |")
            .AppendLine()
            .Append(format, $"Journeys that failed: {Failures}.");
        return text.ToString();

        void Row(string what, Func<ClusterSignUps, double> value, string digits) =>
            text.AppendLine(format, $"| {what} | {string.Join(" | ", SignUps.Select(run => value(run).ToString(digits, format)))} |");
    }
}
