using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Credentials;

namespace MsaOrleans.Grains.Tests.Adherent;

[Collection(AdherentCluster.SharedClock)]
public sealed class ProvisionalPasswordsTests(AdherentCluster cluster)
{
    private static readonly SignInOutcome refused = new SignInOutcome.Refused();

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
