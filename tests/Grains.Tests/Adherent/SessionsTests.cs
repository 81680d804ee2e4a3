using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Sessions;

namespace MsaOrleans.Grains.Tests.Adherent;

[Collection(AdherentCluster.SharedClock)]
public sealed class SessionsTests(AdherentCluster cluster)
{
    private static readonly SignInOrigin onThePhone = new("Téléphone, Safari", "2001:db8:12::x");

    [Fact]
    public async Task Signing_out_ends_that_session_and_no_other()
    {
        var fritz = cluster.NewAdherent();
        var one = await fritz.Connect();
        var (other, _) = await fritz.SignIn(TestAdherent.OwnPassword);

        await fritz.Sessions.SignOut(one);

        Assert.Null(await fritz.Sessions.Check(one));
        Assert.Null(await fritz.Space.Home(one));
        Assert.Null(await fritz.Contact.Read(one));
        Assert.NotNull(await fritz.Sessions.Check(other));
    }

    [Fact]
    public async Task A_change_of_password_ends_every_other_session()
    {
        var fritz = cluster.NewAdherent();
        var password = await fritz.ReceiveProvisionalPassword();
        var (one, _) = await fritz.SignIn(password);
        var (other, _) = await fritz.SignIn(password);

        await fritz.Credentials.Personalise(one, new(TestAdherent.OwnPassword));

        Assert.Null(await fritz.Sessions.Check(one));
        Assert.Null(await fritz.Sessions.Check(other));
        Assert.Equal(new PasswordChangeOutcome.NotDue(), await fritz.Credentials.Personalise(other, new("Autre-Chose7")));
    }

    [Fact]
    public async Task A_session_ends_when_idle_and_lives_while_in_use_up_to_its_limit()
    {
        var fritz = cluster.NewAdherent();
        var busy = await fritz.Connect();
        var (idle, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        var started = cluster.Now;

        cluster.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.NotNull(await fritz.Sessions.Check(busy));
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await fritz.Sessions.Check(idle));
        while (cluster.Now - started < TimeSpan.FromHours(8) - TimeSpan.FromMinutes(15))
        {
            Assert.NotNull(await fritz.Sessions.Check(busy));
            cluster.Clock.Advance(TimeSpan.FromMinutes(15));
        }
        Assert.NotNull(await fritz.Sessions.Check(busy));
        cluster.Clock.Advance(started.AddHours(8) - cluster.Now);
        Assert.Null(await fritz.Sessions.Check(busy));
    }

