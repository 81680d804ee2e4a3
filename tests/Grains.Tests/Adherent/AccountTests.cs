using System.Text.Json;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Storage;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>The end of an account.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class AccountTests(AdherentCluster cluster)
{
    private static readonly Password own = new(TestAdherent.OwnPassword);
    private static readonly Password wrong = new("Mauvais-Mot-1");

    [Fact]
    public async Task Neither_his_data_nor_the_end_of_his_account_is_for_a_session_that_may_not_use_the_private_space()
    {
        var (fritz, other) = (cluster.NewAdherent(), cluster.NewAdherent());
        var signedOut = await fritz.Connect();
        await fritz.Sessions.SignOut(signedOut);
        var (obliged, _) = await fritz.SignIn(await fritz.Recover());
        var foreign = await other.Connect();
        var unconfirmed = cluster.NewAdherent();
        var halfway = await unconfirmed.Personalise();

        foreach (var (adherent, session) in new[] { (fritz, signedOut), (fritz, obliged), (fritz, foreign), (fritz, SessionToken.New()), (unconfirmed, halfway) })
        {
            Assert.Equal(new ExportOutcome.NotAllowed(), await adherent.Account.Export(session, own));
            Assert.Equal(CloseOutcome.NotAllowed, await adherent.Account.Close(session, own));
            Assert.Equal(0, adherent.Stored!.Credentials.Lockout.Failures);
            Assert.NotNull(adherent.Stored!.Registration.Completed);
        }
        Assert.NotNull(await other.Space.Home(foreign));
    }

    [Fact]
    public async Task The_wrong_password_gives_and_ends_nothing_and_counts_as_at_sign_in()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();

        Assert.Equal(new ExportOutcome.WrongPassword(), await fritz.Account.Export(session, wrong));
        Assert.Equal(CloseOutcome.WrongPassword, await fritz.Account.Close(session, wrong));
        await fritz.GuessWrong(2);
        Assert.Equal(CloseOutcome.Locked, await fritz.Account.Close(session, wrong));

        Assert.Equal(new ExportOutcome.Locked(), await fritz.Account.Export(session, own));
        Assert.Equal(CloseOutcome.Locked, await fritz.Account.Close(session, own));
        Assert.NotNull(await fritz.Space.Home(session)); // who is in stays in
        cluster.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.IsType<ExportOutcome.Exported>(await fritz.Account.Export(session, own));
    }

    [Fact]
    public async Task Only_the_password_that_he_has_counts_as_his()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        var provisional = await fritz.Recover();
        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);

        Assert.Equal(CloseOutcome.WrongPassword, await fritz.Account.Close(session, new(provisional)));
        Assert.Equal(new ExportOutcome.WrongPassword(), await fritz.Account.Export(session, new(code.Value)));
        Assert.IsType<ExportOutcome.Exported>(await fritz.Account.Export(session, own));
    }

    [Fact]
    public async Task A_closed_account_opens_to_nobody_and_leaves_the_proof_that_it_was_open()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var (other, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        var opened = cluster.Now;
        cluster.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(CloseOutcome.Closed, await fritz.Account.Close(session, own));

        Assert.Null(await fritz.Sessions.Check(session));
        Assert.Null(await fritz.Sessions.Check(other));
        Assert.Null(await fritz.Space.Home(other));
        Assert.Equal(new SignInOutcome.Refused(), await fritz.Credentials.SignIn(own, Samples.Origin));
        Assert.Equal(CloseOutcome.NotAllowed, await fritz.Account.Close(session, own));
        Assert.Equal([new Closure(opened, "2026-01", cluster.Now)], fritz.Stored!.Closures);
        var letter = Assert.Single(await fritz.ReceiveLetters());
        Assert.Equal((LetterKind.AccountClosed, Samples.Email, "LAMY FRITZ", null), (letter.Kind, letter.To, letter.RecipientName, letter.Secret));
    }

    [Fact]
    public async Task Once_the_letter_has_left_nothing_in_the_row_tells_who_he_was()
    {
        var (sent, refused) = (cluster.NewAdherent(), cluster.NewAdherent());
        foreach (var adherent in new[] { sent, refused })
        {
            await adherent.Account.Close(await adherent.Connect(), own);
            Assert.NotNull(adherent.Stored!.Identity);
            Assert.Null(adherent.Stored.Nir);
        }

        await sent.ReceiveLetters();
        var dispatch = Assert.Single(cluster.Queue.TakeJobs(refused.Key)).Dispatch;
        await refused.Dispatches.Take(dispatch);
        await refused.Dispatches.Fail(dispatch, new(Permanent: false, "Timed out."));
        Assert.NotNull(refused.Stored!.Identity);
        cluster.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("LAMY FRITZ", (await refused.Dispatches.Take(dispatch))!.RecipientName);
        await refused.Dispatches.Fail(dispatch, new(Permanent: true, "550 no such user"));

        foreach (var adherent in new[] { sent, refused })
        {
            var json = JsonSerializer.Serialize(adherent.Stored!, AdherentStateJson.Default.AdherentState);
            foreach (var trace in new[] { "LAMY", "FRITZ", "example", adherent.Nir.Value, "+33", "Firefox", "cheap" })
                Assert.DoesNotContain(trace, json, StringComparison.OrdinalIgnoreCase);
            Assert.Empty(adherent.Stored!.Dispatches.All);
            Assert.Single(adherent.Stored.Closures);
        }
    }

    [Fact]
    public async Task The_law_s_five_years_later_the_row_is_erased()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Account.Close(await fritz.Connect(), own);
        await fritz.ReceiveLetters();
        var due = cluster.Now.AddYears(5);
        Assert.Equal(due, fritz.Stored!.DueAt);

        cluster.Clock.Advance(due - cluster.Now - TimeSpan.FromTicks(1));
        await fritz.Dispatches.Sweep(queueLost: false);
        Assert.Single(fritz.Stored!.Closures);
        cluster.Clock.Advance(TimeSpan.FromTicks(1));
        await fritz.Dispatches.Sweep(queueLost: false);

        Assert.Null(fritz.Stored);
    }

    [Fact]
    public async Task He_signs_up_again_with_another_address_and_the_letter_about_the_end_still_goes_to_the_old_one()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Account.Close(await fritz.Connect(), own);
        var about = Assert.Single(cluster.Queue.TakeJobs(fritz.Key)).Dispatch;

        var dispatch = await fritz.SignUp(Samples.FritzDeclares with { Email = Samples.OtherEmail });

        var letters = new[] { await fritz.Dispatches.Take(about), await fritz.Dispatches.Take(dispatch) };
        Assert.Equal(
            [(LetterKind.AccountClosed, Samples.Email), (LetterKind.ProvisionalPassword, Samples.OtherEmail)],
            letters.Select(l => (l!.Kind, l.To)));
        await fritz.Dispatches.Confirm(about);
        await fritz.Dispatches.Confirm(dispatch);
        Assert.Equal(new SignInOutcome.Refused(), await fritz.Credentials.SignIn(own, Samples.Origin));
        var (provisional, _) = await fritz.SignIn(letters[1]!.Secret!);
        var session = Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Personalise(provisional, own)).Session;
        Assert.Equal(FirstConnectionStep.ContactDetails, (await fritz.Sessions.Check(session))!.Due); // everything from the beginning
        await fritz.Contact.Confirm(session, (await fritz.Contact.Read(session))!);
        var data = Assert.IsType<ExportOutcome.Exported>(await fritz.Account.Export(session, own)).Data;
        Assert.Equal([new ClosedAccountRecord(cluster.Now, "2026-01", cluster.Now)], data.ClosedAccounts);
        Assert.Equal(Samples.OtherEmail, data.Contact.Card.Email);
    }

    [Fact]
    public async Task A_sign_up_begun_again_and_left_alone_leaves_no_name_behind_and_takes_no_proof_away()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Account.Close(await fritz.Connect(), own);
        await fritz.ReceiveLetters();
        var ticket = await fritz.Declare();

        await fritz.Registration.Abandon(ticket);
        await fritz.Dispatches.Sweep(queueLost: false);

        Assert.Null(fritz.Stored!.Nir);
        Assert.Null(fritz.Stored.Identity);
        Assert.Single(fritz.Stored.Closures);
    }

    [Fact]
    public async Task With_the_account_go_the_letters_links_codes_and_passwords_that_were_on_their_way()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        var provisional = await fritz.Recover();
        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        await fritz.Contact.ChangeEmail(session, own, Samples.OtherEmail);
        Assert.True(EmailLink.TryParse((await fritz.ReceiveLetters())[0].Secret, out _, out var link));
        var owed = await fritz.RequestDepartment(session, "2A");
        await fritz.Credentials.Recover(Samples.Email);
        var forgotten = Assert.Single(cluster.Queue.TakeJobs(fritz.Key)).Dispatch;

        Assert.Equal(CloseOutcome.Closed, await fritz.Account.Close(session, own));

        Assert.Equal(EmailProof.Invalid, await fritz.Contact.ProveEmail(link));
        Assert.Equal(new SignInOutcome.Refused(), await fritz.Credentials.SignIn(new(provisional), Samples.Origin));
        Assert.Equal(new SignInOutcome.Refused(), await fritz.Credentials.SignIn(new(code.Value), Samples.Origin));
        cluster.Clock.Advance(cluster.Policy.CodeDelay);
        Assert.Null(await fritz.Dispatches.Take(owed));
        Assert.Null(await fritz.Dispatches.Take(forgotten));
    }

    [Fact]
    public async Task Whoever_guesses_at_a_closed_account_meets_what_he_meets_where_there_was_none()
    {
        var (closed, never) = (cluster.NewAdherent(), cluster.NewAdherent(known: false));
        await closed.Account.Close(await closed.Connect(), own);
        await closed.ReceiveLetters();

        foreach (var adherent in new[] { closed, never })
        {
            cluster.Rows.TakeNotes(adherent.Key);
            var guess = $"guess {adherent.Key}";
            for (var i = 0; i < 7; i++)
                Assert.Equal(new SignInOutcome.Refused(), await adherent.Credentials.SignIn(new(guess), Samples.Origin));
            Assert.Equal(5, cluster.Hasher.HashesOf(guess));
            Assert.Equal(["written", "written", "written", "written", "queued", "written"], cluster.Rows.TakeNotes(adherent.Key));
            Assert.Empty(await adherent.ReceiveLetters());
        }
    }

    [Fact]
    public async Task Ten_requests_at_once_close_one_account_and_send_one_letter()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => fritz.Account.Close(session, own)));

        Assert.Single(outcomes, CloseOutcome.Closed);
        Assert.Equal(9, outcomes.Count(outcome => outcome == CloseOutcome.NotAllowed));
        Assert.Single(fritz.Stored!.Closures);
        Assert.Single(await fritz.ReceiveLetters());
    }

    [Fact]
    public async Task Closing_and_signing_up_again_gives_no_more_letters_in_an_hour_to_whoever_forgot_his_password()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        for (var i = 0; i < 3; i++)
            await fritz.Recover();
        await fritz.Account.Close(session, own);
        await fritz.ReceiveLetters();
        await fritz.Connect();

        await fritz.Credentials.Recover(Samples.Email);

        Assert.Empty(await fritz.ReceiveLetters());
    }
}
