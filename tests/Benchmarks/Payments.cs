using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Testing;

namespace MsaOrleans.Benchmarks;

/// <summary>The payments of somebody who has very many, beside those of somebody who has few: the registry's answer, and the pages over HTTP, on both kinds of database.</summary>
internal static class Payments
{
    private static readonly string[] kinds = ["Santé", "Retraite", "Famille", "Rentrée scolaire", "Logement", "Invalidité", "Indemnités journalières", "Prime d'activité"];

    public static async Task<PaymentsReport> Measure(int rows, int turns, TextWriter progress, CancellationToken stop)
    {
        var report = new PaymentsReport(Machine.Describe(), Machine.Load);
        var counts = new List<int>();
        using (var data = new TempFolder())
        {
            var people = await People.Populate(data.Path, 2, stop);
            await Ask("SQLite", people, new() { ["Data:Directory"] = data.Path });
            await using var site = await SiteProcess.Start(data.Path, EmbeddedDefault.settings);
            await Visit("SQLite, one process", site.Address, people, new MailFolder(data["mails"]));
        }
        await using var installation = await Installation.Create(2, stop);
        var those = await installation.People(stop);
        await Ask("PostgreSQL", those, new(installation.Settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))));
        await installation.Grow();
        await Visit("PostgreSQL, silo and web server", installation.Sites[0], those, installation.Mails);
        return report;

        async Task Ask(string database, IReadOnlyList<Person> people, Dictionary<string, string?> settings)
        {
            await progress.WriteLineAsync($"{database}: importing {rows} payments ...");
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
            await using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddMsaStorage(configuration).BuildServiceProvider();
            await services.GetRequiredService<RegistryImporter>().ImportPayments(new StringReader(File(people[0])), stop: stop);
            var (registry, keys) = (services.GetRequiredService<IInsuredPersonRegistry>(), services.GetRequiredService<AdherentKeys>());
            counts.Clear();
            foreach (var person in people)
            {
                var key = keys.For(InstallationHere.Read(person.Nir));
                counts.Add((await registry.Payments(key)).Count);
                report.Add($"{database}: the registry answers", counts[^1], await Timed(() => registry.Payments(key)));
            }
        }

        async Task Visit(string site, string address, IReadOnlyList<Person> people, MailFolder mails)
        {
            foreach (var (person, count) in people.Zip(counts))
            {
                using var visitor = new LightVisitor(address);
                await visitor.SignUp(person);
                await visitor.FirstConnection(person, (await mails.To(person.Email, stop: stop)).ProvisionalPassword);
                foreach (var (what, path) in new[]
                {
                    ("home", "/espace-prive"),
                    ("payments", "/espace-prive/paiements"),
                    ("payments, the last page", "/espace-prive/paiements?feuille=2147483647"),
                    ("payments of last year", $"/espace-prive/paiements?annee={DateTime.Today.Year - 1}"),
                    ("the file", "/espace-prive/paiements?format=csv"),
                })
                    report.Add($"{site}: {what}", count, await Timed(() => visitor.Open(path)), visitor.Bytes);
            }
        }

        async Task<IReadOnlyList<TimeSpan>> Timed(Func<Task> act)
        {
            var took = new List<TimeSpan>();
            for (var i = 0; i < turns; i++)
            {
                var started = Stopwatch.GetTimestamp();
                await act();
                took.Add(Stopwatch.GetElapsedTime(started));
            }
            return [.. took.Skip(turns / 5).Order()]; // the first pay for the compiler
        }

        // One for each day back from today; now and then a sum is taken back.
        string File(Person person)
        {
            var file = new StringBuilder("nir;date;kind;amount\n");
            for (var i = 0; i < rows; i++)
                file.Append(CultureInfo.InvariantCulture, $"{person.Nir};J-{i};{kinds[i % kinds.Length]};{(i % 97 == 96 ? "-" : "")}{10 + (i % 400)}.{i % 100:00}\n");
            return file.ToString();
        }
    }
}

/// <summary>What was measured in one run.</summary>
/// <param name="Machine">Processor, processors, memory, system, runtime.</param>
/// <param name="Load">How busy it was.</param>
internal sealed record PaymentsReport(string Machine, string Load)
{
    private readonly List<(string What, int Payments, IReadOnlyList<TimeSpan> Took, int? Bytes)> lines = [];

    public void Add(string what, int payments, IReadOnlyList<TimeSpan> took, int? bytes = null) => lines.Add((what, payments, took, bytes));

    public string ToMarkdown(IFormatProvider format)
    {
        var text = new StringBuilder()
            .AppendLine(format, $"Machine: {Machine}; load {Load}")
            .AppendLine()
            .AppendLine("| one after the other | payments | median, ms | p95, ms | KB |")
            .AppendLine("| --- | --- | --- | --- | --- |");
        foreach (var (what, payments, took, bytes) in lines)
            text.AppendLine(format, $"| {what} | {payments:N0} | {Milliseconds(took, 0.5):0.0} | {Milliseconds(took, 0.95):0.0} | {bytes / 1000.0:0.0} |");
        return text.ToString();
    }

    private static double Milliseconds(IReadOnlyList<TimeSpan> took, double share) => took[(int)((took.Count - 1) * share)].TotalMilliseconds;
}
