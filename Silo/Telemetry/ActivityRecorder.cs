using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MsaOrleans.Grains.Domain;

namespace MsaOrleans.Silo.Telemetry;

/// <summary>
/// Keeps what this silo counts: every ten seconds, and when it stops, what is new is added to the hour's row in the database, which all silos share. What cannot
/// be written is kept for the next time; a silo that dies takes the last ten seconds with it.
/// </summary>
/// <remarks>Register it before Orleans, so that it stops after the silo has counted its last.</remarks>
internal sealed class ActivityRecorder(IMeterFactory meters, ActivityTable table, TimeProvider clock, ILogger<ActivityRecorder> log) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>How long hours are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private readonly ActivityCounters counters = new(meters);
    private readonly Dictionary<(DateTimeOffset Hour, string Counter), long> unwritten = [];
    private readonly SemaphoreSlim turn = new(1, 1);
    private DateTimeOffset hour = ActivitySlices.HourOf(clock.GetUtcNow());
    private DateTimeOffset? tidied;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Flush(cancellationToken);
    }

    public override void Dispose()
    {
        counters.Dispose();
        turn.Dispose();
        base.Dispose();
    }

    /// <summary>Writes what is new.</summary>
    internal async Task Flush(CancellationToken stop = default)
    {
        await turn.WaitAsync(stop);
        try
        {
            foreach (var (counter, count) in counters.Take())
                unwritten[(hour, counter)] = unwritten.GetValueOrDefault((hour, counter)) + count;
            hour = ActivitySlices.HourOf(clock.GetUtcNow()); // of what is counted from now on: an interval belongs to the hour in which it began
            await table.Add(unwritten, stop);
            unwritten.Clear();
            if (tidied != hour)
                await table.Erase(hour - Kept, stop);
            tidied = hour;
        }
        catch (Exception away) when (!stop.IsCancellationRequested)
        {
            log.LogWarning("The activity of the last seconds could not be written ({Reason}); it is kept for the next time", away.GetType().Name);
        }
        finally
        {
            turn.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await Flush(stoppingToken);
    }
}
