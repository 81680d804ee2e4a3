using Microsoft.Extensions.Time.Testing;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Silo.Mail;
using MsaOrleans.Testing;

namespace MsaOrleans.Mail.Tests;

public sealed class SendDispatchJobTests(Cluster cluster)
{
    private readonly Guid adherent = Guid.NewGuid();
    private readonly Guid dispatch = Guid.NewGuid();

    private IReadOnlyList<string> Told => cluster.Ledger.ToldTo(adherent);

    [Fact]
    public async Task A_letter_is_taken_sent_and_confirmed()
    {
        await using var workers = await Workers.Start(cluster);
        cluster.Ledger.Owe(dispatch, Letters.Of(LetterKind.ProvisionalPassword));

        await workers.Queue.Enqueue(adherent, dispatch);

        await workers.Until(() => Told.Count == 2);
        Assert.Equal(["take", "confirm"], Told);
        Assert.Equal(Letters.Of(LetterKind.ProvisionalPassword), Assert.Single(workers.Sent));
    }

    [Fact]
    public async Task A_dispatch_queued_twice_leaves_once()
    {
        await using var workers = await Workers.Start(cluster);
        cluster.Ledger.Owe(dispatch, Letters.Of(LetterKind.EmailChanged));

        await workers.Queue.Enqueue(adherent, dispatch);
        await workers.Queue.Enqueue(adherent, dispatch);

        await workers.Until(() => Told.Count == 3);
        Assert.Equal(["confirm", "take", "take"], Told.Order());
        Assert.Single(workers.Sent);
    }

    [Theory]
    [InlineData(true, "fail for good")]
    [InlineData(false, "fail")]
    public async Task A_letter_that_cannot_leave_is_given_back_and_the_job_is_done(bool permanent, string told)
    {
        await using var workers = await Workers.Start(
            cluster, workers => workers.Relay = _ => Task.FromResult<DeliveryFailure?>(new(permanent, "The relay said lamy.fritz@example.fr")));
        cluster.Ledger.Owe(dispatch, Letters.Of(LetterKind.ProvisionalPassword));

        await workers.Queue.Enqueue(adherent, dispatch);

        await workers.Until(() => Told.Count == 2 && workers.Monitoring.ProcessingCount() == 0);
        Assert.Equal(["take", told], Told);
        Assert.Equal(0, workers.Monitoring.ScheduledCount());
        Assert.Equal(0, workers.Monitoring.FailedCount());
    }

    [Theory]
    [InlineData(null, "sent")]
    [InlineData(false, "deferred")]
    [InlineData(true, "refused")]
    public async Task What_came_of_it_is_counted_once_the_adherent_knows(bool? permanent, string outcome)
    {
        await using var workers = await Workers.Start(
            cluster, workers => workers.Relay = _ => Task.FromResult<DeliveryFailure?>(permanent is { } final ? new(final, "The relay said lamy.fritz@example.fr") : null));
        using var measures = new Measures(workers.Meters, MailMeter.Name);
        cluster.Ledger.Owe(dispatch, Letters.Of(LetterKind.EmailChanged));

        await workers.Queue.Enqueue(adherent, dispatch);

        await workers.Until(() => measures.All.Count > 0);
        Assert.Equal([($"msa.dispatches kind=EmailChanged outcome={outcome}", 1)], measures.All);
        Assert.Equal(2, Told.Count);
    }

    [Theory]
    [InlineData("take")]
    [InlineData("confirm")]
    public async Task An_adherent_who_cannot_be_reached_is_tried_again_later(string unreachable)
    {
        await using var workers = await Workers.Start(cluster);
        cluster.Ledger.Owe(dispatch, Letters.Of(LetterKind.ProvisionalPassword));
        cluster.Ledger.Break(adherent, unreachable);

        await workers.Queue.Enqueue(adherent, dispatch);

        await workers.Until(() => workers.Monitoring.ScheduledCount() == 1);
        Assert.Equal(unreachable, Told[^1]);
    }

    [Fact]
    public async Task Neither_queue_nor_log_knows_whom_a_letter_is_for_or_what_it_says()
    {
        await using var workers = await Workers.Start(
            cluster, workers => workers.Relay = _ => Task.FromResult<DeliveryFailure?>(new(true, "The relay said lamy.fritz@example.fr")));
        cluster.Ledger.Owe(dispatch, Letters.Of(LetterKind.ProvisionalPassword));

        await workers.Queue.Enqueue(adherent, dispatch, DateTimeOffset.UtcNow.AddDays(1));
        var arguments = Assert.Single(workers.Monitoring.ScheduledJobs(0, 10)).Value.Job.Args;
        await workers.Queue.Enqueue(adherent, dispatch);

        Assert.Equal([adherent, dispatch], arguments.OfType<Guid>());
        Assert.All(arguments, argument => Assert.True(argument is Guid or CancellationToken or null));
        await workers.Until(() => Told.Count == 2);
        await workers.Until(() => workers.Log.Contains("refused for good", StringComparison.Ordinal));
        foreach (var personal in new[] { "lamy", Letters.Secret })
            Assert.DoesNotContain(personal, workers.Log, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_dispatch_for_later_waits_by_the_clock_of_the_adherents()
    {
        var future = new FakeTimeProvider(DateTimeOffset.UtcNow.AddYears(10));
        await using var workers = await Workers.Start(cluster, clock: future);
        cluster.Ledger.Owe(dispatch, Letters.Of(LetterKind.EmailChanged));

        await workers.Queue.Enqueue(adherent, Guid.NewGuid(), future.GetUtcNow().AddDays(3));
        await workers.Queue.Enqueue(adherent, dispatch, future.GetUtcNow().AddSeconds(-1));

        await workers.Until(() => Told.Count == 2);
        var waiting = Assert.Single(workers.Monitoring.ScheduledJobs(0, 10)).Value;
        Assert.Equal(DateTime.UtcNow.AddDays(3), waiting.EnqueueAt, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_letter_under_way_when_the_host_stops_may_still_leave()
    {
        var accepted = new TaskCompletionSource<DeliveryFailure?>();
        await using var workers = await Workers.Start(cluster, workers => workers.Relay = stop => accepted.Task.WaitAsync(stop));
        cluster.Ledger.Owe(dispatch, Letters.Of(LetterKind.EmailChanged));
        await workers.Queue.Enqueue(adherent, dispatch);
        await workers.Until(() => workers.Sent.Count == 1);

        var stopped = workers.Stop();
        accepted.SetResult(null);
        await stopped;

        Assert.Equal(["take", "confirm"], Told);
    }
}
