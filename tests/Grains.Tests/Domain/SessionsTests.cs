using MsaOrleans.Grains.Domain;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class SessionsTests
{
    private static readonly SessionLimits limits = new AdherentPolicy().Session;

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
        var sessions = Opened("a").Add("b", mustChangePassword: false, limits, Now);
        sessions = sessions.Seen(sessions.Find("a", limits, Now)!, Now.AddMinutes(15));

        Assert.NotNull(sessions.Find("a", limits, Now.AddMinutes(30)));
        Assert.Null(sessions.Find("b", limits, Now.AddMinutes(30)));
    }

    [Fact]
    public void Ten_are_kept_and_those_that_are_over_go_first()
    {
        var sessions = new Sessions();
        for (var i = 0; i < 15; i++)
            sessions = sessions.Add($"{i}", mustChangePassword: false, limits, Now.AddSeconds(i));

        Assert.Equal(Enumerable.Range(5, 10).Select(i => $"{i}"), sessions.Open.Select(s => s.TokenHash));
        Assert.Equal(["late"], sessions.Add("late", mustChangePassword: true, limits, Now.AddDays(1)).Open.Select(s => s.TokenHash));
    }

    [Fact]
    public void A_session_in_which_a_code_was_entered_owes_a_change_of_password_and_no_other_session_does()
    {
        var request = Guid.NewGuid();
        var sessions = Opened("a").Add("b", mustChangePassword: false, limits, Now.AddSeconds(1)).Add("c", mustChangePassword: true, limits, Now.AddSeconds(2));

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
            [new Session("a", Now, Now, MustChangePassword: false), new Session("b", Now, Now, MustChangePassword: true, request)],
            Opened("a").Add("b", mustChangePassword: true, limits, Now, request).Open);
    }

    private static Sessions Opened(string token) => new Sessions().Add(token, mustChangePassword: false, limits, Now);
}
