using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Registration;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>Who can read a mailbox, old or mistyped, and what he can do with it; and other turns of a long life.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class MailboxTests(AdherentCluster cluster)
{
    private static readonly SignInOutcome refused = new SignInOutcome.Refused();
    private static readonly Password own = new(TestAdherent.OwnPassword);

    [Fact]
    public async Task A_password_sent_to_the_address_of_a_lapsed_sign_up_does_not_open_the_account_that_was_made_after_it()
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.SignUp(Samples.FritzDeclares with { Email = Samples.OtherEmail }); // mistyped: somebody else's
        var misdirected = (await fritz.Dispatches.Take(dispatch))!.Secret!;
        await fritz.Dispatches.Confirm(dispatch);
        cluster.Clock.Advance(TimeSpan.FromDays(3));
        var ticket = await fritz.Prove();
        Assert.Equal(new SignInOutcome.Expired(), await fritz.Credentials.SignIn(new(misdirected), Samples.Origin));
        await fritz.Credentials.RenewProvisional();
        var renewed = Assert.Single(cluster.Queue.TakeJobs(fritz.Key)).Dispatch;

        Assert.Equal(CompletionOutcome.Completed, await fritz.Registration.Complete(ticket, "2026-01"));

        Assert.Null(await fritz.Dispatches.Take(renewed));
    }

    [Fact]
    public async Task A_provisional_password_that_was_sent_to_an_address_is_void_once_he_has_another_address()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var provisional = await fritz.Recover();

        await MoveMail(fritz, session);

        Assert.Equal(refused, await fritz.Credentials.SignIn(new(provisional), Samples.Origin));
    }

    [Fact]
    public async Task Nothing_is_renewed_at_an_address_that_he_has_left()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        await fritz.Recover();
        await MoveMail(fritz, session);
        cluster.Clock.Advance(TimeSpan.FromDays(3));

        await fritz.Credentials.RenewProvisional();

        Assert.DoesNotContain(await fritz.ReceiveLetters(), letter => letter.To == Samples.Email);
    }

    [Fact]
    public async Task A_new_password_that_is_on_its_way_does_not_go_to_an_address_that_he_has_left()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        await fritz.Contact.ChangeEmail(session, own, Samples.OtherEmail);
        var link = (await fritz.ReceiveLetters())[0];
        await fritz.Credentials.Recover(Samples.Email);
        var dispatch = Assert.Single(cluster.Queue.TakeJobs(fritz.Key)).Dispatch;
        Assert.True(EmailLink.TryParse(link.Secret, out _, out var secret));
        Assert.Equal(EmailProof.Changed, await fritz.Contact.ProveEmail(secret));

        Assert.NotEqual(Samples.Email, (await fritz.Dispatches.Take(dispatch))?.To);
    }

    [Fact]
    public async Task The_letter_goes_to_the_address_that_is_kept_and_not_to_the_one_that_was_typed()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();

        await fritz.Credentials.Recover(EmailAddress.Parse("FRITZ.Lamy@example.fr"));

        Assert.Equal(Samples.Email.Value, Assert.Single(await fritz.ReceiveLetters()).To.Value);
    }

    [Fact]
    public async Task The_password_of_the_letter_asked_for_last_opens_though_an_older_letter_leaves_after_it()
    {
        var fritz = cluster.NewAdherent();
        var first = await fritz.SignUp();
        await fritz.Dispatches.Take(first);
        await fritz.Dispatches.Fail(first, new(Permanent: false, "450 greylisted"));
        cluster.Queue.TakeJobs(fritz.Key);
        var latest = await fritz.Recover();
        cluster.Clock.Advance(TimeSpan.FromSeconds(10));

        await fritz.Dispatches.Take(first);

        await fritz.SignIn(latest);
    }

    [Fact]
    public async Task A_sign_up_begun_again_is_kept_a_week_though_the_account_before_it_is_erased_meanwhile()
    {
        var fritz = cluster.NewAdherent();
        await fritz.ReceiveProvisionalPassword();
        cluster.Clock.Advance(TimeSpan.FromDays(10) - TimeSpan.FromMinutes(5));
        var ticket = await fritz.Prove();
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));

        await fritz.Dispatches.Sweep(queueLost: false);

        Assert.True((await fritz.Registration.Progress(ticket))?.Proved);
        Assert.Equal(CompletionOutcome.Completed, await fritz.Registration.Complete(ticket, "2026-01"));
    }

    [Fact]
    public async Task A_session_that_ends_while_the_password_is_looked_at_is_over()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        cluster.Hasher.Meanwhile = () => cluster.Clock.Advance(TimeSpan.FromHours(8));
        try
        {
            Assert.Equal(new PasswordChangeOutcome.NotDue(), await fritz.Credentials.Change(session, own, new("Tilleul-Ardoise7")));
        }
        finally
        {
            cluster.Hasher.Meanwhile = null;
        }
    }

    [Fact]
    public async Task Of_a_closed_account_no_attempt_to_prove_an_identity_is_kept_where_none_failed()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Account.Close(await fritz.Connect(), own);
        await fritz.ReceiveLetters();

        Assert.Empty(fritz.Stored!.Verification.Attempts);
    }

    [Fact]
    public async Task Asking_again_for_an_address_whose_link_could_not_be_delivered_sends_another()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        await fritz.Contact.ChangeEmail(session, own, Samples.OtherEmail);
        var link = cluster.Queue.TakeJobs(fritz.Key)[0].Dispatch;
        await fritz.Dispatches.Take(link);
        await fritz.Dispatches.Fail(link, new(Permanent: true, "550 mailbox full"));

        Assert.Equal(EmailChangeOutcome.ToProve, await fritz.Contact.ChangeEmail(session, own, Samples.OtherEmail));

        Assert.Contains(await fritz.ReceiveLetters(), letter => letter.Kind == LetterKind.EmailChangeLink);
    }

    [Fact]
    public async Task A_letter_about_a_lock_that_is_over_does_not_leave_in_the_next_lock_either()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        await fritz.GuessWrong();
        cluster.Clock.Advance(TimeSpan.FromMinutes(15));
        await fritz.GuessWrong();

        Assert.Single(await fritz.ReceiveLetters());
    }

    [Fact]
    public async Task A_registry_that_is_broken_does_not_hold_up_the_first_connection()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Personalise();
        cluster.Registry.Break(fritz.Key);

        Assert.Equal(ContactConfirmation.Confirmed, await fritz.Contact.Confirm(session, (await fritz.Contact.Read(session))!));

        cluster.Registry.Mend(fritz.Key);
        await fritz.SignIn(TestAdherent.OwnPassword);
        Assert.Equal(["67", "68"], fritz.Stored!.Enrolments.Departments.Select(d => d.Department));
    }

    [Fact]
    public async Task A_new_password_that_is_on_its_way_does_not_leave_once_he_has_changed_his_own()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        await fritz.Credentials.Recover(Samples.Email);
        var dispatch = Assert.Single(cluster.Queue.TakeJobs(fritz.Key)).Dispatch;

        Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Change(session, own, new("Tilleul-Ardoise7")));

        Assert.Null(await fritz.Dispatches.Take(dispatch));
    }

    [Fact]
    public async Task A_change_of_address_asked_for_before_a_change_of_password_is_void_after_it()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        await fritz.Contact.ChangeEmail(session, own, Samples.OtherEmail);
        Assert.True(EmailLink.TryParse((await fritz.ReceiveLetters())[0].Secret, out _, out var secret));

        Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Change(session, own, new("Tilleul-Ardoise7")));

        Assert.Equal(EmailProof.Invalid, await fritz.Contact.ProveEmail(secret));
    }

    private static async Task MoveMail(TestAdherent fritz, SessionToken session)
    {
        await fritz.Contact.ChangeEmail(session, own, Samples.OtherEmail);
        var link = (await fritz.ReceiveLetters()).Single(l => l.Kind == LetterKind.EmailChangeLink);
        Assert.True(EmailLink.TryParse(link.Secret, out _, out var secret));
        Assert.Equal(EmailProof.Changed, await fritz.Contact.ProveEmail(secret));
        await fritz.ReceiveLetters();
    }
}
