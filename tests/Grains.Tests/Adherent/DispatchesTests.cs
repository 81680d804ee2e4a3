using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Identity;

namespace MsaOrleans.Grains.Tests.Adherent;

[Collection(AdherentCluster.SharedClock)]
public sealed class DispatchesTests(AdherentCluster cluster)
{
    [Fact]
    public async Task Ten_workers_at_once_get_one_letter()
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.SignUp();

        var letters = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => fritz.Dispatches.Take(dispatch)));

        Assert.Single(letters, letter => letter is not null);
    }

    [Fact]
    public async Task A_job_that_finds_a_letter_in_the_hands_of_another_worker_comes_again_when_he_has_had_it_long_enough()
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.SignUp();
        cluster.Queue.TakeJobs(fritz.Key);
        Assert.NotNull(await fritz.Dispatches.Take(dispatch)); // by a worker who dies of it

        Assert.Null(await fritz.Dispatches.Take(dispatch));
        var again = Assert.Single(cluster.Queue.TakeJobs(fritz.Key));
        Assert.Equal((dispatch, cluster.Now + Dispatches.Lease), again);

        cluster.Clock.Advance(Dispatches.Lease);
        Assert.NotNull(await fritz.Dispatches.Take(dispatch));
        await fritz.Dispatches.Confirm(dispatch);
        Assert.Null(await fritz.Dispatches.Take(dispatch));
        Assert.Empty(cluster.Queue.TakeJobs(fritz.Key)); // what has left comes no more
    }

    [Fact]
    public async Task A_failed_letter_is_queued_for_later_until_it_is_given_up()
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.SignUp();
        foreach (var delay in cluster.Policy.MailRetryDelays)
        {
            Assert.NotNull(await fritz.Dispatches.Take(dispatch));
            await fritz.Dispatches.Fail(dispatch, new(Permanent: false, "Timed out."));
            Assert.Equal((dispatch, cluster.Now + delay), Assert.Single(cluster.Queue.TakeJobs(fritz.Key)));
            Assert.Null(await fritz.Dispatches.Take(dispatch));
            cluster.Clock.Advance(delay);
        }
        Assert.NotNull(await fritz.Dispatches.Take(dispatch));
        await fritz.Dispatches.Fail(dispatch, new(Permanent: false, "Timed out."));

        Assert.Empty(cluster.Queue.TakeJobs(fritz.Key));
        Assert.Null(await fritz.Dispatches.Take(dispatch));
        Assert.False(fritz.Stored!.OwesLetter);
        Assert.Equal(cluster.Now.AddDays(10), fritz.Stored!.DueAt); // an account that nobody opens is erased
    }

    [Fact]
    public async Task A_sweep_queues_what_nobody_confirmed_once_and_again_when_it_is_overdue_again()
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.SignUp();
        Assert.Equal(0, await fritz.Dispatches.Sweep(queueLost: false));
        Assert.Empty(cluster.Queue.TakeJobs(fritz.Key));

        for (var i = 0; i < 3; i++)
        {
            cluster.Clock.Advance(Dispatches.Grace);
            Assert.Equal(1, await fritz.Dispatches.Sweep(queueLost: false));
            Assert.Equal(0, await fritz.Dispatches.Sweep(queueLost: false));
            Assert.Equal(dispatch, Assert.Single(cluster.Queue.TakeJobs(fritz.Key)).Dispatch);
            Assert.True(fritz.Stored!.DueAt > cluster.Now);
        }
        Assert.NotNull(await fritz.Dispatches.Take(dispatch));
    }

    [Fact]
    public async Task When_the_queue_is_lost_everything_pending_is_queued_at_once_even_what_a_dead_worker_held()
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.SignUp();
        await fritz.Dispatches.Take(dispatch);

        Assert.Equal(1, await fritz.Dispatches.Sweep(queueLost: true));

        Assert.Equal((dispatch, null), Assert.Single(cluster.Queue.TakeJobs(fritz.Key)));
        Assert.NotNull(await fritz.Dispatches.Take(dispatch));
    }

    [Fact]
    public async Task When_the_queue_is_lost_a_letter_that_is_to_leave_later_is_queued_for_its_time()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var dueAt = cluster.Now + cluster.Policy.CodeDelay;
        var dispatches = new[] { await fritz.RequestDepartment(session, "01"), await fritz.RequestDepartment(session, "2A") };
        cluster.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(0, await fritz.Dispatches.Sweep(queueLost: false));
        Assert.Equal(2, await fritz.Dispatches.Sweep(queueLost: true));

        Assert.Equal(dispatches.Select(dispatch => (dispatch, (DateTimeOffset?)dueAt)), cluster.Queue.TakeJobs(fritz.Key));
        Assert.Null(await fritz.Dispatches.Take(dispatches[0]));
        Assert.Equal(dueAt + Dispatches.Grace, fritz.Stored!.DueAt);
        cluster.Clock.Advance(dueAt - cluster.Now);
        Assert.NotNull(await fritz.Dispatches.Take(dispatches[0]));
    }

    [Fact]
    public async Task A_sign_up_left_alone_for_a_week_leaves_no_row()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Declare();
        Assert.Equal(cluster.Now.AddDays(7), fritz.Stored!.DueAt);

        cluster.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromTicks(1));
        await fritz.Dispatches.Sweep(queueLost: false);
        Assert.NotNull(fritz.Stored);
        cluster.Clock.Advance(TimeSpan.FromTicks(1));
        await fritz.Dispatches.Sweep(queueLost: false);

        Assert.Null(fritz.Stored);
        Assert.Equal("cleared", cluster.Rows.TakeNotes(fritz.Key)[^1]);
        Assert.Null(await fritz.Registration.Progress(ticket));
        Assert.NotNull(await fritz.Declare());
    }

    [Fact]
    public async Task Failures_of_a_stranger_are_forgotten_after_a_month_row_included()
    {
        var stranger = cluster.NewAdherent(known: false);
        Assert.Equal(new SignInOutcome.Refused(), await stranger.Credentials.SignIn(new("wrong"), Samples.Origin));
        Assert.Equal(new VerificationOutcome.NotMatched(2), await stranger.Identity.Prove(await stranger.Declare(), TestAdherent.WrongCard));

        while (stranger.Stored is { DueAt: { } due })
        {
            cluster.Clock.Advance(due - cluster.Now);
            await stranger.Dispatches.Sweep(queueLost: false);
            Assert.True(stranger.Stored?.DueAt is not { } next || next > cluster.Now);
        }

        Assert.Null(stranger.Stored);
    }

    [Fact]
    public async Task A_sweep_of_somebody_of_whom_nothing_is_kept_writes_nothing()
    {
        var stranger = cluster.NewAdherent(known: false);

        Assert.Equal(0, await stranger.Dispatches.Sweep(queueLost: true));

        Assert.Empty(cluster.Rows.TakeNotes(stranger.Key));
    }

    [Fact]
    public async Task Nobody_is_owed_a_letter_that_was_never_saved()
    {
        var fritz = cluster.NewAdherent();

        Assert.Null(await fritz.Dispatches.Take(Guid.NewGuid()));
        await fritz.Dispatches.Confirm(Guid.NewGuid());
        await fritz.Dispatches.Fail(Guid.NewGuid(), new(Permanent: false, "Timed out."));
        Assert.Null(fritz.Stored);
        Assert.Empty(cluster.Queue.TakeJobs(fritz.Key));
    }
}
