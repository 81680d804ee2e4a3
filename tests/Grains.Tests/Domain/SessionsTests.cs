using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Sessions;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class SessionsTests
{
    private static readonly SessionLimits limits = new AdherentPolicy().Session;

    [Fact]
    public void With_another_address_what_a_provisional_password_opened_ends_and_nothing_else()
    {
        Session[] all = [Session.Begin("provisional", Origin, Now, mustChangePassword: true), Session.Begin("code", Origin, Now, mustChangePassword: true, Guid.NewGuid()), Session.Begin("own", Origin, Now)];
        Assert.Equal(["code", "own"], all.Aggregate(new Sessions(), (open, session) => open.Add(session, limits)).CloseProvisional().Open.Select(session => session.TokenHash));
    }

    [Fact]
    public void A_session_is_found_by_its_own_token_only()
    {
        var sessions = Opened("a");

        Assert.NotNull(sessions.Find("a", limits, Now));
        Assert.Null(sessions.Find("b", limits, Now));
        Assert.Null(sessions.Close("a").Find("a", limits, Now));
        Assert.NotNull(sessions.Close("b").Find("a", limits, Now));
    }

    [Fact]
    public void It_ends_when_idle_never_earlier_than_promised()
    {
        Assert.NotNull(Opened("a").Find("a", limits, Now + limits.Idle));
        Assert.NotNull(Opened("a").Find("a", limits, (Now + limits.Idle + Sessions.Granularity).AddTicks(-1)));
        Assert.Null(Opened("a").Find("a", limits, Now + limits.Idle + Sessions.Granularity));
    }

    [Fact]
    public void It_ends_at_its_absolute_limit_however_busy()
    {
        var (sessions, now) = (Opened("a"), Now);
        while (sessions.Find("a", limits, now) is { } session)
        {
            sessions = sessions.Seen(session, now);
            now = now.AddMinutes(10);
        }

        Assert.Equal(Now + limits.Absolute, now);
    }

    [Fact]
    public void Its_use_is_written_once_a_minute()
    {
        var sessions = Opened("a");
        var session = sessions.Open[0];

        Assert.Same(sessions, sessions.Seen(session, Now.AddSeconds(59)));
        Assert.Equal(Now.AddSeconds(60), sessions.Seen(session, Now.AddSeconds(60)).Open[0].LastSeenAt);
    }

    [Fact]
    public void Using_one_session_keeps_no_other_alive()
    {
        var sessions = Opened("a").Add(Session.Begin("b", Origin, Now), limits);
        sessions = sessions.Seen(sessions.Find("a", limits, Now)!, Now.AddMinutes(15));

        Assert.NotNull(sessions.Find("a", limits, Now.AddMinutes(30)));
        Assert.Null(sessions.Find("b", limits, Now.AddMinutes(30)));
    }

    [Fact]
    public void Ten_are_kept_and_those_that_are_over_go_first()
    {
        var sessions = new Sessions();
        for (var i = 0; i < 15; i++)
            sessions = sessions.Add(Session.Begin($"{i}", Origin, Now.AddSeconds(i)), limits);

        Assert.Equal(Enumerable.Range(5, 10).Select(i => $"{i}"), sessions.Open.Select(s => s.TokenHash));
        Assert.Equal(["late"], sessions.Add(Session.Begin("late", Origin, Now.AddDays(1), mustChangePassword: true), limits).Open.Select(s => s.TokenHash));
    }

    [Fact]
    public void A_session_in_which_a_code_was_entered_owes_a_change_of_password_and_no_other_session_does()
    {
        var request = Guid.NewGuid();
        var sessions = Opened("a").Add(Session.Begin("b", Origin, Now.AddSeconds(1)), limits).Add(Session.Begin("c", Origin, Now.AddSeconds(2), mustChangePassword: true), limits);

        var obliged = sessions.Oblige(sessions.Find("b", limits, Now)!, request);

        Assert.Equal([sessions.Open[0], sessions.Open[1] with { Enrolment = request }, sessions.Open[2]], obliged.Open);
        Assert.Equal([false, true, true], obliged.Open.Select(s => s.IsObliged));
        Assert.Equal(obliged.Open[1] with { LastSeenAt = Now.AddMinutes(5) }, obliged.Seen(obliged.Open[1], Now.AddMinutes(5)).Open[1]);
    }

    [Fact]
    public void A_session_remembers_the_code_that_opened_it_and_most_were_opened_by_none()
    {
        var request = Guid.NewGuid();

        Assert.Equal(
            [new Session("a", Now, Now, MustChangePassword: false, null, Origin), new Session("b", Now, Now, MustChangePassword: true, request)],
            Opened("a").Add(Session.Begin("b", null, Now, mustChangePassword: true, request), limits).Open);
    }

    [Fact]
    public void Ending_the_others_leaves_the_one_that_asks()
    {
        var sessions = Opened("a").Add(Session.Begin("b", Origin, Now), limits).Add(Session.Begin("c", Origin, Now, mustChangePassword: true), limits);

        Assert.Equal([sessions.Open[1]], sessions.CloseOthers(sessions.Open[1]).Open);
        Assert.Equal(Opened("a").Open, Opened("a").CloseOthers(Opened("a").Open[0]).Open);
    }

    [Fact]
    public void Those_that_are_over_are_not_among_the_open_ones()
    {
        var idle = limits.Idle + Sessions.Granularity;
        var sessions = Opened("a").Add(Session.Begin("b", Origin, Now.AddMinutes(10)), limits);

        Assert.Equal(["a", "b"], sessions.OpenAt(Now + idle - TimeSpan.FromTicks(1), limits).Select(s => s.TokenHash));
        Assert.Equal(["b"], sessions.OpenAt(Now + idle, limits).Select(s => s.TokenHash));
        Assert.Empty(sessions.OpenAt(Now.AddMinutes(10) + idle, limits));
    }

    [Fact]
    public void Sessions_of_a_request_that_is_over_end_if_its_code_opened_them_and_go_free_if_it_was_only_entered_there()
    {
        var (over, pending) = (Guid.NewGuid(), Guid.NewGuid());
        var sessions = new Sessions
        {
            Open =
            [
                Session.Begin("opened by it", Origin, Now, mustChangePassword: true, over),
                Session.Begin("entered there", Origin, Now, enrolment: over),
                Session.Begin("opened by another", Origin, Now, mustChangePassword: true, pending),
                Session.Begin("another entered", Origin, Now, enrolment: pending),
                Session.Begin("provisional", Origin, Now, mustChangePassword: true),
                Session.Begin("own", Origin, Now),
            ],
        };

        Assert.Equal(
            [sessions.Open[1] with { Enrolment = null }, .. sessions.Open.Skip(2)],
            sessions.Release(letter => letter == pending).Open);
        Assert.Same(sessions, sessions.Release(_ => true));
        Assert.Same(sessions.CloseOthers(sessions.Open[4]).Open[0], sessions.CloseOthers(sessions.Open[4]).Release(_ => false).Open[0]);
    }

    [Fact]
    public void A_session_remembers_from_where_it_was_opened_and_lives_from_then() =>
        Assert.Equal(new Session("a", Now, Now, MustChangePassword: false, Enrolment: null, Origin), Session.Begin("a", Origin, Now));

    [Theory]
    [InlineData(0, 30)] // his silence ends it
    [InlineData(29, 59)]
    [InlineData(30, 60)] // both at once
    [InlineData(31, 60)] // its length does
    [InlineData(60, 60)]
    public void Who_does_nothing_more_is_signed_in_until_silence_or_length_end_it_whichever_comes_first(int minutes, int end) => Assert.Equal(
        Now.AddMinutes(end), new SessionTimes(TimeSpan.FromMinutes(30), Now.AddHours(1)).LastMoment(Now.AddMinutes(minutes)));

    private static Sessions Opened(string token) => new Sessions().Add(Session.Begin(token, Origin, Now), limits);
}
