using Hangfire;
using Microsoft.Extensions.Logging;
using MsaOrleans.Grains.Dispatching;

namespace MsaOrleans.Silo.Jobs;

/// <summary>Wakes the adherents who have something overdue: the safety net under lost jobs, and the broom for what has expired.</summary>
/// <remarks>Queued jobs name this type and its method: both are a contract.</remarks>
public sealed class SweepJob(IOverdueAdherents overdue, IGrainFactory grains, TimeProvider clock, ILogger<SweepJob> log)
{
    private const int AtOnce = 16;

    // A letter that waits for its next try is not due yet, but its job is as lost as the others; later ones are found when their time comes.
    private static readonly TimeSpan LostQueueHorizon = TimeSpan.FromDays(2);

    /// <summary>Sweeps everyone it finds, whatever happens to some of them.</summary>
    /// <param name="queueLost">The queue has just been started from nothing.</param>
    /// <param name="stop">The server is stopping.</param>
    /// <exception cref="InvalidOperationException">Some could not be swept.</exception>
    [SkipWhenRunning]
    [AutomaticRetry(Attempts = 3, DelaysInSeconds = [10, 30, 90])]
    public async Task Run(bool queueLost, CancellationToken stop)
    {
        var until = clock.GetUtcNow() + (queueLost ? LostQueueHorizon : TimeSpan.Zero);
        var (swept, failed) = (0, 0);
        var bounds = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop };
        await Parallel.ForEachAsync(overdue.Find(until, stop), bounds, async (adherent, _) =>
        {
            try
            {
                await grains.GetGrain<IAdherentDispatches>(adherent).Sweep(queueLost);
                Interlocked.Increment(ref swept);
            }
            catch (Exception broken)
            {
                Interlocked.Increment(ref failed);
                log.LogError(broken, "{Adherent} could not be swept", adherent);
            }
        });
        if (swept + failed > 0)
            log.LogInformation("Swept {Swept} adherents, {Failed} failed", swept, failed);
        if (failed > 0)
            throw new InvalidOperationException($"{failed} of {swept + failed} overdue adherents could not be swept.");
    }
}
