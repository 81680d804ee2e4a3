using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Silo.Search;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.CommandLine;

/// <summary><c>reindex</c>: makes the search index of the hotline and its queues of messages and of the post anew of the rows. The site may be running.</summary>
internal static class ReindexCommand
{
    private delegate Task<SearchIndexReport?> Indexing(SearchIndexing index, Action<SearchIndexReport> progress);

    public static Command Create()
    {
        var command = new Command("reindex", "Brings into the hotline's search index and its queues whom the version before has written. Once, when the last server of that version has stopped.");
        command.SetAction(async (parsed, stop) =>
        {
            var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
            var report = await Run(configuration, parsed.InvocationConfiguration.Output, async (index, progress) => await index.Run(progress, stop));
            return report is { Unreadable: > 0 } ? MsaCommandLine.DoneInPart : MsaCommandLine.Done;
        });
        return command;
    }

    /// <summary>As a part of a migration: if it brought the index, and rows were there.</summary>
    public static Task RunIfOwed(IConfiguration configuration, TextWriter output, CancellationToken stop) => Run(configuration, output, (index, progress) => index.RunIfOwed(progress, stop));

    private static async Task<SearchIndexReport?> Run(IConfiguration configuration, TextWriter output, Indexing run)
    {
        await using var services = new ServiceCollection().AddSingleton(configuration).AddMsaStorage(configuration).BuildServiceProvider();
        var progress = new ProgressLine(output);
        var report = await run(services.GetRequiredService<SearchIndexing>(), sofar => progress.Show(string.Create(CultureInfo.InvariantCulture, $"search index: {sofar.Adherents:N0} adherents, {sofar.Persons:N0} insured persons")));
        if (report is not null)
            progress.End(string.Create(CultureInfo.InvariantCulture, $"search index: {report.Adherents:N0} adherents, {report.Persons:N0} insured persons, {report.Unreadable:N0} rows that cannot be opened"));
        return report;
    }
}
