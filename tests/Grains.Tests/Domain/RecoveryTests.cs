using FsCheck.Xunit;
using MsaOrleans.Grains.Domain;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class RecoveryTests
{
    [Fact]
    public void Three_letters_may_be_asked_for_in_an_hour_and_a_fourth_once_the_first_is_an_hour_old()
    {
        var recovery = Granted(Now, Now.AddMinutes(10), Now.AddMinutes(20));

        Assert.True(Granted(Now, Now).Allows(Now));
        Assert.False(recovery.Allows(Now.AddMinutes(20)));
        Assert.False(recovery.Allows(Now.AddHours(1).AddTicks(-1)));
        Assert.True(recovery.Allows(Now.AddHours(1)));

        recovery = recovery.Grant(Now.AddHours(1));

        Assert.Equal([Now.AddMinutes(10), Now.AddMinutes(20), Now.AddHours(1)], recovery.Granted);
        Assert.False(recovery.Allows(Now.AddMinutes(70).AddTicks(-1)));
        Assert.True(recovery.Allows(Now.AddMinutes(70)));
    }

    [Property]
    public void However_often_somebody_asks_no_hour_has_more_than_three_letters(byte[] waits)
    {
        var (recovery, now, letters) = (new Recovery(), Now, new List<DateTimeOffset>());
        foreach (var wait in waits)
        {
            now = now.AddMinutes(wait % 30);
            if (recovery.Allows(now))
            {
                recovery = recovery.Grant(now);
                letters.Add(now);
            }
            else
                recovery = recovery.Ignore(now);
            Assert.InRange(letters.Count(at => at > now - Recovery.Window), 1, Recovery.MostLetters);
            Assert.InRange(recovery.Granted.Count, 1, Recovery.MostLetters);
        }
    }

    [Fact]
    public void Requests_that_led_to_nothing_use_up_nothing()
    {
        var recovery = Enumerable.Range(0, 100).Aggregate(Granted(Now), (r, i) => r.Ignore(Now.AddSeconds(i)));

        Assert.Equal([Now], recovery.Granted);
        Assert.Equal(Now.AddSeconds(99), recovery.LastIgnoredAt);
        Assert.True(recovery.Allows(Now.AddSeconds(99)));
        Assert.Equal(Now.AddSeconds(99), recovery.Grant(Now.AddMinutes(2)).LastIgnoredAt);
    }

    [Fact]
    public void A_clock_that_was_moved_back_shuts_nobody_out()
    {
        var recovery = Granted(Now.AddDays(1), Now.AddDays(1), Now.AddDays(1));

        Assert.True(recovery.Allows(Now));
        Assert.Equal([Now], recovery.Grant(Now).Granted);
        Assert.False(Granted(Now, Now, Now).Allows(Now)); // the present is no future
    }

    [Fact]
    public void An_hour_after_the_last_request_of_either_kind_nothing_is_remembered()
    {
        Assert.Null(new Recovery().ForgetAt);
        Assert.True(new Recovery().IsClean);
        Assert.False(Granted(Now).IsClean);
        Assert.False(new Recovery().Ignore(Now).IsClean);
        Assert.Equal(Now.AddHours(1), new Recovery().Ignore(Now).ForgetAt);
        Assert.Equal(Now.AddMinutes(70), Granted(Now, Now.AddMinutes(10)).ForgetAt);
        Assert.Equal(Now.AddMinutes(75), Granted(Now).Ignore(Now.AddMinutes(15)).ForgetAt);
        Assert.Equal(Now.AddMinutes(80), new Recovery().Ignore(Now).Grant(Now.AddMinutes(20)).ForgetAt);

        var recovery = Granted(Now).Ignore(Now.AddMinutes(15));
        Assert.Same(recovery, recovery.ForgottenAt(Now.AddMinutes(75).AddTicks(-1)));
        Assert.True(recovery.ForgottenAt(Now.AddMinutes(75)).IsClean);
        var clean = new Recovery();
        Assert.Same(clean, clean.ForgottenAt(DateTimeOffset.MaxValue));
    }

    private static Recovery Granted(params DateTimeOffset[] moments) => moments.Aggregate(new Recovery(), (recovery, at) => recovery.Grant(at));
}
