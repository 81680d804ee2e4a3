using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Silo.Credentials;
using MsaOrleans.Testing;

namespace MsaOrleans.Benchmarks;

/// <summary>Sign-ins over real HTTP: the page, its form, the home of the private space; and bare password hashes beside them.</summary>
internal static class SignIns
{
    private const int BareHashes = 400;

    public static async Task<SignInsReport> Measure(int count, int signIns, int visitors, TextWriter progress, CancellationToken stop)
    {
        using var data = new TempFolder();
        await progress.WriteLineAsync("Making people ...");
        var people = await People.Populate(data.Path, count, stop);
        await using var site = await SiteProcess.Start(data.Path, EmbeddedDefault.settings);
        var meter = new ProcessMeter(site.Id);
        var crowd = new Crowd([site.Address], progress, stop);
        await progress.WriteLineAsync($"Opening {count} accounts ...");
        await crowd.Send(people, 16, (visitor, person) => visitor.SignUp(person));
        var passwords = await EmbeddedDefault.Passwords(new MailFolder(data["mails"]), people.Count, stop);
        await crowd.Send(people, 16, (visitor, person) => visitor.FirstConnection(person, passwords[person.Email]));
        await progress.WriteLineAsync("Warming up ...");
        await SignInAgain(signIns / 4, 16);

        await progress.WriteLineAsync("One at a time ...");
        var alone = await SignInAgain(Math.Max(signIns / 10, 1), 1);
        await progress.WriteLineAsync($"{visitors} at once ...");
        var crowded = await SignInAgain(signIns, visitors);
        await progress.WriteLineAsync("Bare hashes ...");
        var bare = await Bare();
        return new(Machine.Describe(), visitors, alone, crowded, bare, crowd.Failures);

        // Nobody twice at once: one adherent takes one call at a time, and would be his own queue.
        async Task<SignInLoad> SignInAgain(int times, int atOnce)
        {
            var free = new ConcurrentQueue<Person>(people);
            var (clock, cpu) = (Stopwatch.StartNew(), meter.Cpu);
            var took = await crowd.Send(Enumerable.Range(0, times), atOnce, async (visitor, _) =>
            {
                free.TryDequeue(out var person);
                await visitor.SignIn(person!, Journeys.GoodPassword);
                free.Enqueue(person!);
            });
            return new(new(times, clock.Elapsed, meter.Cpu - cpu), took);
        }
    }

    /// <summary>Our password hashes and nothing else, on every processor.</summary>
    internal static async Task<Load> Bare()
    {
        using var hasher = new Argon2PasswordHasher(new());
        var password = new Password(Journeys.GoodPassword);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => hasher.Hash(password)));
        var (clock, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await Task.WhenAll(Enumerable.Range(0, BareHashes).Select(_ => hasher.Hash(password)));
        return new(BareHashes, clock.Elapsed, Environment.CpuUsage.TotalTime - cpu);
    }
}

/// <summary>Many sign-ins, and how long each took its visitor: three requests.</summary>
internal sealed record SignInLoad(Load Load, IReadOnlyList<TimeSpan> Latencies)
{
    public double Milliseconds(double share) => Latencies[(int)((Latencies.Count - 1) * share)].TotalMilliseconds;
}

/// <summary>What was measured in one run.</summary>
/// <param name="Machine">Processor, processors, memory, system, runtime.</param>
/// <param name="Visitors">Visitors at once.</param>
/// <param name="Alone">One visitor after another.</param>
/// <param name="Crowded">All of them at once.</param>
/// <param name="Bare">Password hashes and nothing else, on every processor.</param>
/// <param name="Failures">Visitors who did not reach their space.</param>
internal sealed record SignInsReport(string Machine, int Visitors, SignInLoad Alone, SignInLoad Crowded, Load Bare, int Failures)
{
    public string ToMarkdown(IFormatProvider format) => new StringBuilder()
        .AppendLine(format, $"Machine: {Machine}")
        .AppendLine()
        .AppendLine("| what | measured |")
        .AppendLine("| --- | --- |")
        .AppendLine(format, $"| a bare hash | {Bare.CpuMilliseconds:0.0} ms of CPU, {Bare.PerSecond:0} per second |")
        .AppendLine(format, $"| a sign-in (page, form, home), {Visitors} visitors at once | {Crowded.Load.CpuMilliseconds:0.0} ms of server CPU, {Crowded.Load.CpuMilliseconds / Bare.CpuMilliseconds:0.00} times a hash |")
        .AppendLine(format, $"| sign-ins that the server's CPU allows, by bare hashes | {Bare.CpuMilliseconds / Crowded.Load.CpuMilliseconds:0.00} |")
        .AppendLine(format, $"| sign-ins with the visitors on the same processors | {Crowded.Load.PerSecond:0.0} per second |")
        .AppendLine(format, $"| three requests, {Visitors} at once | median {Crowded.Milliseconds(0.5):0} ms, p95 {Crowded.Milliseconds(0.95):0} ms, p99 {Crowded.Milliseconds(0.99):0} ms |")
        .AppendLine(format, $"| three requests, one visitor | median {Alone.Milliseconds(0.5):0} ms, p95 {Alone.Milliseconds(0.95):0} ms |")
        .Append(format, $"| sign-ins that failed | {Failures} |")
        .ToString();
}
