using Hangfire;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Silo.Jobs;

/// <summary>Deliveries wait in Hangfire, as two pseudonymous keys and nothing else.</summary>
public sealed class HangfireDispatchQueue(IBackgroundJobClient jobs, TimeProvider clock) : IDispatchQueue
{
    // Hangfire keeps whole seconds and cuts off the rest: a job that came that early would find its letter not due, and end for nothing.
    private static readonly TimeSpan rounding = TimeSpan.FromSeconds(1);

    // Hangfire's client blocks, and whoever calls is a grain in its turn.
    public Task Enqueue(Guid adherent, Guid dispatch, DateTimeOffset? notBefore = null) =>
        Task.Run(() => Add(adherent, dispatch, notBefore - clock.GetUtcNow()));

    // As a delay, because Hangfire counts by the machine's clock, which under test is not the adherents'.
    private void Add(Guid adherent, Guid dispatch, TimeSpan? delay)
    {
        if (delay > TimeSpan.Zero)
            jobs.Schedule<SendDispatchJob>(job => job.Run(adherent, dispatch, CancellationToken.None), delay.Value + rounding);
        else
            jobs.Enqueue<SendDispatchJob>(job => job.Run(adherent, dispatch, CancellationToken.None));
    }
}
