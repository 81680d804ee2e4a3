using FsCheck.Xunit;
using MsaOrleans.Grains.Domain;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class LockoutTests
{
    private static readonly LockoutPolicy signIn = new AdherentPolicy().SignIn;

    [Fact]
    public void The_lock_on_signing_in_doubles_from_a_quarter_of_an_hour_up_to_a_day()
    {
        var (lockout, now) = (new Lockout(), Now);
        var minutes = new List<double>();
        for (var i = 0; i < 10; i++)
        {
            lockout = Failed(lockout, signIn, 5, now);
            minutes.Add((lockout.Until!.Value - now).TotalMinutes);
            now = lockout.Until.Value;
        }

        Assert.Equal([15, 30, 60, 120, 240, 480, 960, 1440, 1440, 1440], minutes);
    }

    [Fact]
    public void Four_failures_do_not_lock_and_the_fifth_does()
    {
        Assert.False(Failed(new(), signIn, 4, Now).HoldsAt(Now));
        Assert.True(Failed(new(), signIn, 5, Now).HoldsAt(Now));
    }

    [Fact]
    public void A_lock_ends_at_its_end()
    {
        var locked = Failed(new(), signIn, 5, Now);

        Assert.True(locked.HoldsAt(Now.AddMinutes(15).AddTicks(-1)));
        Assert.False(locked.HoldsAt(Now.AddMinutes(15)));
    }

    [Fact]
    public void A_longest_lock_as_short_as_the_first_just_repeats() =>
        Assert.Equal([TimeSpan.FromMinutes(15)], LockoutPolicy.Doubling(5, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(15)).Locks);

    [Fact]
    public void Failures_are_remembered_for_thirty_days_after_the_last_one()
    {
        var failed = Failed(new(), signIn, 3, Now);

        Assert.Equal(Now.AddDays(30), failed.ForgetAt);
        Assert.Same(failed, failed.ForgottenAt(Now.AddDays(30).AddTicks(-1)));
        Assert.True(failed.ForgottenAt(Now.AddDays(30)).IsClean);
        Assert.Null(new Lockout().ForgetAt);
    }

    [Fact]
    public void A_lock_that_only_the_hotline_opens_is_never_forgotten()
    {
        var locked = Failed(new(), new(1, [], ThenForGood: true), 1, Now);

        Assert.Null(locked.ForgetAt);
        Assert.Same(locked, locked.ForgottenAt(DateTimeOffset.MaxValue));
        Assert.True(locked.HoldsAt(DateTimeOffset.MaxValue.AddTicks(-1)));
    }

    [Property]
    public void However_long_somebody_tries_he_never_gets_more_than_five_tries_between_two_locks(byte[] waits)
    {
        var (lockout, now, triesSinceLock, locks) = (new Lockout(), Now, 0, 0);
        foreach (var wait in waits)
        {
            now = now.AddMinutes(wait);
            if (lockout.HoldsAt(now))
                continue;
            lockout = lockout.Fail(signIn, now);
            triesSinceLock = lockout.HoldsAt(now) ? 0 : triesSinceLock + 1;
            Assert.InRange(triesSinceLock, 0, 4);
            Assert.Equal(5 - triesSinceLock, lockout.AttemptsLeft(signIn));
            Assert.InRange(lockout.Locks, locks, locks + 1);
            locks = lockout.Locks;
        }
    }

    private static Lockout Failed(Lockout lockout, LockoutPolicy policy, int times, DateTimeOffset now) =>
        Enumerable.Range(0, times).Aggregate(lockout, (l, _) => l.Fail(policy, now));
}
