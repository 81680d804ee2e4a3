using Hangfire;
using Hangfire.Storage;
using MsaOrleans.Silo.Jobs;

namespace MsaOrleans.Mail.Tests;

public sealed class SweepJobTests(Cluster cluster)
{
    [Fact]
    public async Task Workers_that_start_from_nothing_sweep_whoever_waits_for_a_letter()
    {
        var adherents = Enumerable.Range(0, 50).Select(_ => Guid.NewGuid()).ToList();

        await using var workers = await Workers.Start(cluster, workers => workers.Overdue.AddRange(adherents));

        Assert.All(adherents, adherent => Assert.Equal("sweep, queue lost", cluster.Ledger.ToldTo(adherent)[0]));
        Assert.Equal(DateTimeOffset.UtcNow.AddDays(2), Assert.Single(workers.AskedForLostQueue), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Workers_sweep_every_minute()
    {
        await using var workers = await Workers.Start(cluster);

        using var connection = workers.Storage.GetConnection();
        var sweep = Assert.Single(connection.GetRecurringJobs());
        Assert.Equal("* * * * *", sweep.Cron);
        Assert.Equal(typeof(SweepJob), sweep.Job.Type);
        Assert.Equal(false, sweep.Job.Args[0]);
    }

    [Fact]
    public async Task One_adherent_who_fails_does_not_keep_the_others_waiting()
    {
        var adherents = Enumerable.Range(0, 50).Select(_ => Guid.NewGuid()).ToList();
        cluster.Ledger.Break(adherents[3], "sweep");
        await using var workers = await Workers.Start(cluster);
        workers.Overdue.AddRange(adherents);

        workers.Jobs.Enqueue<SweepJob>(job => job.Run(false, CancellationToken.None));

        await workers.Until(() => workers.Monitoring.ScheduledCount() > 0);
        Assert.All(adherents, adherent => Assert.Contains("sweep", cluster.Ledger.ToldTo(adherent)));
        Assert.Contains($"{adherents[3]} could not be swept", workers.Log, StringComparison.Ordinal);
        Assert.Equal(DateTimeOffset.UtcNow, workers.Asked.Last(), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_sweep_passes_when_another_is_under_way()
    {
        var mayFind = new TaskCompletionSource();
        var adherent = Guid.NewGuid();
        await using var workers = await Workers.Start(cluster, workers =>
        {
            workers.MayFind = mayFind.Task;
            workers.Overdue.Add(adherent);
        });
        await workers.Until(() => workers.AskedForLostQueue.Any());

        var second = workers.Jobs.Enqueue<SweepJob>(job => job.Run(true, CancellationToken.None));

        await workers.Until(() => workers.Monitoring.JobDetails(second)?.History[0].StateName == "Deleted");
        Assert.Single(workers.AskedForLostQueue);
        mayFind.SetResult();
        await workers.Until(() => cluster.Ledger.ToldTo(adherent).Contains("sweep, queue lost"));
    }

    [Fact]
    public async Task A_sweep_that_is_over_makes_way_for_the_next()
    {
        await using var workers = await Workers.Start(cluster);

        workers.Jobs.Enqueue<SweepJob>(job => job.Run(true, CancellationToken.None));

        await workers.Until(() => workers.AskedForLostQueue.Count() == 2);
    }
}
