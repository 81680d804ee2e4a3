using System.Text;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Sessions;

namespace MsaOrleans.Grains.Tests.Adherent;

[Collection(AdherentCluster.SharedClock)]
public sealed class CredentialsTests(AdherentCluster cluster)
{
    private const string Another = "Tilleul-Ardoise7";

    private static readonly SignInOutcome refused = new SignInOutcome.Refused();
    private static readonly PasswordChangeOutcome notDue = new PasswordChangeOutcome.NotDue();
    private static readonly Password own = new(TestAdherent.OwnPassword);
    private static readonly Password wrong = new("Mauvais-Mot-1");

    [Fact]
    public async Task A_thousand_wrong_guesses_at_once_reach_the_hasher_five_times_and_lock_out_the_right_one()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        var guess = $"guess {fritz.Key}";

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => fritz.Credentials.SignIn(new(guess), Samples.Origin)));

        Assert.All(outcomes, outcome => Assert.Equal(refused, outcome));
        Assert.Equal(5, cluster.Hasher.HashesOf(guess));
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(TestAdherent.OwnPassword), Samples.Origin));
        await fritz.Deactivate();
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(TestAdherent.OwnPassword), Samples.Origin));
        cluster.Clock.Advance(TimeSpan.FromMinutes(15));
        await fritz.SignIn(TestAdherent.OwnPassword);
    }

    [Fact]
    public async Task A_lock_that_a_stranger_has_put_on_a_number_does_not_await_its_owner_after_his_sign_up()
    {
        var fritz = cluster.NewAdherent();
        await fritz.GuessWrong();
        Assert.True(fritz.Stored!.Credentials.Lockout.HoldsAt(cluster.Now));
        Assert.Empty(await fritz.ReceiveLetters());
        await fritz.SignIn(await fritz.ReceiveProvisionalPassword());
    }

    [Fact]
    public async Task Somebody_unknown_costs_counts_and_locks_as_somebody_known()
    {
        var adherents = new[] { cluster.NewAdherent(), cluster.NewAdherent(), cluster.NewAdherent(known: false) };
        await adherents[0].Connect();

        foreach (var adherent in adherents)
        {
            var guess = $"guess {adherent.Key}";
            var before = cluster.Rows.Version(adherent.Key);
            for (var i = 1; i <= 5; i++)
            {
                Assert.Equal(refused, await adherent.Credentials.SignIn(new(guess), Samples.Origin));
                Assert.Equal(i, cluster.Hasher.HashesOf(guess));
                Assert.Equal(before + i, cluster.Rows.Version(adherent.Key));
            }
            Assert.Equal(refused, await adherent.Credentials.SignIn(new(guess), Samples.Origin));
            Assert.Equal(5, cluster.Hasher.HashesOf(guess));
            Assert.Equal(cluster.Now.AddMinutes(15), adherent.Stored!.Credentials.Lockout.Until);
        }
    }

    [Fact]
    public async Task Locks_double_and_a_success_begins_anew()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        foreach (var minutes in new[] { 15, 30, 60 })
        {
            for (var i = 0; i < 5; i++)
                await fritz.Credentials.SignIn(new("wrong"), Samples.Origin);
            Assert.Equal(cluster.Now.AddMinutes(minutes), fritz.Stored!.Credentials.Lockout.Until);
            cluster.Clock.Advance(TimeSpan.FromMinutes(minutes));
        }

        await fritz.SignIn(TestAdherent.OwnPassword);

        Assert.True(fritz.Stored!.Credentials.Lockout.IsClean);
    }

    [Fact]
    public async Task Every_password_of_one_letter_works_until_one_is_used()
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.SignUp();
        var first = (await fritz.Dispatches.Take(dispatch))!.Secret!;
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        var second = (await fritz.Dispatches.Take(dispatch))!.Secret!;

        Assert.NotEqual(first, second);
        Assert.Single(fritz.Stored!.Credentials.Provisional!.Hashes.Select(h => h.Salt).Distinct());
        await fritz.SignIn(first);
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(second), Samples.Origin));
        await fritz.SignIn(first);
    }

    [Fact]
    public async Task A_provisional_password_that_has_expired_opens_nothing_and_says_so_to_whoever_shows_it_and_nobody_else()
    {
        var fritz = cluster.NewAdherent();
        var password = await fritz.ReceiveProvisionalPassword();
        cluster.Clock.Advance(TimeSpan.FromDays(3) - TimeSpan.FromTicks(1));
        await fritz.SignIn(password);
        var right = cluster.Hasher.HashesOf(password);
        cluster.Clock.Advance(TimeSpan.FromTicks(1));
        var (version, before) = (cluster.Rows.Version(fritz.Key), fritz.Stored!);
        cluster.Queue.TakeJobs(fritz.Key);

        for (var i = 1; i <= 7; i++)
        {
            Assert.Equal(new SignInOutcome.Expired(), await fritz.Credentials.SignIn(new(password), Samples.Origin));
            Assert.Equal(right + i, cluster.Hasher.HashesOf(password)); // as long as it was good
        }

        Assert.Equal(version, cluster.Rows.Version(fritz.Key));
        Assert.True(before.Credentials.Lockout.IsClean); // no failure is counted
        Assert.Equal(before.Sessions.Open, fritz.Stored!.Sessions.Open);
        Assert.Equal(before.Credentials.SignIns, fritz.Stored!.Credentials.SignIns);
        Assert.Empty(cluster.Queue.TakeJobs(fritz.Key));
        Assert.Equal(refused, await cluster.NewAdherent(known: false).Credentials.SignIn(new(password), Samples.Origin));
    }

    [Fact]
    public async Task A_wrong_guess_of_its_shape_is_refused_and_costs_and_counts_the_same_whether_or_not_one_has_expired()
    {
        var (lapsed, forgot, connected, unknown) = (cluster.NewAdherent(), cluster.NewAdherent(), cluster.NewAdherent(), cluster.NewAdherent(known: false));
        await lapsed.ReceiveProvisionalPassword();
        await forgot.Connect();
        await forgot.Recover();
        cluster.Clock.Advance(TimeSpan.FromDays(3));
        await connected.Connect();

        foreach (var adherent in new[] { lapsed, forgot, connected, unknown })
        {
            var (guess, version) = (PasswordGenerator.New().Value, cluster.Rows.Version(adherent.Key));
            Assert.Equal(refused, await adherent.Credentials.SignIn(new(guess), Samples.Origin));
            Assert.Equal(
                (2, version + 1, 1),
                (cluster.Hasher.HashesOf(guess), cluster.Rows.Version(adherent.Key), adherent.Stored!.Credentials.Lockout.Failures));
        }
    }

    [Fact]
    public async Task A_lock_does_not_tell_whether_a_provisional_password_was_right_once()
    {
        var fritz = cluster.NewAdherent();
        var password = await fritz.ReceiveProvisionalPassword();
        cluster.Clock.Advance(TimeSpan.FromDays(3));
        await fritz.GuessWrong();
        var computed = cluster.Hasher.HashesOf(password);

        Assert.Equal(refused, await fritz.Credentials.SignIn(new(password), Samples.Origin));
        Assert.Equal(computed, cluster.Hasher.HashesOf(password));
    }

    [Fact]
    public async Task What_a_wrong_guess_costs_depends_on_its_shape_and_on_nobody_s_state()
    {
        var (signingUp, lapsed, connected, waiting) = (cluster.NewAdherent(), cluster.NewAdherent(), cluster.NewAdherent(), cluster.NewAdherent());
        await lapsed.ReceiveProvisionalPassword();
        await connected.Connect();
        var session = await waiting.Connect();
        await waiting.RequestDepartment(session, "2A");
        await waiting.ReceiveCode(session);
        await signingUp.ReceiveProvisionalPassword();

        foreach (var adherent in new[] { signingUp, lapsed, connected, waiting, cluster.NewAdherent(known: false) })
        {
            var (provisional, code, any) = (PasswordGenerator.New().Value, ConfidentialCode.New().Value, $"guess {adherent.Key}");
            var small = $" {ConfidentialCode.New().Value.ToLowerInvariant()}";
            Assert.True(ConfidentialCode.TryParse(small, out var read));
            foreach (var guess in new[] { provisional, code, small, any })
                Assert.Equal(refused, await adherent.Credentials.SignIn(new(guess), Samples.Origin));

            Assert.Equal(
                (2, 2, 1, 1, 1),
                (Cost(provisional), Cost(code), Cost(small), Cost(read.Value), Cost(any)));
        }

        int Cost(string guess) => cluster.Hasher.HashesOf(guess);
    }

    [Fact]
    public async Task Comparing_with_all_the_codes_of_an_adherent_costs_one_hash()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var (one, other) = (await fritz.RequestDepartment(session, "01"), await fritz.RequestDepartment(session, "2A"));
        cluster.Clock.Advance(cluster.Policy.CodeDelay);
        var codes = new[] { await fritz.TakeCode(one), await fritz.TakeCode(other) };
        cluster.Clock.Advance(Dispatches.Lease);
        codes = [.. codes, await fritz.TakeCode(one), await fritz.TakeCode(other)];
        (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        var guess = ConfidentialCode.New();

        Assert.Equal(4, codes.Distinct().Count());
        Assert.Equal(4, fritz.Stored!.Enrolments.CodesAt(cluster.Now).Count);
        Assert.Equal(new CodeOutcome.Wrong(4), await fritz.Enrolments.EnterCode(session, "01", guess));
        Assert.Equal(1, cluster.Hasher.HashesOf(guess.Value));
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(guess.Value), Samples.Origin));
        Assert.Equal(3, cluster.Hasher.HashesOf(guess.Value));
    }

    [Fact]
    public async Task The_sign_in_before_this_one_is_shown()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        var before = cluster.Now;
        cluster.Clock.Advance(TimeSpan.FromDays(2));

        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);

        Assert.Equal(before, (await fritz.Space.Home(session))!.PreviousSignIn);
    }

    [Theory]
    [InlineData(" {0}")]
    [InlineData("{0}\r\n")]
    [InlineData("\u00A0{0} ")]
    public async Task A_provisional_password_pasted_with_blanks_is_good_to_sign_in_and_no_new_password(string pasted)
    {
        var fritz = cluster.NewAdherent();
        var typed = string.Format(System.Globalization.CultureInfo.InvariantCulture, pasted, await fritz.ReceiveProvisionalPassword());

        var (session, _) = await fritz.SignIn(typed);

        Assert.Equal(new PasswordChangeOutcome.Rejected(PasswordFlaws.Provisional), await fritz.Credentials.Personalise(session, new(typed)));
    }

    [Theory]
    [InlineData("Kp7m-Rt4w-Xh9c")]
    [InlineData("Kp7m-Rt4w-Xh9c ")]
    [InlineData(" Soleil-Vert-7 ")]
    [InlineData(" Passage Lune 7")]
    [InlineData("Passage-Lune7\u00A0")]
    public async Task The_password_he_has_chosen_opens_typed_the_same_way(string chosen)
    {
        var fritz = cluster.NewAdherent();
        await fritz.Personalise(chosen);

        Assert.Equal(FirstConnectionStep.ContactDetails, (await fritz.SignIn(chosen)).Due);
    }

    [Fact]
    public async Task A_letter_whose_password_was_used_has_arrived_even_if_its_worker_never_said_so()
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.SignUp();
        var letter = await fritz.Dispatches.Take(dispatch);
        var (session, _) = await fritz.SignIn(letter!.Secret!);
        await fritz.Credentials.Personalise(session, new(TestAdherent.OwnPassword));

        cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        await fritz.Dispatches.Sweep(queueLost: true);

        Assert.Empty(cluster.Queue.TakeJobs(fritz.Key));
        Assert.Null(await fritz.Dispatches.Take(dispatch));
        Assert.Null(fritz.Stored!.Credentials.Provisional);
    }

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

    [Fact]
    public async Task Guesses_on_every_page_at_once_reach_the_hasher_five_times()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var guess = new Password($"guess {fritz.Key}");

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => (i % 5) switch
        {
            0 => fritz.Credentials.SignIn(guess, Samples.Origin),
            1 => fritz.Credentials.Change(session, guess, new(Another)),
            2 => fritz.Contact.ChangeEmail(session, guess, Samples.OtherEmail),
            3 => fritz.Account.Export(session, guess),
            _ => (Task)fritz.Account.Close(session, guess),
        }));

        Assert.Equal(5, cluster.Hasher.HashesOf(guess.Value));
        Assert.NotNull(fritz.Stored!.Registration.Completed);
    }

    [Fact]
    public async Task Each_lock_is_told_once_with_its_end()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();

        foreach (var minutes in new[] { 15, 30 })
        {
            await fritz.GuessWrong(4);
            Assert.Empty(cluster.Queue.TakeJobs(fritz.Key));
            await fritz.GuessWrong(10);
            var letter = Assert.Single(await fritz.ReceiveLetters());
            Assert.Equal(
                (LetterKind.SignInLocked, Samples.Email, null, cluster.Now.AddMinutes(minutes)),
                (letter.Kind, letter.To, letter.Secret, letter.ExpiresAt));
            cluster.Clock.Advance(TimeSpan.FromMinutes(minutes));
        }
    }

    [Fact]
    public async Task A_lock_costs_one_job_and_one_write_whoever_it_is_about_and_only_accounts_are_told()
    {
        var (connected, unopened, signingUp, unknown) = (cluster.NewAdherent(), cluster.NewAdherent(), cluster.NewAdherent(), cluster.NewAdherent(known: false));
        await connected.Connect();
        await unopened.ReceiveProvisionalPassword();
        await signingUp.Declare();

        foreach (var (adherent, told) in new[] { (connected, 1), (unopened, 1), (signingUp, 0), (unknown, 0) })
        {
            cluster.Rows.TakeNotes(adherent.Key);
            await adherent.GuessWrong(7);
            Assert.Equal(["written", "written", "written", "written", "queued", "written"], cluster.Rows.TakeNotes(adherent.Key));
            Assert.Equal(told, (await adherent.ReceiveLetters()).Count);
        }
    }

    [Fact]
    public async Task A_letter_about_a_lock_that_is_over_does_not_leave()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        await fritz.GuessWrong();
        var dispatch = Assert.Single(cluster.Queue.TakeJobs(fritz.Key)).Dispatch;
        await fritz.Dispatches.Take(dispatch);
        await fritz.Dispatches.Fail(dispatch, new(Permanent: false, "Timed out."));
        cluster.Clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromTicks(1));
        Assert.NotNull(await fritz.Dispatches.Take(dispatch));
        await fritz.Dispatches.Fail(dispatch, new(Permanent: false, "Timed out."));

        cluster.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(await fritz.Dispatches.Take(dispatch));
        Assert.False(fritz.Stored!.OwesLetter);
    }

    [Fact]
    public async Task Stronger_parameters_apply_from_the_next_sign_in_and_the_old_hash_is_gone()
    {
        var (fritz, guessed) = (cluster.NewAdherent(), cluster.NewAdherent());
        await fritz.Connect();
        await guessed.Connect();
        var before = fritz.Stored!.Credentials.Personal!;
        try
        {
            cluster.Hasher.Passes++;
            await guessed.GuessWrong(1);
            Assert.Equal(before.Passes, guessed.Stored!.Credentials.Personal!.Passes);

            await fritz.SignIn(TestAdherent.OwnPassword);

            var after = fritz.Stored!.Credentials.Personal!;
            Assert.Equal(cluster.Hasher.Passes, after.Passes);
            Assert.NotEqual(before.Salt, after.Salt);
            await fritz.SignIn(TestAdherent.OwnPassword);
            Assert.Equal(after, fritz.Stored!.Credentials.Personal); // once
            Assert.Equal(refused, await fritz.Credentials.SignIn(wrong, Samples.Origin));
        }
        finally
        {
            cluster.Hasher.Passes--;
        }
        await fritz.SignIn(TestAdherent.OwnPassword); // weaker ones do not weaken it
        Assert.Equal(before.Passes + 1, fritz.Stored!.Credentials.Personal!.Passes);
    }

    [Fact]
    public async Task A_registry_that_is_broken_closes_no_door_and_is_asked_another_time()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        fritz.MoveTo("67", "68", "2A");
        cluster.Registry.Break(fritz.Key);

        var (session, due) = await fritz.SignIn(TestAdherent.OwnPassword);
        Assert.Equal(FirstConnectionStep.None, due);
        Assert.Equal((null, Samples.Email), ((await fritz.Contact.Account(session))!.Address, (await fritz.Contact.Account(session))!.Card.Email));
        Assert.Equal(["67", "68"], fritz.Stored!.Enrolments.Departments.Select(d => d.Department));
        await Assert.ThrowsAnyAsync<Exception>(() => fritz.Account.Export(session, own)); // half of his data is not his data
        Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Change(session, own, new(Another)));

        cluster.Registry.Mend(fritz.Key);
        await fritz.SignIn(Another);
        Assert.Equal(["67", "68", "2A"], fritz.Stored!.Enrolments.Departments.Select(d => d.Department));
    }
}
