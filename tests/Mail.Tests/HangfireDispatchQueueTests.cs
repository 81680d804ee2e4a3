using System.Diagnostics;
using Hangfire;
using Hangfire.Common;
using Hangfire.InMemory;
using Hangfire.States;
using MsaOrleans.Silo.Jobs;

namespace MsaOrleans.Mail.Tests;

/// <summary>What Hangfire is asked for.</summary>
public sealed class HangfireDispatchQueueTests(Cluster cluster)
{
    [Fact]
    public async Task A_job_never_comes_before_its_letter_is_due_though_Hangfire_cuts_seconds_off()
    {
        var jobs = new AskedJobs();
        var due = DateTimeOffset.UtcNow.AddMilliseconds(1_500);
        await QueueOf(jobs).Enqueue(Guid.NewGuid(), Guid.NewGuid(), due);
        var kept = JobHelper.FromTimestamp(JobHelper.ToTimestamp(Assert.IsType<ScheduledState>(jobs.State).EnqueueAt));
        Assert.True(kept >= due.UtcDateTime, $"{kept:O} is before {due:O}.");
    }

    [Fact]
    public async Task A_letter_that_is_due_is_queued_at_once()
    {
        var jobs = new AskedJobs();
        await QueueOf(jobs).Enqueue(Guid.NewGuid(), Guid.NewGuid(), DateTimeOffset.UtcNow.AddMinutes(-1));
        Assert.IsType<EnqueuedState>(jobs.State);
    }

    [Fact]
    public async Task A_letter_due_in_days_waits_in_Hangfire_for_its_time()
    {
        await using var workers = await Workers.Start(cluster);
        var due = DateTimeOffset.UtcNow.AddDays(3);

        await workers.Queue.Enqueue(Guid.NewGuid(), Guid.NewGuid(), due);

        Assert.Equal(1, workers.Monitoring.ScheduledCount());
        var waiting = Assert.Single(workers.Monitoring.ScheduledJobs(0, 10)).Value;
        Assert.True(waiting.InScheduledState);
        Assert.InRange(waiting.EnqueueAt, due.UtcDateTime, due.UtcDateTime.AddSeconds(3));
    }

    // What is finished is kept for minutes; what waits for days must not go with it.
    [Fact]
    public async Task A_letter_due_in_days_is_not_forgotten_as_finished_jobs_are()
    {
        await using var workers = await Workers.Start(cluster);

        await workers.Queue.Enqueue(Guid.NewGuid(), Guid.NewGuid(), DateTimeOffset.UtcNow.AddDays(3));

        var finished = workers.Monitoring.JobDetails(workers.Monitoring.SucceededJobs(0, 10)[0].Key);
        Assert.InRange(finished.ExpireAt!.Value, DateTime.UtcNow, DateTime.UtcNow.AddMinutes(10));
        var waiting = workers.Monitoring.JobDetails(Assert.Single(workers.Monitoring.ScheduledJobs(0, 10)).Key);
        Assert.Equal("Scheduled", waiting.History[0].StateName);
        Assert.Null(waiting.ExpireAt);
    }

    [Fact]
    public async Task It_tells_how_many_letters_wait_and_since_when_the_first_of_them_does()
    {
        using var storage = new InMemoryStorage();
        var queue = new HangfireDispatchQueue(new BackgroundJobClient(storage), storage, TimeProvider.System);
        Assert.Equal(new(0, TimeSpan.Zero), await queue.Backlog());

        var before = Stopwatch.StartNew();
        await queue.Enqueue(Guid.NewGuid(), Guid.NewGuid());
        await queue.Enqueue(Guid.NewGuid(), Guid.NewGuid());
        await queue.Enqueue(Guid.NewGuid(), Guid.NewGuid(), DateTimeOffset.UtcNow.AddDays(3));
        var backlog = await queue.Backlog();
        Assert.Equal(2, backlog.Waiting);
        Assert.InRange(backlog.Oldest, TimeSpan.FromTicks(1), before.Elapsed + TimeSpan.FromSeconds(1)); // whole seconds are kept, or milliseconds
    }

    private static HangfireDispatchQueue QueueOf(IBackgroundJobClient jobs) => new(jobs, new InMemoryStorage(), TimeProvider.System);

    private sealed class AskedJobs : IBackgroundJobClient
    {
        public IState? State { get; private set; }

        public string Create(Job job, IState state)
        {
            State = state;
            return "1";
        }

        public bool ChangeState(string jobId, IState state, string expectedState) => false;
    }
}
