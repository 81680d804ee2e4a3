using Hangfire;

namespace MsaOrleans.Silo.Jobs;

/// <summary>A <see cref="Sweep"/> as a job.</summary>
/// <remarks>Queued jobs name this type and its method: both are a contract.</remarks>
public sealed class SweepJob(Sweep sweep)
{
    /// <param name="queueLost">The queue has just been started from nothing.</param>
    /// <param name="stop">The server is stopping.</param>
    /// <exception cref="InvalidOperationException">Some could not be swept: the job is tried again.</exception>
    [SkipWhenRunning]
    [AutomaticRetry(Attempts = 3, DelaysInSeconds = [10, 30, 90])]
    public async Task Run(bool queueLost, CancellationToken stop)
    {
        if (await sweep.Run(queueLost, stop) is { Failed: > 0 } report)
            throw new InvalidOperationException($"{report.Failed} of {report.Woken + report.Failed} overdue adherents could not be swept.");
    }
}
