using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.CommandLine;

/// <summary><c>import</c>: brings the caisses' files into our copy of the registry. The site may be running.</summary>
internal static class ImportCommand
{
    private const int ReadAhead = 1 << 16;

    private delegate Task<ImportSummary> Import(TextReader file, Action<RejectedLine> rejected, Action<ImportSummary> progress, Action<long> reading, CancellationToken stop);

    public static Command Create()
    {
        var adherents = new Option<FileInfo>("--adherents") { Description = "The insured persons: adherents.csv.", HelpName = "FILE" }.AcceptExistingOnly();
        var payments = new Option<FileInfo>("--payments") { Description = "Their payments: payments.csv. Only those of known persons are taken.", HelpName = "FILE" }.AcceptExistingOnly();
        var command = new Command("import", "Imports files of the caisses. Refused lines go to FILE.rejected.csv; the exit code is then 1.") { adherents, payments };
        command.Validators.Add(result =>
        {
            if (result.GetResult(adherents) is null && result.GetResult(payments) is null)
                result.AddError("Give at least one of --adherents and --payments.");
        });
        command.SetAction((parsed, stop) => Run(parsed.GetValue(adherents), parsed.GetValue(payments), parsed.InvocationConfiguration.Output, stop));
        return command;
    }

    private static async Task<int> Run(FileInfo? adherents, FileInfo? payments, TextWriter output, CancellationToken stop)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        await using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddMsaStorage(configuration)
            .BuildServiceProvider();
        var importer = services.GetRequiredService<RegistryImporter>();
        var all = true;
        if (adherents is not null)
            all &= await Run("adherents", adherents.FullName, importer.ImportAdherents, output, stop);
        if (payments is not null)
            all &= await Run("payments", payments.FullName, importer.ImportPayments, output, stop);
        return all ? MsaCommandLine.Done : MsaCommandLine.DoneInPart;
    }

    /// <returns>Whether every line was taken.</returns>
    private static async Task<bool> Run(string what, string path, Import import, TextWriter output, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, ReadAhead, FileOptions.SequentialScan | FileOptions.Asynchronous);
        using var reader = new StreamReader(stream, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true, ReadAhead);
        using var rejected = new RejectedFile(path);
        var progress = new ProgressLine(output);
        var lines = 0L;
        var summary = await import(
            reader,
            rejected.Add,
            sofar => progress.Show(string.Create(CultureInfo.InvariantCulture, $"{what}: {sofar.Read:N0} of {lines:N0} lines, {100.0 * sofar.Read / lines:0} %")),
            read =>
            {
                lines = read;
                progress.Show(string.Create(CultureInfo.InvariantCulture, $"{what}: reading, {read:N0} lines, {100.0 * stream.Position / Math.Max(stream.Length, 1):0} %"));
            },
            stop);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        progress.End(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {summary.Read:N0} read, {summary.Added:N0} added, {summary.Changed:N0} changed, {summary.Unchanged:N0} unchanged, {summary.Rejected:N0} rejected, {seconds:0.0} seconds"));
        if (summary.Rejected > 0)
            await output.WriteLineAsync($"{what}: the lines rejected are in {rejected.Path}");
        return summary.Rejected == 0;
    }
}
