using Hangfire;
using Hangfire.Storage;
using MsaOrleans.Silo.Jobs;

namespace MsaOrleans.Mail.Tests;

public sealed class SweepJobTests(Cluster cluster)
{
    [Fact]
    public async Task Workers_that_start_from_nothing_sweep_whoever_waits_for_a_letter_and_nobody_else()
    {
        var adherents = Enumerable.Range(0, 50).Select(_ => Guid.NewGuid()).ToList();
        var overdueOtherwise = Guid.NewGuid();

        await using var workers = await Workers.Start(cluster, workers =>
        {
            workers.OwedLetters.AddRange(adherents);
            workers.Overdue.Add(overdueOtherwise);
        });

        Assert.All(adherents, adherent => Assert.Equal(["sweep, queue lost"], cluster.Ledger.ToldTo(adherent)));
        Assert.DoesNotContain("sweep, queue lost", cluster.Ledger.ToldTo(overdueOtherwise));
        Assert.Equal(1, workers.AskedForOwedLetters);
    }

    [Fact]
    public async Task Workers_without_a_schedule_sweep_nobody_by_themselves()
    {
        await using var workers = await Workers.Start(cluster, scheduled: false);

        using var connection = workers.Storage.GetConnection();
        Assert.Empty(connection.GetRecurringJobs());
        Assert.Equal(0, workers.Monitoring.SucceededListCount() + workers.Monitoring.ProcessingCount() + workers.Monitoring.EnqueuedCount("default"));
        Assert.Equal(0, workers.AskedForOwedLetters);
    }

    [Fact]
    public async Task A_sweep_says_whom_it_woke_what_was_queued_and_whom_it_could_not_reach()
    {
        var (woken, broken, overdue) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        cluster.Ledger.Break(broken, "sweep, queue lost");
        await using var workers = await Workers.Start(cluster, scheduled: false);
        workers.OwedLetters.AddRange([woken, broken, Guid.NewGuid()]);
        workers.Overdue.Add(overdue);

        Assert.Equal(new SweepReport(Woken: 2, Queued: 2, Failed: 1), await workers.Sweep.Run(queueLost: true, TestContext.Current.CancellationToken));
        Assert.Equal(new SweepReport(Woken: 1, Queued: 1, Failed: 0), await workers.Sweep.Run(queueLost: false, TestContext.Current.CancellationToken));

        Assert.Equal(["sweep, queue lost"], cluster.Ledger.ToldTo(woken));
        Assert.Equal(["sweep"], cluster.Ledger.ToldTo(overdue));
    }

    [Fact]
    public async Task Workers_sweep_every_minute()
    {
        await using var workers = await Workers.Start(cluster);

        using var connection = workers.Storage.GetConnection();
        var sweep = Assert.Single(connection.GetRecurringJobs(), job => job.Id == "sweep");
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
            workers.OwedLetters.Add(adherent);
        });
        await workers.Until(() => workers.AskedForOwedLetters > 0);

        var second = workers.Jobs.Enqueue<SweepJob>(job => job.Run(true, CancellationToken.None));

        await workers.Until(() => workers.Monitoring.JobDetails(second)?.History[0].StateName == "Deleted");
        Assert.Equal(1, workers.AskedForOwedLetters);
        mayFind.SetResult();
        await workers.Until(() => cluster.Ledger.ToldTo(adherent).Contains("sweep, queue lost"));
    }

    [Fact]
    public async Task A_sweep_that_is_over_makes_way_for_the_next()
    {
        await using var workers = await Workers.Start(cluster);

        workers.Jobs.Enqueue<SweepJob>(job => job.Run(true, CancellationToken.None));

        await workers.Until(() => workers.AskedForOwedLetters == 2);
    }
}
