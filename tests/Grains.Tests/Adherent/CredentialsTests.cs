using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;

namespace MsaOrleans.Grains.Tests.Adherent;

[Collection(AdherentCluster.SharedClock)]
public sealed class CredentialsTests(AdherentCluster cluster)
{
    private const string Another = "Tilleul-Ardoise7";
    private static readonly SignInOutcome refused = new SignInOutcome.Refused();
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
