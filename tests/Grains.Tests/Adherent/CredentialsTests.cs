using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;

namespace MsaOrleans.Grains.Tests.Adherent;

[Collection(AdherentCluster.SharedClock)]
public sealed class CredentialsTests(AdherentCluster cluster)
{
    private static readonly SignInOutcome refused = new SignInOutcome.Refused();

    [Fact]
    public async Task A_thousand_wrong_guesses_at_once_reach_the_hasher_five_times_and_lock_out_the_right_one()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        var guess = $"guess {fritz.Key}";

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => fritz.Credentials.SignIn(new(guess))));

        Assert.All(outcomes, outcome => Assert.Equal(refused, outcome));
        Assert.Equal(5, cluster.Hasher.HashesOf(guess));
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(TestAdherent.OwnPassword)));
        await fritz.Deactivate();
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(TestAdherent.OwnPassword)));
        cluster.Clock.Advance(TimeSpan.FromMinutes(15));
        await fritz.SignIn(TestAdherent.OwnPassword);
    }

    [Fact]
    public async Task A_lock_that_a_stranger_has_put_on_a_number_does_not_await_its_owner_after_his_sign_up()
    {
        var fritz = cluster.NewAdherent();
        for (var i = 0; i < 5; i++)
            await fritz.Credentials.SignIn(new("Mauvais-Mot-1"));
        Assert.True(fritz.Stored!.Credentials.Lockout.HoldsAt(cluster.Now));
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
                Assert.Equal(refused, await adherent.Credentials.SignIn(new(guess)));
                Assert.Equal(i, cluster.Hasher.HashesOf(guess));
                Assert.Equal(before + i, cluster.Rows.Version(adherent.Key));
            }
            Assert.Equal(refused, await adherent.Credentials.SignIn(new(guess)));
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
                await fritz.Credentials.SignIn(new("wrong"));
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
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(second)));
        await fritz.SignIn(first);
    }

    [Fact]
    public async Task An_expired_provisional_password_is_refused_like_a_wrong_one()
    {
        var fritz = cluster.NewAdherent();
        var password = await fritz.ReceiveProvisionalPassword();
        cluster.Clock.Advance(TimeSpan.FromDays(3));

        Assert.Equal(refused, await fritz.Credentials.SignIn(new(password)));
        var guess = PasswordGenerator.New().Value;
        Assert.Equal(refused, await cluster.NewAdherent(known: false).Credentials.SignIn(new(guess)));
        Assert.Equal(2, cluster.Hasher.HashesOf(guess));
        Assert.Equal(cluster.Hasher.HashesOf(guess), cluster.Hasher.HashesOf(password) - 1); // but for the one it was born with
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
                Assert.Equal(refused, await adherent.Credentials.SignIn(new(guess)));

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
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(guess.Value)));
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
}