    [Fact]
    public async Task Checks_are_answered_from_memory_and_written_once_a_minute_at_most()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var before = cluster.Rows.Version(fritz.Key);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => fritz.Sessions.Check(session)));
        Assert.Equal(before, cluster.Rows.Version(fritz.Key));
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => fritz.Sessions.Check(session)));
        Assert.Equal(before + 1, cluster.Rows.Version(fritz.Key));
    }

    [Fact]
    public async Task Nobody_has_a_session_by_making_one_up()
    {
        var adherents = new[] { cluster.NewAdherent(), cluster.NewAdherent(known: false) };
        var session = await adherents[0].Connect();

        foreach (var made in new[] { SessionToken.New(), new SessionToken(""), new SessionToken(new string('x', 100_000)) })
        {
            Assert.Null(await adherents[0].Sessions.Check(made));
            Assert.Null(await adherents[0].Space.Home(made));
        }
        Assert.Null(await adherents[1].Sessions.Check(session));
        Assert.Null(await adherents[1].Contact.Read(session));
        Assert.Null(adherents[1].Stored);
    }

    [Fact]
    public async Task He_sees_where_he_is_signed_in_and_how_he_signed_in_lately()
    {
        var fritz = cluster.NewAdherent();
        var home = await fritz.Connect();
        var begun = cluster.Now;
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        var phone = Assert.IsType<SignInOutcome.SignedIn>(await fritz.Credentials.SignIn(new(TestAdherent.OwnPassword), onThePhone)).Session;
        var later = cluster.Now;
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        await fritz.GuessWrong(2);
        Assert.Equal(
            new SessionTimes(cluster.Policy.Session.Idle, begun + cluster.Policy.Session.Absolute),
            (await fritz.Sessions.Check(home))!.Limits);

        var overview = (await fritz.Sessions.Overview(home))!;

        Assert.Equal(
            [new OpenSessionSummary(IsThisOne: true, begun, cluster.Now, Samples.Origin), new(IsThisOne: false, later, later, onThePhone)],
            overview.Open);
        Assert.Equal(
            [new SignInSummary(later, SignInMeans.Password, onThePhone), new(begun, SignInMeans.ProvisionalPassword, Samples.Origin)],
            overview.SignIns);
        Assert.Equal([false, true], (await fritz.Sessions.Overview(phone))!.Open.Select(s => s.IsThisOne));
    }

    [Fact]
    public async Task Sessions_that_are_over_are_not_shown_and_the_last_twenty_sign_ins_are()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        cluster.Clock.Advance(TimeSpan.FromDays(1));
        for (var i = 0; i < 25; i++)
            await fritz.SignIn(TestAdherent.OwnPassword);
        cluster.Clock.Advance(TimeSpan.FromDays(1));
        var code = await fritz.ReceiveCode((await fritz.SignIn(TestAdherent.OwnPassword)).Session);
        await fritz.SignIn(code.Value);
        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);

        var overview = (await fritz.Sessions.Overview(session))!;

        Assert.Equal(2, overview.Open.Count);
        Assert.Equal(20, overview.SignIns.Count);
        Assert.Equal([SignInMeans.Password, SignInMeans.DepartmentCode, SignInMeans.Password], overview.SignIns.Take(3).Select(s => s.Means));
    }

    [Fact]
    public async Task He_ends_his_other_sessions_and_stays_in_this_one()
    {
        var fritz = cluster.NewAdherent();
        var idle = await fritz.Connect();
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        var (one, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        var (two, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        var (obliged, _) = await fritz.SignIn(await fritz.Recover());

        Assert.Equal(2, await fritz.Sessions.CloseOthers(one)); // the idle one was over already

        foreach (var other in new[] { idle, two, obliged })
            Assert.Null(await fritz.Sessions.Check(other));
        Assert.NotNull(await fritz.Space.Home(one));
        Assert.Equal(0, await fritz.Sessions.CloseOthers(one));
    }

    [Fact]
    public async Task A_session_that_is_over_or_owes_something_first_sees_and_ends_no_other()
    {
        var (fritz, other) = (cluster.NewAdherent(), cluster.NewAdherent());
        var session = await fritz.Connect();
        var (obliged, _) = await fritz.SignIn(await fritz.Recover());
        var (signedOut, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        await fritz.Sessions.SignOut(signedOut);

        foreach (var token in new[] { obliged, signedOut, await other.Connect(), SessionToken.New() })
        {
            Assert.Null(await fritz.Sessions.Overview(token));
            Assert.Equal(0, await fritz.Sessions.CloseOthers(token));
        }
        Assert.NotNull(await fritz.Sessions.Check(session));
        Assert.NotNull(await fritz.Sessions.Check(obliged));
    }

    [Fact]
    public async Task A_token_from_before_the_change_of_password_or_the_end_of_the_account_opens_nothing()
    {
        var fritz = cluster.NewAdherent();
        var before = await fritz.Connect();
        var after = Assert.IsType<PasswordChangeOutcome.Changed>(
            await fritz.Credentials.Change(before, new(TestAdherent.OwnPassword), new("Tilleul-Ardoise7"))).Session;
        Assert.NotNull(await fritz.Sessions.Check(after));
        await fritz.Account.Close(after, new("Tilleul-Ardoise7"));
        await fritz.ReceiveLetters();
        await fritz.Connect();

        foreach (var token in new[] { before, after })
        {
            Assert.Null(await fritz.Sessions.Check(token));
            Assert.Null(await fritz.Sessions.Overview(token));
            Assert.Null(await fritz.Space.Home(token));
            Assert.Null(await fritz.Contact.Read(token));
            Assert.Null(await fritz.Contact.Account(token));
            Assert.Null(await fritz.Enrolments.Read(token));
            Assert.False(await fritz.Contact.ChangePhones(token, null, null, null));
        }
    }

    [Fact]
    public async Task A_session_of_a_provisional_password_ends_as_any_other()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        var (obliged, _) = await fritz.SignIn(await fritz.Recover());
        cluster.Clock.Advance(TimeSpan.FromMinutes(21));

        Assert.Null(await fritz.Sessions.Check(obliged));
        Assert.Equal(new PasswordChangeOutcome.NotDue(), await fritz.Credentials.Personalise(obliged, new("Tilleul-Ardoise7")));
        await fritz.SignIn(TestAdherent.OwnPassword);
    }
}
