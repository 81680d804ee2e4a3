using System.CommandLine;
using Hangfire;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Silo.Jobs;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.CommandLine;

/// <summary>
/// <c>redispatch</c>: queues every letter that is owed, whatever became of the queue. On the embedded default the queue is in memory, so the command
/// also delivers what is due; what is due later is queued again by the site when it starts. On PostgreSQL it tells the silos to do it.
/// </summary>
internal static class RedispatchCommand
{
    private const int LooksAtRest = 5;

    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(100);

    public static Command Create()
    {
        var command = new Command("redispatch", "Queues every letter that is owed to somebody, and delivers those that are due. The exit code is 1 when somebody could not be reached.");
        command.SetAction((parsed, stop) =>
        {
            var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
            var output = parsed.InvocationConfiguration.Output;
            return PostgresDatabase.ConfiguredIn(configuration) is null ? Deliver(output, stop) : Queue(configuration, output, stop);
        });
        return command;
    }

    private static async Task<int> Queue(IConfiguration configuration, TextWriter output, CancellationToken stop)
    {
        await using var services = new ServiceCollection()
            .AddSingleton(configuration)
            .AddMsaStorage(configuration)
            .AddMsaJobQueue()
            .BuildServiceProvider();
        var waiting = await services.GetRequiredService<OverdueAdherents>().FindOwedLetters(stop).CountAsync(stop);
        services.GetRequiredService<IBackgroundJobClient>().Enqueue<SweepJob>(job => job.Run(true, CancellationToken.None));
        await output.WriteLineAsync($"Adherents who wait for a letter: {waiting}. A sweep that queues them all is in the queue: the workers of the silos do the rest.");
        return MsaCommandLine.Done;
    }

    private static async Task<int> Deliver(TextWriter output, CancellationToken stop)
    {
        using var host = CommandHost.Embedded();
        await host.StartAsync(stop);
        try
        {
            var report = await host.Services.GetRequiredService<Sweep>().Run(queueLost: true, stop);
            await WorkersAreIdle(host.Services.GetRequiredService<JobStorage>(), stop);
            var waiting = await host.Services.GetRequiredService<IOverdueAdherents>().FindOwedLetters(stop).CountAsync(stop);
            await output.WriteLineAsync($"Adherents woken: {report.Woken}. Letters queued: {report.Queued}. Adherents out of reach: {report.Failed}.");
            await output.WriteLineAsync($"What was due has been tried. Adherents who still wait for a letter, for its day or for another try: {waiting}.");
            return report.Failed == 0 ? MsaCommandLine.Done : MsaCommandLine.DoneInPart;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    // Seen several times in a row: between leaving the queue and being under way a job is counted nowhere.
    private static async Task WorkersAreIdle(JobStorage storage, CancellationToken stop)
    {
        var jobs = storage.GetMonitoringApi();
        for (var quiet = 0; quiet < LooksAtRest; quiet++)
        {
            await Task.Delay(pause, stop);
            if (jobs.GetStatistics() is { Enqueued: > 0 } or { Processing: > 0 })
                quiet = 0;
        }
    }
}
