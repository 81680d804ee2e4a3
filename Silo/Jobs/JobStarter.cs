using Hangfire;
using Microsoft.Extensions.Hosting;

namespace MsaOrleans.Silo.Jobs;

/// <summary>Gives a queue that starts from nothing its schedule, and a sweep that brings back what the last one lost.</summary>
public sealed class JobStarter(IRecurringJobManager recurring, IBackgroundJobClient jobs) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            Schedule.Register(recurring);
            jobs.Enqueue<SweepJob>(job => job.Run(true, CancellationToken.None));
        },
        cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
