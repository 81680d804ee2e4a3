using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Tests.Adherent;

[Collection(AdherentCluster.SharedClock)]
public sealed class SessionsTests(AdherentCluster cluster)
{
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
        Assert.Equal(new Interfaces.Credentials.PasswordChangeOutcome.NotDue(), await fritz.Credentials.Personalise(other, new("Autre-Chose7")));
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
}
