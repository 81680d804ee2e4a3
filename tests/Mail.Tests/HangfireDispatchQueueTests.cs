using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using MsaOrleans.Silo.Jobs;

namespace MsaOrleans.Mail.Tests;

/// <summary>What Hangfire is asked for.</summary>
public sealed class HangfireDispatchQueueTests
{
    [Fact]
    public async Task A_job_never_comes_before_its_letter_is_due_though_Hangfire_cuts_seconds_off()
    {
        var jobs = new AskedJobs();
        var due = DateTimeOffset.UtcNow.AddMilliseconds(1_500);
        await new HangfireDispatchQueue(jobs, TimeProvider.System).Enqueue(Guid.NewGuid(), Guid.NewGuid(), due);
        var kept = JobHelper.FromTimestamp(JobHelper.ToTimestamp(Assert.IsType<ScheduledState>(jobs.State).EnqueueAt));
        Assert.True(kept >= due.UtcDateTime, $"{kept:O} is before {due:O}.");
    }

    [Fact]
    public async Task A_letter_that_is_due_is_queued_at_once()
    {
        var jobs = new AskedJobs();
        await new HangfireDispatchQueue(jobs, TimeProvider.System).Enqueue(Guid.NewGuid(), Guid.NewGuid(), DateTimeOffset.UtcNow.AddMinutes(-1));
        Assert.IsType<EnqueuedState>(jobs.State);
    }

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
