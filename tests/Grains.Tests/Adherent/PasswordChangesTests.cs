using System.Text;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Sessions;

namespace MsaOrleans.Grains.Tests.Adherent;

[Collection(AdherentCluster.SharedClock)]
public sealed class PasswordChangesTests(AdherentCluster cluster)
{
    private const string Another = "Tilleul-Ardoise7";
    private static readonly SignInOutcome refused = new SignInOutcome.Refused();
    private static readonly PasswordChangeOutcome notDue = new PasswordChangeOutcome.NotDue();
    private static readonly Password own = new(TestAdherent.OwnPassword);
    private static readonly Password wrong = new("Mauvais-Mot-1");

    [Fact]
    public async Task He_changes_his_password_with_the_one_he_has_every_session_ends_and_he_is_told_by_mail()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var (other, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));

        var changed = Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Change(session, own, new(Another)));

        Assert.Null(await fritz.Sessions.Check(session));
        Assert.Null(await fritz.Sessions.Check(other));
        Assert.Equal(FirstConnectionStep.None, (await fritz.Sessions.Check(changed.Session))!.Due);
        Assert.Equal(new OpenSessionSummary(IsThisOne: true, cluster.Now, cluster.Now, Samples.Origin), Assert.Single((await fritz.Sessions.Overview(changed.Session))!.Open));
        Assert.Equal(refused, await fritz.Credentials.SignIn(own, Samples.Origin));
        await fritz.SignIn(Another);
        Assert.Equal(cluster.Now, fritz.Stored!.Credentials.PersonalSince);
        var letter = Assert.Single(await fritz.ReceiveLetters());
        Assert.Equal((LetterKind.PasswordChanged, Samples.Email, null), (letter.Kind, letter.To, letter.Secret));
    }

    [Fact]
    public async Task A_change_is_queued_before_it_is_written_and_in_one_write()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        cluster.Rows.TakeNotes(fritz.Key);

        await fritz.Credentials.Change(session, own, new(Another));

        Assert.Equal(["queued", "written"], cluster.Rows.TakeNotes(fritz.Key));
    }

    [Fact]
    public async Task A_session_that_is_over_or_owes_something_first_changes_no_password()
    {
        var fritz = cluster.NewAdherent();
        var halfway = await fritz.Personalise();
        Assert.Equal(notDue, await fritz.Credentials.Change(halfway, own, new(Another)));
        await fritz.Contact.Confirm(halfway, (await fritz.Contact.Read(halfway))!);
        var (obliged, _) = await fritz.SignIn(await fritz.Recover());
        var (signedOut, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        await fritz.Sessions.SignOut(signedOut);
        var foreign = await cluster.NewAdherent().Connect();

        foreach (var session in new[] { obliged, signedOut, foreign, SessionToken.New() })
            Assert.Equal(notDue, await fritz.Credentials.Change(session, own, new(Another)));
        var before = Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Change(halfway, own, new(Another))).Session;
        Assert.Equal(notDue, await fritz.Credentials.Change(halfway, new(Another), own)); // the session from before the change
        Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Change(before, new(Another), new("Bouleau-Granit8")));
        Assert.Equal(notDue, await fritz.Credentials.Change(before, new("Bouleau-Granit8"), own));
        await fritz.SignIn("Bouleau-Granit8");
    }

    [Fact]
    public async Task A_change_after_a_forgotten_password_voids_the_provisional_one()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var provisional = await fritz.Recover();
        var (obliged, _) = await fritz.SignIn(provisional);

        Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Change(session, own, new(Another)));

        Assert.Null(await fritz.Sessions.Check(obliged));
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(provisional), Samples.Origin));
    }

    [Theory]
    [InlineData("Passage-Lune7", PasswordFlaws.Current)]
    [InlineData("Vent7-a", PasswordFlaws.TooShort)]
    [InlineData("vkqzpwmx", PasswordFlaws.TooFewClasses)]
    [InlineData("vkqzPWMX", PasswordFlaws.TooFewClasses)]
    [InlineData("vkqz-pwm", PasswordFlaws.TooFewClasses)]
    [InlineData("Vive-Lamy7", PasswordFlaws.ContainsName)]
    [InlineData("Azerty123!", PasswordFlaws.Common)]
    [InlineData("Vent-12/09/1963", PasswordFlaws.ContainsBirthDate)]
    public async Task What_he_may_not_choose_is_told_and_changes_nothing(string chosen, PasswordFlaws flaws)
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var version = cluster.Rows.Version(fritz.Key);

        Assert.Equal(new PasswordChangeOutcome.Rejected(flaws), await fritz.Credentials.Change(session, own, new(chosen)));

        Assert.Equal(version, cluster.Rows.Version(fritz.Key));
        Assert.NotNull(await fritz.Space.Home(session));
        Assert.Empty(cluster.Queue.TakeJobs(fritz.Key));
    }

    [Fact]
    public async Task Neither_his_number_nor_a_password_or_code_that_came_by_mail_may_be_chosen()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        var provisional = await fritz.Recover();
        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);

        Assert.Equal(new PasswordChangeOutcome.Rejected(PasswordFlaws.ContainsNir), await fritz.Credentials.Change(session, own, new($"Ab-{fritz.Nir.Value}")));
        foreach (var sent in new[] { provisional, $" {provisional}", $"-{code.Value[..5].ToLowerInvariant()} {code.Value[5..]}" })
            Assert.Equal(new PasswordChangeOutcome.Rejected(PasswordFlaws.Provisional), await fritz.Credentials.Change(session, own, new(sent)));
        cluster.Clock.Advance(TimeSpan.FromDays(3));
        (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        Assert.Equal(new PasswordChangeOutcome.Rejected(PasswordFlaws.Provisional), await fritz.Credentials.Change(session, own, new(provisional)));
    }

    [Theory]
    [InlineData(50, "\U0001F404")]
    [InlineData(50, "e\u0301")]
    [InlineData(50, "\uFB01", 2)]
    [InlineData(50, "q\u0303", 2)]
    [InlineData(49, "\U0001F469\u200D\U0001F33E", 3)]
    public async Task Fifty_characters_of_any_alphabet_are_taken_and_open_and_one_more_is_not(int length, string filling, int charactersEach = 1)
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var chosen = "kV8#" + string.Concat(Enumerable.Repeat(filling, (length - 4) / charactersEach));
        chosen += new string('x', 50 - new Password(chosen).Length);
        Assert.Equal(50, new Password(chosen).Length);

        Assert.Equal(new PasswordChangeOutcome.Rejected(PasswordFlaws.TooLong), await fritz.Credentials.Change(session, own, new(chosen + filling)));
        Assert.Equal(new PasswordChangeOutcome.Rejected(PasswordFlaws.TooLong), await fritz.Credentials.Change(session, own, new(chosen + "x")));
        Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Change(session, own, new(chosen)));

        await fritz.SignIn(chosen.Normalize(NormalizationForm.FormC));
        await fritz.SignIn(chosen.Normalize(NormalizationForm.FormD));
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(chosen[..^1]), Samples.Origin)); // nothing is cut off
    }

    [Fact]
    public async Task Accents_typed_as_one_character_or_as_two_are_one_password_everywhere()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var (composed, decomposed) = ("Pr\u00E9-Ch\u00EAne-7", "Pre\u0301-Che\u0302ne-7");
        Assert.NotEqual(composed, decomposed);

        session = Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Change(session, own, new(decomposed))).Session;
        await fritz.SignIn(composed);
        Assert.Equal(new PasswordChangeOutcome.Rejected(PasswordFlaws.Current), await fritz.Credentials.Change(session, new(composed), new(decomposed)));
        Assert.Equal(new PasswordChangeOutcome.Rejected(PasswordFlaws.Current), await fritz.Credentials.Change(session, new(decomposed), new(composed)));
        Assert.Equal(refused, await fritz.Credentials.SignIn(new("Pre-Chene-7"), Samples.Origin));
        await fritz.SignIn(decomposed);
    }

    [Fact]
    public async Task The_wrong_present_password_counts_and_locks_the_session_that_guesses_and_the_page_where_one_signs_in()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();

        for (var i = 1; i <= 4; i++)
        {
            Assert.Equal(new PasswordChangeOutcome.WrongCurrent(), await fritz.Credentials.Change(session, wrong, new(Another)));
            Assert.Equal(i, fritz.Stored!.Credentials.Lockout.Failures);
        }
        Assert.Equal(new PasswordChangeOutcome.Locked(), await fritz.Credentials.Change(session, wrong, new(Another)));
        Assert.Equal(new PasswordChangeOutcome.Locked(), await fritz.Credentials.Change(session, own, new(Another)));
        Assert.Equal(refused, await fritz.Credentials.SignIn(own, Samples.Origin));
        Assert.NotNull(await fritz.Space.Home(session));

        cluster.Clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromTicks(1));
        Assert.Equal(new PasswordChangeOutcome.Locked(), await fritz.Credentials.Change(session, own, new(Another)));
        cluster.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Change(session, own, new(Another)));
    }

    [Fact]
    public async Task One_wrong_password_on_each_page_that_asks_for_it_is_five()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();

        Assert.Equal(refused, await fritz.Credentials.SignIn(wrong, Samples.Origin));
        Assert.Equal(new PasswordChangeOutcome.WrongCurrent(), await fritz.Credentials.Change(session, wrong, new(Another)));
        Assert.Equal(EmailChangeOutcome.WrongPassword, await fritz.Contact.ChangeEmail(session, wrong, Samples.OtherEmail));
        Assert.Equal(new ExportOutcome.WrongPassword(), await fritz.Account.Export(session, wrong));
        Assert.Equal(CloseOutcome.Locked, await fritz.Account.Close(session, wrong));

        Assert.Equal(EmailChangeOutcome.Locked, await fritz.Contact.ChangeEmail(session, own, Samples.OtherEmail));
        Assert.Equal(new ExportOutcome.Locked(), await fritz.Account.Export(session, own));
        Assert.Equal(LetterKind.SignInLocked, Assert.Single(await fritz.ReceiveLetters()).Kind);
    }

    [Fact]
    public async Task A_thousand_wrong_present_passwords_at_once_reach_the_hasher_five_times()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var guess = $"guess {fritz.Key}";

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => fritz.Credentials.Change(session, new(guess), new(Another))));

        Assert.Equal(5, cluster.Hasher.HashesOf(guess));
        Assert.Equal(4, outcomes.Count(outcome => outcome is PasswordChangeOutcome.WrongCurrent));
        Assert.Equal(996, outcomes.Count(outcome => outcome is PasswordChangeOutcome.Locked));
        Assert.Single(await fritz.ReceiveLetters());
    }
}
