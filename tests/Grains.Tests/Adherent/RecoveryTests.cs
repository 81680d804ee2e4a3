using System.Text.Json;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Storage;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>A password that was forgotten.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class RecoveryTests(AdherentCluster cluster)
{
    private const string Another = "Tilleul-Ardoise7";

    private static readonly SignInOutcome refused = new SignInOutcome.Refused();

    [Fact]
    public async Task A_forgotten_password_is_good_until_the_one_that_comes_by_mail_has_been_used()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();

        await fritz.Credentials.Recover(Samples.Email);

        var letter = Assert.Single(await fritz.ReceiveLetters());
        Assert.Equal(
            (LetterKind.NewProvisionalPassword, Samples.Email, "LAMY FRITZ", cluster.Now.AddDays(3)),
            (letter.Kind, letter.To, letter.RecipientName, letter.ExpiresAt));
        Assert.Equal(FirstConnectionStep.None, (await fritz.SignIn(TestAdherent.OwnPassword)).Due);
        var (session, due) = await fritz.SignIn(letter.Secret!);
        Assert.Equal(FirstConnectionStep.Password, due);
        Assert.Null(await fritz.Space.Home(session));
        Assert.Equal(FirstConnectionStep.None, (await fritz.SignIn(TestAdherent.OwnPassword)).Due);

        var changed = Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Personalise(session, new(Another)));

        Assert.NotNull(await fritz.Space.Home(changed.Session)); // his contact details are confirmed since long
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(TestAdherent.OwnPassword), Samples.Origin));
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(letter.Secret!), Samples.Origin));
        Assert.Equal(FirstConnectionStep.None, (await fritz.SignIn(Another)).Due);
        Assert.Equal((LetterKind.PasswordChanged, Samples.Email, null), Told(Assert.Single(await fritz.ReceiveLetters())));
    }

    [Fact]
    public async Task Whatever_was_typed_one_mailbox_is_asked_one_job_queued_and_one_row_written_and_nothing_else_is_done()
    {
        var people = new Dictionary<string, (TestAdherent Adherent, EmailAddress Typed)>
        {
            ["right"] = (cluster.NewAdherent(), Samples.Email),
            ["right, in another case"] = (cluster.NewAdherent(), EmailAddress.Parse("FRITZ.LAMY@EXAMPLE.FR")),
            ["another address"] = (cluster.NewAdherent(), Samples.OtherEmail),
            ["a number nobody has"] = (cluster.NewAdherent(known: false), Samples.Email),
            ["somebody who has not signed up"] = (cluster.NewAdherent(), Samples.Email),
            ["a sign-up under way"] = (cluster.NewAdherent(), Samples.Email),
            ["never opened"] = (cluster.NewAdherent(), Samples.Email),
            ["closed"] = (cluster.NewAdherent(), Samples.Email),
            ["too many"] = (cluster.NewAdherent(), Samples.Email),
            ["locked"] = (cluster.NewAdherent(), Samples.Email),
        };
        foreach (var name in new[] { "right", "right, in another case", "another address", "closed", "too many", "locked" })
        {
            var session = await people[name].Adherent.Connect();
            if (name == "closed")
                Assert.Equal(CloseOutcome.Closed, await people[name].Adherent.Account.Close(session, new(TestAdherent.OwnPassword)));
        }
        await people["a sign-up under way"].Adherent.Declare();
        await people["never opened"].Adherent.ReceiveProvisionalPassword();
        await people["locked"].Adherent.GuessWrong();
        for (var i = 0; i < 3; i++)
            await people["too many"].Adherent.Credentials.Recover(Samples.Email);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));

        foreach (var (name, (adherent, typed)) in people)
        {
            cluster.Rows.TakeNotes(adherent.Key);
            cluster.Queue.TakeJobs(adherent.Key);
            var (reads, version) = (cluster.Registry.ReadsOf(adherent.Key), cluster.Rows.Version(adherent.Key));

            await adherent.Credentials.Recover(typed);

            Assert.Equal((name, "asked the mailbox, queued, written"), (name, string.Join(", ", cluster.Rows.TakeNotes(adherent.Key))));
            Assert.Equal((reads, version + 1), (cluster.Registry.ReadsOf(adherent.Key), cluster.Rows.Version(adherent.Key)));
        }

        string[] sent = ["right", "right, in another case", "never opened", "locked"];
        foreach (var (name, (adherent, _)) in people)
            Assert.Equal((name, sent.Contains(name) ? "NewProvisionalPassword" : ""), (name, string.Join(", ", (await adherent.ReceiveLetters()).Select(l => l.Kind))));
    }

    [Fact]
    public async Task The_job_of_a_request_that_led_to_nothing_finds_nothing()
    {
        var (fritz, stranger) = (cluster.NewAdherent(), cluster.NewAdherent(known: false));
        await fritz.Connect();

        foreach (var adherent in new[] { fritz, stranger })
        {
            await adherent.Credentials.Recover(Samples.OtherEmail);

            var (dispatch, notBefore) = Assert.Single(cluster.Queue.TakeJobs(adherent.Key));
            Assert.Null(notBefore);
            Assert.Null(await adherent.Dispatches.Take(dispatch));
            Assert.False(adherent.Stored!.OwesLetter);
        }
    }

    [Fact]
    public async Task A_hundred_requests_at_once_send_three_letters_at_most()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => fritz.Credentials.Recover(Samples.Email)));

        Assert.Equal(3, fritz.Stored!.Recovery.Granted.Count);
        var letters = await fritz.ReceiveLetters();
        Assert.InRange(letters.Count, 1, 3);
        Assert.All(letters, letter => Assert.Equal((LetterKind.NewProvisionalPassword, Samples.Email), (letter.Kind, letter.To)));
    }

    [Fact]
    public async Task A_fourth_letter_leaves_once_the_first_is_an_hour_old_and_not_a_tick_earlier()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        var begun = cluster.Now;
        for (var i = 0; i < 3; i++)
        {
            await fritz.Recover();
            cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        cluster.Clock.Advance(begun + TimeSpan.FromHours(1) - TimeSpan.FromTicks(1) - cluster.Now);
        await fritz.Deactivate();
        await fritz.Credentials.Recover(Samples.Email);
        Assert.Empty(await fritz.ReceiveLetters());
        cluster.Clock.Advance(TimeSpan.FromTicks(1));
        await fritz.SignIn(await fritz.Recover());
        await fritz.Credentials.Recover(Samples.Email);
        Assert.Empty(await fritz.ReceiveLetters());
    }

    [Fact]
    public async Task Wrong_addresses_use_up_nothing_of_the_owner_s_three_letters()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => fritz.Credentials.Recover(EmailAddress.Parse($"guess{i}@example.fr"))));
        cluster.Queue.TakeJobs(fritz.Key);

        for (var i = 0; i < 3; i++)
            await fritz.Recover();
    }

    [Fact]
    public async Task A_stranger_who_asks_takes_nothing_from_the_owner_and_gets_nothing()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var before = fritz.Stored!;

        await fritz.Credentials.Recover(Samples.Email);
        await fritz.Credentials.Recover(Samples.OtherEmail);

        var letter = Assert.Single(await fritz.ReceiveLetters());
        Assert.Equal(Samples.Email, letter.To);
        Assert.NotNull(await fritz.Sessions.Check(session));
        Assert.NotNull(await fritz.Space.Home(session));
        Assert.Equal(before.Credentials.Personal, fritz.Stored!.Credentials.Personal);
        Assert.Equal(FirstConnectionStep.None, (await fritz.SignIn(TestAdherent.OwnPassword)).Due);
        await fritz.GuessWrong(4); // the request does not wipe failures, nor count as one
        Assert.Equal(4, fritz.Stored!.Credentials.Lockout.Failures);
    }

    [Fact]
    public async Task Only_the_password_of_the_last_letter_opens()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        var (first, second) = (await fritz.Recover(), await fritz.Recover());

        Assert.Equal(refused, await fritz.Credentials.SignIn(new(first), Samples.Origin));
        await fritz.SignIn(second);
    }

    [Fact]
    public async Task The_password_of_one_adherent_opens_nobody_else_s_account()
    {
        var (fritz, other) = (cluster.NewAdherent(), cluster.NewAdherent());
        await fritz.Connect();
        await other.Connect();
        await other.Recover();

        Assert.Equal(refused, await other.Credentials.SignIn(new(await fritz.Recover()), Samples.Origin));
    }

    [Fact]
    public async Task What_a_stranger_s_request_leaves_of_somebody_unknown_says_nothing_of_him_and_is_erased_after_an_hour()
    {
        var stranger = cluster.NewAdherent(known: false);
        await stranger.Credentials.Recover(Samples.Email);

        Assert.Equal(cluster.Now.AddHours(1), stranger.Stored!.DueAt);
        Assert.Equal(new AdherentState { Owner = stranger.Key, Recovery = stranger.Stored!.Recovery }, stranger.Stored);
        Assert.DoesNotContain("example", JsonSerializer.Serialize(stranger.Stored!, AdherentStateJson.Default.AdherentState), StringComparison.Ordinal);

        cluster.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        await stranger.Dispatches.Sweep(queueLost: false);
        Assert.NotNull(stranger.Stored);
        cluster.Clock.Advance(TimeSpan.FromTicks(1));
        await stranger.Dispatches.Sweep(queueLost: false);
        Assert.Null(stranger.Stored);
    }

    [Fact]
    public async Task A_lock_refuses_the_new_password_too_until_it_is_over()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        await fritz.GuessWrong();
        await fritz.ReceiveLetters();
        var password = await fritz.Recover();

        Assert.Equal(refused, await fritz.Credentials.SignIn(new(password), Samples.Origin));
        cluster.Clock.Advance(TimeSpan.FromMinutes(15));
        await fritz.SignIn(password);
    }

    private static (LetterKind Kind, EmailAddress To, string? Secret) Told(Letter letter) => (letter.Kind, letter.To, letter.Secret);
}
