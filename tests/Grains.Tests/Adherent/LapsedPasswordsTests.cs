using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Registration;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>A provisional password that was left to expire or never came: another is sent, or the account that nobody opened is erased.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class LapsedPasswordsTests(AdherentCluster cluster)
{
    [Fact]
    public async Task Whoever_never_got_his_first_letter_may_ask_for_another_and_his_account_is_kept_for_it()
    {
        var fritz = cluster.NewAdherent();
        var lost = await fritz.SignUp();
        var signedUp = cluster.Now;
        await fritz.Dispatches.Take(lost);
        await fritz.Dispatches.Fail(lost, new(Permanent: true, "550 mailbox full"));
        Assert.Equal(signedUp.AddDays(10), fritz.Stored!.Registration.Completed!.EraseUnopenedAt);
        cluster.Clock.Advance(TimeSpan.FromDays(9));

        await fritz.Credentials.Recover(Samples.Email);
        Assert.Equal(BeginOutcome.AccountExists, await fritz.Registration.Begin(SignUpTicket.New(), fritz.Nir));
        var password = Assert.Single(await fritz.ReceiveLetters()).Secret!;

        Assert.Equal(cluster.Now.AddDays(10), fritz.Stored!.Registration.Completed!.EraseUnopenedAt);
        cluster.Clock.Advance(TimeSpan.FromDays(2));
        await fritz.Dispatches.Sweep(queueLost: false);
        var (session, _) = await fritz.SignIn(password);
        Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Personalise(session, new(TestAdherent.OwnPassword)));
        Assert.Null(fritz.Stored!.Registration.Completed!.EraseUnopenedAt);
        Assert.Empty(await fritz.ReceiveLetters()); // he had no password before: nobody is told of a change
    }

    [Fact]
    public async Task An_account_that_nobody_opened_is_erased_a_week_after_its_password_expired()
    {
        var fritz = cluster.NewAdherent();
        var password = await fritz.ReceiveProvisionalPassword();
        Assert.Equal(cluster.Now.AddDays(10), fritz.Stored!.DueAt);
        cluster.Clock.Advance(TimeSpan.FromDays(10) - TimeSpan.FromTicks(1));
        await fritz.Dispatches.Sweep(queueLost: false);
        Assert.Equal(new SignInOutcome.Expired(), await fritz.Credentials.SignIn(new(password), Samples.Origin));

        cluster.Clock.Advance(TimeSpan.FromTicks(1));
        await fritz.Dispatches.Sweep(queueLost: false);

        Assert.Null(fritz.Stored);
        Assert.Equal(new SignInOutcome.Refused(), await fritz.Credentials.SignIn(new(password), Samples.Origin));
        Assert.NotNull(await fritz.Declare());
    }

    [Fact]
    public async Task An_account_that_was_opened_is_kept_though_he_never_comes_back()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Personalise();
        Assert.Null(fritz.Stored!.DueAt);
        await fritz.Recover();
        cluster.Clock.Advance(TimeSpan.FromDays(365));
        await fritz.Dispatches.Sweep(queueLost: false);

        await fritz.SignIn(TestAdherent.OwnPassword);
    }

    [Fact]
    public async Task Whoever_shows_a_provisional_password_that_has_expired_may_have_another_at_the_same_address()
    {
        var fritz = cluster.NewAdherent();
        var late = await fritz.ReceiveProvisionalPassword();
        cluster.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(new SignInOutcome.Expired(), await fritz.Credentials.SignIn(new(late), Samples.Origin));

        await fritz.Credentials.RenewProvisional();

        var letter = Assert.Single(await fritz.ReceiveLetters());
        Assert.Equal(
            (LetterKind.NewProvisionalPassword, Samples.Email, "LAMY FRITZ", cluster.Now.AddDays(3)),
            (letter.Kind, letter.To, letter.RecipientName, letter.ExpiresAt));
        Assert.Equal(new SignInOutcome.Refused(), await fritz.Credentials.SignIn(new(late), Samples.Origin));
        Assert.Equal(FirstConnectionStep.Password, (await fritz.SignIn(letter.Secret!)).Due);
        Assert.Equal([cluster.Now], fritz.Stored!.Recovery.Granted);
    }

    [Fact]
    public async Task Nothing_is_renewed_that_still_works_or_never_was_and_nothing_twice()
    {
        var (valid, none, closed, lapsed) = (cluster.NewAdherent(), cluster.NewAdherent(known: false), cluster.NewAdherent(), cluster.NewAdherent());
        await lapsed.ReceiveProvisionalPassword();
        cluster.Clock.Advance(TimeSpan.FromDays(3));
        await valid.ReceiveProvisionalPassword();
        await closed.Account.Close(await closed.Connect(), new(TestAdherent.OwnPassword));
        cluster.Queue.TakeJobs(closed.Key);

        foreach (var adherent in new[] { valid, none, closed })
        {
            cluster.Rows.TakeNotes(adherent.Key);
            await adherent.Credentials.RenewProvisional();
            Assert.Empty(cluster.Rows.TakeNotes(adherent.Key));
            Assert.Empty(cluster.Queue.TakeJobs(adherent.Key));
        }
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => lapsed.Credentials.RenewProvisional()));
        Assert.Single(await lapsed.ReceiveLetters());
        await lapsed.Credentials.RenewProvisional();
        Assert.Empty(await lapsed.ReceiveLetters());
    }

    [Fact]
    public async Task Renewing_counts_among_the_three_letters_of_an_hour()
    {
        var fritz = cluster.NewAdherent();
        await fritz.ReceiveProvisionalPassword();
        cluster.Clock.Advance(TimeSpan.FromDays(3));
        await fritz.Credentials.RenewProvisional();
        await fritz.ReceiveLetters();

        await fritz.Recover();
        await fritz.Recover();
        await fritz.Credentials.Recover(Samples.Email);
        Assert.Empty(await fritz.ReceiveLetters());
    }
}
