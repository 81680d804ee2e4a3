using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Contact;
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
        Assert.Equal(!done, await fritz.Credentials.SignIn(new(password), Samples.Origin) is SignInOutcome.SignedIn);
        Assert.Equal(done, await fritz.Credentials.SignIn(new(TestAdherent.OwnPassword), Samples.Origin) is SignInOutcome.SignedIn);
    }

    [Theory]
    [InlineData(Failure.BeforeSaving)]
    [InlineData(Failure.AfterSaving)]
    internal async Task A_change_of_his_own_that_failed_is_done_and_told_or_neither(Failure failure)
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        cluster.Rows.FailNext(fritz.Key, failure);

        await Assert.ThrowsAsync<OrleansException>(() => fritz.Credentials.Change(session, new(TestAdherent.OwnPassword), new("Tilleul-Ardoise7")));

        var done = failure == Failure.AfterSaving;
        Assert.Equal(done, await fritz.Sessions.Check(session) is null);
        Assert.Equal(!done, await fritz.Credentials.SignIn(new(TestAdherent.OwnPassword), Samples.Origin) is SignInOutcome.SignedIn);
        Assert.Equal(done, await fritz.Credentials.SignIn(new("Tilleul-Ardoise7"), Samples.Origin) is SignInOutcome.SignedIn);
        Assert.Equal(done ? [LetterKind.PasswordChanged] : [], (await fritz.ReceiveLetters()).Select(l => l.Kind));
    }

    [Theory]
    [InlineData(Failure.BeforeSaving)]
    [InlineData(Failure.AfterSaving)]
    internal async Task A_request_for_a_new_password_that_failed_counts_and_sends_or_neither(Failure failure)
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        cluster.Rows.FailNext(fritz.Key, failure);

        await Assert.ThrowsAsync<OrleansException>(() => fritz.Credentials.Recover(Samples.Email));

        var letters = failure == Failure.AfterSaving ? 1 : 0;
        Assert.Equal(letters, fritz.Stored!.Recovery.Granted.Count);
        Assert.Equal(letters, (await fritz.ReceiveLetters()).Count);
        Assert.NotNull(await fritz.Space.Home(session));
        for (var i = letters; i < 3; i++)
            await fritz.Recover();
        await fritz.Credentials.Recover(Samples.Email);
        Assert.Empty(await fritz.ReceiveLetters());
    }

    [Theory]
    [InlineData(Failure.BeforeSaving)]
    [InlineData(Failure.AfterSaving)]
    internal async Task A_letter_that_brings_a_new_password_opens_only_if_it_was_saved(Failure failure)
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        await fritz.Credentials.Recover(Samples.Email);
        var dispatch = Assert.Single(cluster.Queue.TakeJobs(fritz.Key)).Dispatch;
        cluster.Rows.FailNext(fritz.Key, failure);
        await Assert.ThrowsAsync<OrleansException>(() => fritz.Dispatches.Take(dispatch));
        cluster.Clock.Advance(Grains.Domain.Dispatches.Lease);

        var letter = await fritz.Dispatches.Take(dispatch);

        Assert.Equal(failure == Failure.AfterSaving ? 2 : 1, fritz.Stored!.Credentials.Provisional!.Hashes.Count);
        await fritz.SignIn(letter!.Secret!);
        await fritz.SignIn(TestAdherent.OwnPassword);
    }

    [Theory]
    [InlineData(Failure.BeforeSaving)]
    [InlineData(Failure.AfterSaving)]
    internal async Task An_end_of_the_account_that_failed_is_the_end_or_nothing(Failure failure)
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        cluster.Rows.FailNext(fritz.Key, failure);

        await Assert.ThrowsAsync<OrleansException>(() => fritz.Account.Close(session, new(TestAdherent.OwnPassword)));

        var done = failure == Failure.AfterSaving;
        Assert.Equal(done, await fritz.Sessions.Check(session) is null);
        Assert.Equal(done ? [LetterKind.AccountClosed] : [], (await fritz.ReceiveLetters()).Select(l => l.Kind));
        Assert.Equal(!done, await fritz.Credentials.SignIn(new(TestAdherent.OwnPassword), Samples.Origin) is SignInOutcome.SignedIn);
        Assert.Equal(done ? 1 : 0, fritz.Stored!.Closures.Count);
        Assert.Equal(done ? CloseOutcome.NotAllowed : CloseOutcome.Closed, await fritz.Account.Close(session, new(TestAdherent.OwnPassword)));
        Assert.Single(fritz.Stored!.Closures);
    }

    [Theory]
    [InlineData(Failure.BeforeSaving)]
    [InlineData(Failure.AfterSaving)]
    internal async Task A_lock_that_failed_to_be_written_is_told_only_if_it_holds(Failure failure)
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        await fritz.GuessWrong(4);
        cluster.Rows.FailNext(fritz.Key, failure);

        await Assert.ThrowsAsync<OrleansException>(() => fritz.Credentials.SignIn(new("Mauvais-Mot-1"), Samples.Origin));

        var holds = failure == Failure.AfterSaving;
        Assert.Equal(holds ? [LetterKind.SignInLocked] : [], (await fritz.ReceiveLetters()).Select(l => l.Kind));
        await fritz.GuessWrong(1);
        Assert.Equal(holds ? [] : [LetterKind.SignInLocked], (await fritz.ReceiveLetters()).Select(l => l.Kind));
    }

    [Theory]
    [InlineData(Failure.BeforeSaving)]
    [InlineData(Failure.AfterSaving)]
    internal async Task A_link_whose_use_failed_is_used_or_still_good(Failure failure)
    {
        var fritz = cluster.NewAdherent();
        await fritz.Contact.ChangeEmail(await fritz.Connect(), new(TestAdherent.OwnPassword), Samples.OtherEmail);
        Assert.True(EmailLink.TryParse((await fritz.ReceiveLetters())[0].Secret, out _, out var secret));
        cluster.Rows.FailNext(fritz.Key, failure);

        await Assert.ThrowsAsync<OrleansException>(() => fritz.Contact.ProveEmail(secret));

        Assert.Equal(failure == Failure.AfterSaving ? EmailProof.Invalid : EmailProof.Changed, await fritz.Contact.ProveEmail(secret));
        Assert.Equal(Samples.OtherEmail, fritz.Stored!.Contact.Email);
        Assert.Equal([LetterKind.EmailChanged], (await fritz.ReceiveLetters()).Select(l => l.Kind));
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

        await Assert.ThrowsAnyAsync<Exception>(() => thief.Credentials.SignIn(new(TestAdherent.OwnPassword), Samples.Origin));

        Assert.Equal(fritz.Key, cluster.Rows.Stored(thief.Key)!.Owner);
        await fritz.SignIn(TestAdherent.OwnPassword);
    }
}
