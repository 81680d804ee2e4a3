using System.Collections.Concurrent;
using System.Diagnostics;
using MsaOrleans.Testing;

namespace MsaOrleans.Benchmarks;

/// <summary>The embedded default under whole journeys over real HTTP, visitors and server on this machine.</summary>
internal static class EmbeddedDefault
{
    private static readonly TimeSpan rest = TimeSpan.FromSeconds(10);

    /// <summary>As it is run in earnest, not with a developer's conveniences.</summary>
    internal static readonly (string, string)[] settings = [("environment", "Production"), ("Logging:LogLevel:Default", "Warning")];

    public static async Task<Report> Measure(int signUps, int visitors, int starts, TextWriter progress, CancellationToken stop)
    {
        using var data = new TempFolder();
        await progress.WriteLineAsync("Starting the program ...");
        var firstPages = new List<TimeSpan>();
        for (var i = 0; i < starts; i++)
        {
            await using var started = await SiteProcess.Start(data.Path, settings);
            firstPages.Add(started.StartedIn);
        }
        await progress.WriteLineAsync("Making people ...");
        var people = await People.Populate(data.Path, signUps + visitors, stop);

        await using var site = await SiteProcess.Start(data.Path, settings);
        var meter = new ProcessMeter(site.Id);
        await Task.Delay(rest, stop);
        var restMib = meter.ResidentMib;

        var crowd = new Crowd([site.Address], progress, stop);
        await progress.WriteLineAsync("Warming up ...");
        await Run(people.Take(visitors), (visitor, person) => visitor.SignUp(person));
        await progress.WriteLineAsync($"Signing {signUps} people up ...");
        var measured = people.Skip(visitors).ToList();
        var signedUp = await Run(measured, (visitor, person) => visitor.SignUp(person));
        await progress.WriteLineAsync("Reading their mails ...");
        var passwords = await Passwords(new MailFolder(data["mails"]), people.Count, stop);
        await progress.WriteLineAsync("Connecting them for the first time ...");
        await Run(people.Take(visitors), (visitor, person) => visitor.FirstConnection(person, passwords[person.Email]));
        var connected = await Run(measured, (visitor, person) => visitor.FirstConnection(person, passwords[person.Email]));
        return new(Machine.Describe(), firstPages, restMib, visitors, signedUp, connected, meter.ResidentMib, crowd.Failures);

        async Task<Load> Run(IEnumerable<Person> who, Func<LightVisitor, Person, Task> journey)
        {
            var (clock, cpu) = (Stopwatch.StartNew(), meter.Cpu);
            var took = await crowd.Send(who, visitors, journey);
            return new(took.Count, clock.Elapsed, meter.Cpu - cpu);
        }
    }

    // Each file is read once: waiting by reading the whole folder again would steal the server's time.
    internal static async Task<IReadOnlyDictionary<string, string>> Passwords(MailFolder mails, int count, CancellationToken stop)
    {
        while (Directory.EnumerateFiles(mails.Path, "*.eml").Count() < count)
            await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
        var passwords = new ConcurrentDictionary<string, string>();
        foreach (var mail in mails.All)
            passwords[mail.To] = mail.ProvisionalPassword;
        return passwords;
    }
}
