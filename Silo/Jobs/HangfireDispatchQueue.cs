using Hangfire;
using Hangfire.States;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Silo.Jobs;

/// <summary>Deliveries wait in Hangfire, as two pseudonymous keys and nothing else.</summary>
public sealed class HangfireDispatchQueue(IBackgroundJobClient jobs, JobStorage storage, TimeProvider clock) : IDispatchQueue
{
    // Hangfire keeps whole seconds and cuts off the rest: a job that came that early would find its letter not due, and end for nothing.
    private static readonly TimeSpan rounding = TimeSpan.FromSeconds(1);

    // Hangfire's client blocks, and whoever calls is a grain in its turn.
    public Task Enqueue(Guid adherent, Guid dispatch, DateTimeOffset? notBefore = null) =>
        Task.Run(() => Add(adherent, dispatch, notBefore - clock.GetUtcNow()));

    public Task<DispatchBacklog> Backlog() => Task.Run(Waiting);

    private DispatchBacklog Waiting()
    {
        var monitoring = storage.GetMonitoringApi();
        var waiting = monitoring.EnqueuedCount(EnqueuedState.DefaultQueue);
        var first = waiting == 0 ? null : monitoring.EnqueuedJobs(EnqueuedState.DefaultQueue, 0, 1).FirstOrDefault().Value;
        // By the machine's clock, as Hangfire has written it; without a moment when it has been fetched meanwhile.
        return new(waiting, first?.EnqueuedAt is { } since && TimeProvider.System.GetUtcNow().UtcDateTime - since is { Ticks: > 0 } age ? age : TimeSpan.Zero);
    }

    // As a delay, because Hangfire counts by the machine's clock, which under test is not the adherents'.
    private void Add(Guid adherent, Guid dispatch, TimeSpan? delay)
    {
        if (delay > TimeSpan.Zero)
            jobs.Schedule<SendDispatchJob>(job => job.Run(adherent, dispatch, CancellationToken.None), delay.Value + rounding);
        else
            jobs.Enqueue<SendDispatchJob>(job => job.Run(adherent, dispatch, CancellationToken.None));
    }
}
