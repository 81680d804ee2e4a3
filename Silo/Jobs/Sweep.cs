using Microsoft.Extensions.Logging;
using MsaOrleans.Grains.Dispatching;

namespace MsaOrleans.Silo.Jobs;

/// <summary>Wakes the adherents who have something overdue: the safety net under lost jobs, and the broom for what has expired.</summary>
public sealed class Sweep(IOverdueAdherents overdue, IGrainFactory grains, TimeProvider clock, ILogger<Sweep> log)
{
    private const int AtOnce = 16;

    /// <summary>Sweeps everyone it finds, whatever happens to some of them.</summary>
    /// <param name="queueLost">
    /// The queue has just been started from nothing: everybody is woken to whom a letter is owed, even one that is due in days, and nobody else.
    /// </param>
    /// <param name="stop">Stops it between two adherents.</param>
    public async Task<SweepReport> Run(bool queueLost, CancellationToken stop)
    {
        var (woken, queued, failed) = (0, 0, 0);
        var bounds = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop };
        var found = queueLost ? overdue.FindOwedLetters(stop) : overdue.Find(clock.GetUtcNow(), stop);
        await Parallel.ForEachAsync(found, bounds, async (adherent, _) =>
        {
            try
            {
                Interlocked.Add(ref queued, await grains.GetGrain<IAdherentDispatches>(adherent).Sweep(queueLost));
                Interlocked.Increment(ref woken);
            }
            catch (Exception broken)
            {
                Interlocked.Increment(ref failed);
                log.LogError(broken, "{Adherent} could not be swept", adherent);
            }
        });
        if (woken + failed > 0)
            log.LogInformation("Swept {Woken} adherents, queued {Queued} dispatches, {Failed} failed", woken, queued, failed);
        return new(woken, queued, failed);
    }
}

/// <summary>What a sweep did.</summary>
/// <param name="Woken">Adherents who were woken.</param>
/// <param name="Queued">Dispatches that were queued again.</param>
/// <param name="Failed">Adherents who could not be swept.</param>
public sealed record SweepReport(int Woken, int Queued, int Failed);
