using FsCheck.Xunit;
using MsaOrleans.Grains.Domain;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class MailboxAllowanceTests
{
    [Fact]
    public void Of_many_mailboxes_only_those_are_kept_that_are_not_all_free()
    {
        var mailboxes = new MailboxAllowances();
        var limits = new MailboxPolicy(10, TimeSpan.FromHours(2));
        for (var i = 0; i < 100_000; i++)
        {
            var (mailbox, now) = (Guid.NewGuid(), Samples.Now.AddSeconds(i));
            mailboxes.Keep(mailbox, mailboxes[mailbox].Take(limits, now), now);
            Assert.Equal(now.AddHours(2), mailboxes[mailbox].FreeAt);
        }
        Assert.InRange(mailboxes.Count, 7_200, 2 * 7_201);
    }

    private static readonly MailboxPolicy policy = new AdherentPolicy().Mailbox;

    [Fact]
    public void Ten_letters_may_leave_at_once_and_then_one_every_two_hours_and_24_minutes()
    {
        var allowance = new MailboxAllowance();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(Now, allowance.NextAt(policy, Now));
            allowance = allowance.Take(policy, Now);
        }
        for (var i = 1; i <= 30; i++)
        {
            Assert.Equal(Now + (i * TimeSpan.FromMinutes(144)), allowance.NextAt(policy, Now));
            allowance = allowance.Take(policy, Now);
        }
    }

    [Fact]
    public void Its_memory_can_go_once_all_places_are_free_again()
    {
        var allowance = new MailboxAllowance().Take(policy, Now).Take(policy, Now);
        Assert.Equal(Now.AddMinutes(288), allowance.FreeAt);
        for (var later = allowance.FreeAt; later < allowance.FreeAt.AddDays(2); later = later.AddHours(5))
            Assert.Equal(new MailboxAllowance().Take(policy, later), allowance.Take(policy, later));
    }

    [Property]
    public void Whenever_they_are_asked_for_no_day_sees_more_than_twenty(ushort[] minutesBetween)
    {
        var (allowance, now, sent) = (new MailboxAllowance(), Now, new List<DateTimeOffset>());
        foreach (var minutes in minutesBetween)
        {
            now = now.AddMinutes(minutes % 200);
            sent.Add(allowance.NextAt(policy, now));
            allowance = allowance.Take(policy, now);
        }
        Assert.All(sent, first => Assert.InRange(sent.Count(at => at >= first && at < first.AddDays(1)), 1, 20));
        Assert.Equal(sent.Order(), sent);
    }
}
