using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Identity;
using MsaOrleans.Grains.Interfaces.Registration;
using static MsaOrleans.Grains.Tests.Adherent.Fakes.MemoryRows;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>The row is the truth, whatever happens to a write.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class StorageTests(AdherentCluster cluster)
{
    [Fact]
    public async Task A_sign_up_whose_write_failed_was_not_completed_and_its_job_finds_nothing()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Prove();
        cluster.Rows.FailNext(fritz.Key, Failure.BeforeSaving);

        await Assert.ThrowsAsync<OrleansException>(() => fritz.Registration.Complete(ticket, "2026-01"));

        Assert.Null(await fritz.Dispatches.Take(Assert.Single(cluster.Queue.TakeJobs(fritz.Key)).Dispatch));
        Assert.False((await fritz.Registration.Progress(ticket))!.Completed);
        Assert.Equal(CompletionOutcome.Completed, await fritz.Registration.Complete(ticket, "2026-01"));
        Assert.NotNull(await fritz.Dispatches.Take(Assert.Single(cluster.Queue.TakeJobs(fritz.Key)).Dispatch));
    }

    [Fact]
    public async Task A_sign_up_that_was_saved_without_our_knowing_is_completed_and_its_letter_leaves_once()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Prove();
        cluster.Rows.FailNext(fritz.Key, Failure.AfterSaving);

        await Assert.ThrowsAsync<OrleansException>(() => fritz.Registration.Complete(ticket, "2026-01"));

        Assert.Equal(CompletionOutcome.Completed, await fritz.Registration.Complete(ticket, "2026-01"));
        Assert.NotNull(await fritz.Dispatches.Take(Assert.Single(cluster.Queue.TakeJobs(fritz.Key)).Dispatch));
    }

    [Theory]
    [InlineData(Failure.BeforeSaving, 2)]
    [InlineData(Failure.AfterSaving, 1)]
    internal async Task A_failed_attempt_counts_if_it_was_saved_and_only_then(Failure failure, int attemptsLeftNext)
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Declare();
        cluster.Rows.FailNext(fritz.Key, failure);

        await Assert.ThrowsAsync<OrleansException>(() => fritz.Identity.Prove(ticket, TestAdherent.WrongCard));

        Assert.Equal(new VerificationOutcome.NotMatched(attemptsLeftNext), await fritz.Identity.Prove(ticket, TestAdherent.WrongCard));
    }

    [Theory]
    [InlineData(Failure.BeforeSaving)]
    [InlineData(Failure.AfterSaving)]
    internal async Task A_draft_whose_erasure_failed_can_be_erased_again(Failure failure)
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Declare();
        cluster.Rows.FailNext(fritz.Key, failure);

        await Assert.ThrowsAsync<OrleansException>(() => fritz.Registration.Abandon(ticket));

        Assert.Equal(failure == Failure.BeforeSaving, await fritz.Registration.Progress(ticket) is not null);
        await fritz.Registration.Abandon(ticket);
        Assert.Null(fritz.Stored);
    }

    [Theory]
    [InlineData(Failure.BeforeSaving)]
    [InlineData(Failure.AfterSaving)]
    internal async Task A_password_change_that_failed_is_done_or_not_done_and_never_half(Failure failure)
    {
        var fritz = cluster.NewAdherent();
        var password = await fritz.ReceiveProvisionalPassword();
        var (session, _) = await fritz.SignIn(password);
        cluster.Rows.FailNext(fritz.Key, failure);

        await Assert.ThrowsAsync<OrleansException>(() => fritz.Credentials.Personalise(session, new(TestAdherent.OwnPassword)));

        var done = failure == Failure.AfterSaving;
        Assert.Equal(done, await fritz.Sessions.Check(session) is null);
        Assert.Equal(!done, await fritz.Credentials.SignIn(new(password)) is SignInOutcome.SignedIn);
        Assert.Equal(done, await fritz.Credentials.SignIn(new(TestAdherent.OwnPassword)) is SignInOutcome.SignedIn);
    }

    [Fact]
    public async Task A_letter_whose_taking_was_not_saved_can_be_taken_again_and_only_saved_passwords_open()
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.SignUp();
        cluster.Rows.FailNext(fritz.Key, Failure.BeforeSaving);

        await Assert.ThrowsAsync<OrleansException>(() => fritz.Dispatches.Take(dispatch));

        await fritz.SignIn((await fritz.Dispatches.Take(dispatch))!.Secret!);
    }

    [Fact]
    public async Task Calls_that_wait_behind_a_failed_write_see_the_truth_too()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Declare();
        cluster.Rows.FailNext(fritz.Key, Failure.BeforeSaving);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            try
            {
                return await fritz.Identity.Prove(ticket, TestAdherent.WrongCard);
            }
            catch (OrleansException)
            {
                return null;
            }
        }));

        Assert.Single(outcomes, outcome => outcome is null);
        Assert.Equal(2, outcomes.Count(outcome => outcome is VerificationOutcome.NotMatched));
        Assert.Equal(3, fritz.Stored!.Verification.Attempts.Count);
    }

    [Fact]
    public async Task A_row_of_somebody_else_does_not_pass_for_one_s_own()
    {
        var (fritz, thief) = (cluster.NewAdherent(), cluster.NewAdherent());
        await fritz.Connect();
        cluster.Rows.Copy(fritz.Key, thief.Key);

        await Assert.ThrowsAnyAsync<Exception>(() => thief.Credentials.SignIn(new(TestAdherent.OwnPassword)));

        Assert.Equal(fritz.Key, cluster.Rows.Stored(thief.Key)!.Owner);
        await fritz.SignIn(TestAdherent.OwnPassword);
    }
}
