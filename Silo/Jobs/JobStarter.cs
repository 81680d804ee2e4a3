using Hangfire;
using Microsoft.Extensions.Hosting;

namespace MsaOrleans.Silo.Jobs;

/// <summary>Gives the queue its schedule, and a sweep at the start: it brings back what a queue that was lost held, or what is overdue in one that was not.</summary>
public sealed class JobStarter(IRecurringJobManager recurring, IBackgroundJobClient jobs, bool queueLost) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            Schedule.Register(recurring);
            jobs.Enqueue<SweepJob>(job => job.Run(queueLost, CancellationToken.None));
        },
        cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
