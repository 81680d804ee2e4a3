using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CsvHelper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Audit;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.CommandLine;

/// <summary><c>audit</c>: verifies and exports the record of the hotline, while servers run. See docs/decisions/0016-audit-trail.md.</summary>
internal static class AuditCommand
{
    private const int PageLength = 1_000;

    // RFC 4180, and nothing in it that a spreadsheet would run.
    private static readonly CsvWriterOptions csvOptions = new() { Injection = CsvInjection.Escape };

    public static Command Create() => new("audit", "The record of what agents of the hotline look at and do. Servers may run.") { Verify(), Export() };

    private static Command Verify()
    {
        var head = new Option<AuditHead?>("--head")
        {
            Description = "The head that was printed at some earlier time: shows whether what there was then is still there, and the same.",
            HelpName = "SEQ:HASH",
            CustomParser = result => AuditHead.TryParse(result.Tokens[0].Value, out var noted) ? noted : Refused<AuditHead>(result, "SEQ:HASH, as this command prints it"),
        };
        var command = new Command("verify", "Looks whether every entry is the one that was put on record. The exit code is 1 when one is not.") { head };
        command.SetAction(async (parsed, stop) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            await using var services = Open();
            var chain = services.GetRequiredService<AuditChain>();
            var database = services.GetRequiredService<Database>();
            var progress = new ProgressLine(output);
            var (verdict, erased) = await chain.Verify(database, parsed.GetValue(head), (row, gone) =>
            {
                progress.Show(Say($"{row.Sequence - gone.Sequence:N0} entries"));
                return Task.CompletedTask;
            }, stop);
            if (verdict.Flaw is { Fault: AuditFault.NotedErased } refused)
                throw new SetupException($"{refused}"); // a slip of whoever asks, and no fault of the record
            var intact = verdict.Head.Sequence - erased.Sequence;
            progress.End(verdict.Flaw is { } flaw ? Say($"{flaw} Intact before it: {intact:N0} entries.") : Say($"{intact:N0} entries, intact."));
            if (erased.Sequence > 0)
                await output.WriteLineAsync(Say($"Erased before them, older than {AuditErasure.YearsKept} years: {erased.Sequence:N0} entries."));
            await output.WriteLineAsync($"Head: {verdict.Head}");
            return verdict.Flaw is null ? MsaCommandLine.Done : MsaCommandLine.DoneInPart;
        });
        return command;
    }

    private static Command Export()
    {
        var from = Day("--from", "The first day.");
        var to = Day("--to", "The last day.");
        var agent = new Option<string?>("--agent") { Description = "Only what this agent did.", HelpName = "LOGIN" };
        var adherent = new Option<FileInfo>("--adherent")
        {
            Description = "Only what concerned the adherent whose NIR is in this file, or is typed at /dev/stdin: it must not stand in a command line, which others on the machine can see.",
            HelpName = "FILE",
        }.AcceptExistingOnly();
        var command = new Command("export", "Writes the record, or some of it, as CSV to the standard output, and that it did so into the record.") { from, to, agent, adherent };
        command.SetAction(async (parsed, stop) =>
        {
            await using var services = Open();
            var nir = parsed.GetValue(adherent) is { } file ? ReadNir(await File.ReadAllTextAsync(file.FullName, stop)) : null;
            var query = new AuditQuery(
                parsed.GetValue(agent),
                nir is null ? null : services.GetRequiredService<AdherentKeys>().For(nir),
                From: parsed.GetValue(from) is { } first ? FrenchCalendar.StartOf(first) : null,
                Until: parsed.GetValue(to) is { } last ? FrenchCalendar.StartOf(last.AddDays(1)) : null);
            var clock = services.GetRequiredService<TimeProvider>();
            await services.GetRequiredService<IAuditTrail>().Append(
                new(clock.GetUtcNow(), AuditedAct.ReadAudit, new(AgentAct.Silo, "audit export"), query.Adherent, $"{Environment.UserName}@{Environment.MachineName}"));
            await Write(services.GetRequiredService<IAuditSearch>(), query, parsed.InvocationConfiguration.Output, stop);
            return MsaCommandLine.Done;
        });
        return command;
    }

    private static async Task Write(IAuditSearch search, AuditQuery query, TextWriter output, CancellationToken stop)
    {
        // UTF-8 whatever the terminal speaks: it goes into a file.
        using var csv = ReferenceEquals(output, Console.Out) ? CsvWriter.Create(Console.OpenStandardOutput(), csvOptions) : CsvWriter.Create(output, csvOptions, leaveOpen: true);
        csv.WriteHeader("sequence", "at", "agent", "act", "adherent", "reason", "call_reference", "detail", "legible");
        for (AuditQuery? next = query; next is not null;)
        {
            stop.ThrowIfCancellationRequested();
            var page = await search.Search(next, PageLength);
            foreach (var line in page.Lines)
            {
                csv.WriteRecord(
                    Say($"{line.Sequence}"), Say($"{line.At:yyyy-MM-ddTHH:mm:ss.fffZ}"), line.By.Agent, line.Act.ToString(), line.Adherent?.ToString() ?? "",
                    line.By.Reason, line.By.CallReference ?? "", line.Detail ?? "", line.Legible ? "yes" : "no");
            }
            next = page.Next is null ? null : next with { Before = page.Next };
        }
    }

    private static Nir ReadNir(string text) =>
        Nir.TryParse(text, out var nir) == NirFault.None ? nir! : throw new SetupException("What --adherent names holds no NIR.");

    private static Option<DateOnly?> Day(string name, string description) => new(name)
    {
        Description = description + " Days are those of France.",
        HelpName = "YYYY-MM-DD",
        CustomParser = result => DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : Refused<DateOnly?>(result, "a day, as 2026-11-25"),
    };

    private static T? Refused<T>(ArgumentResult result, string expected)
    {
        result.AddError($"{((OptionResult)result.Parent!).IdentifierToken?.Value} must be {expected}.");
        return default;
    }

    private static ServiceProvider Open()
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        return new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddMsaStorage(configuration).BuildServiceProvider();
    }

    private static string Say(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
