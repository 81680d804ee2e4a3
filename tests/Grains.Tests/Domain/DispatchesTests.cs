using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class DispatchesTests
{
    private static readonly Guid letter = Guid.NewGuid();
    private static readonly IReadOnlyList<TimeSpan> delays = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(2)];
    private static readonly DateTimeOffset later = Now.AddDays(3);
    private static readonly DeliveryFailure timeout = new(Permanent: false, "Timed out.");

    [Fact]
    public void A_letter_owed_is_given_to_one_worker_at_a_time()
    {
        var (taken, first) = Owed().Take(letter, Now);
        var (same, second) = taken.Take(letter, Now.AddSeconds(59));
        var (_, third) = taken.Take(letter, Now + Dispatches.Lease);

        Assert.Equal((letter, LetterKind.ProvisionalPassword, Email, 1), (first!.Id, first.Kind, first.To, first.Tries));
        Assert.Null(second);
        Assert.Same(taken, same);
        Assert.Equal(2, third!.Tries);
    }

    [Fact]
    public void A_letter_nobody_owes_is_not_given() => Assert.Null(Owed().Take(Guid.NewGuid(), Now).Item2);

    [Fact]
    public void A_letter_that_left_is_not_given_again_nor_overdue()
    {
        var sent = Owed().Take(letter, Now).Item1.Confirm(letter, Now.AddSeconds(2));

        Assert.Null(sent.Take(letter, Now.AddDays(1)).Item2);
        Assert.Null(sent.OverdueAt);
        Assert.False(sent.Owes(LetterKind.ProvisionalPassword));
        Assert.Equal(Now.AddSeconds(2), sent.All[0].SentAt);
        Assert.Same(sent, sent.Confirm(letter, Now.AddDays(1)));
        Assert.Same(sent, sent.Fail(letter, timeout, delays, Now.AddDays(1)).Item1);
        Assert.Same(sent, sent.Void(letter, "No use.", Now.AddDays(1)));
    }

    [Fact]
    public void A_failure_waits_for_its_delay_and_after_the_last_one_the_letter_is_given_up()
    {
        var (dispatches, now) = (Owed(), Now);
        foreach (var delay in delays)
        {
            (dispatches, var retryAt) = dispatches.Take(letter, now).Item1.Fail(letter, timeout, delays, now);
            Assert.Equal(now + delay, retryAt);
            Assert.Null(dispatches.Take(letter, retryAt!.Value.AddTicks(-1)).Item2);
            now = retryAt.Value;
        }
        (dispatches, var none) = dispatches.Take(letter, now).Item1.Fail(letter, timeout, delays, now);

        Assert.Null(none);
        Assert.Equal((3, now, "Timed out."), (dispatches.All[0].Tries, dispatches.All[0].GivenUpAt, dispatches.All[0].LastFailure));
        Assert.False(dispatches.Owes(LetterKind.ProvisionalPassword));
        Assert.Null(dispatches.Take(letter, now.AddDays(1)).Item2);
    }

    [Fact]
    public void The_default_delays_allow_eleven_tries_over_two_days()
    {
        var (dispatches, now, tries) = (Owed(), (DateTimeOffset?)Now, 0);
        var last = Now;
        while (now is { } at)
        {
            (dispatches, now) = dispatches.Take(letter, at).Item1.Fail(letter, timeout, new AdherentPolicy().MailRetryDelays, at);
            (last, tries) = (at, tries + 1);
        }

        Assert.Equal(11, tries);
        Assert.InRange(last - Now, TimeSpan.FromHours(46), TimeSpan.FromHours(48));
    }

    [Fact]
    public void A_permanent_failure_gives_up_at_once()
    {
        var (dispatches, retryAt) = Owed().Take(letter, Now).Item1.Fail(letter, new(Permanent: true, "550 no such user"), delays, Now);

        Assert.Null(retryAt);
        Assert.Equal(Now, dispatches.All[0].GivenUpAt);
        Assert.Null(dispatches.OverdueAt);
    }

    [Fact]
    public void A_letter_whose_place_was_taken_is_not_sent()
    {
        var dispatches = Owed().Take(letter, Now).Item1.Void(letter, "No use.", Now.AddSeconds(1));

        Assert.Null(dispatches.Take(letter, Now.AddDays(1)).Item2);
        Assert.Equal((Now.AddSeconds(1), "No use.", null), (dispatches.All[0].GivenUpAt, dispatches.All[0].LastFailure, dispatches.All[0].LeasedUntil));
        Assert.True(dispatches.GaveUp(letter));
        Assert.Null(dispatches.OverdueAt);
        Assert.Same(dispatches, dispatches.Confirm(letter, Now.AddDays(1)));
        Assert.Same(dispatches, dispatches.Void(letter, "Another reason.", Now.AddDays(1)));
        Assert.Same(dispatches, dispatches.Void(Guid.NewGuid(), "No use.", Now));
    }

    [Fact]
    public void A_letter_is_overdue_a_while_after_it_should_have_left()
    {
        Assert.Equal(Now + Dispatches.Grace, Owed().OverdueAt);
        Assert.Equal(Now + Dispatches.Lease + Dispatches.Grace, Owed().Take(letter, Now).Item1.OverdueAt);
        Assert.Equal(Now + delays[0] + Dispatches.Grace, Owed().Take(letter, Now).Item1.Fail(letter, timeout, delays, Now).Item1.OverdueAt);
        Assert.Null(new Dispatches().OverdueAt);
    }

    [Fact]
    public void Only_what_is_overdue_is_queued_again()
    {
        var (same, none) = Owed().Requeue(queueLost: false, (Now + Dispatches.Grace).AddTicks(-1));
        var (_, one) = Owed().Requeue(queueLost: false, Now + Dispatches.Grace);

        Assert.Empty(none);
        Assert.Equal(Owed().OverdueAt, same.OverdueAt);
        Assert.Equal(letter, Assert.Single(one).Id);
    }

    [Fact]
    public void After_the_loss_of_the_queue_everything_pending_is_queued_again_and_nobody_holds_a_letter()
    {
        var (dispatches, all) = Owed().Take(letter, Now).Item1
            .Request(Guid.NewGuid(), LetterKind.EmailChanged, Email, Now)
            .Requeue(queueLost: true, Now);

        Assert.Equal(2, all.Count);
        Assert.NotNull(dispatches.Take(letter, Now).Item2);
    }

    [Fact]
    public void A_letter_that_waits_for_another_try_still_waits_when_the_queue_is_lost()
    {
        var (dispatches, all) = Owed().Take(letter, Now).Item1.Fail(letter, timeout, delays, Now).Item1.Requeue(queueLost: true, Now);

        Assert.Equal(Now + delays[0], Assert.Single(all).NotBefore);
        Assert.Null(dispatches.Take(letter, Now).Item2);
        Assert.Equal(Now + delays[0] + Dispatches.Grace, dispatches.OverdueAt);
    }

    [Fact]
    public void A_letter_that_is_to_leave_later_is_not_given_before_nor_overdue_before()
    {
        var dispatches = OwedLater();

        Assert.Equal((Now, later), (dispatches.All[0].RequestedAt, dispatches.All[0].NotBefore));
        Assert.Null(dispatches.Take(letter, later.AddTicks(-1)).Item2);
        Assert.Equal(1, dispatches.Take(letter, later).Item2!.Tries);
        Assert.Equal(later + Dispatches.Grace, dispatches.OverdueAt);
        Assert.Empty(dispatches.Requeue(queueLost: false, (later + Dispatches.Grace).AddTicks(-1)).ToQueue);
        Assert.Single(dispatches.Requeue(queueLost: false, later + Dispatches.Grace).ToQueue);
    }

    [Theory]
    [InlineData(0, 3 * 24 * 60)]
    [InlineData((3 * 24 * 60) - 1, 3 * 24 * 60)]
    [InlineData(3 * 24 * 60, 3 * 24 * 60)]
    [InlineData((3 * 24 * 60) + 2, (3 * 24 * 60) + 2)]
    public void A_letter_that_is_to_leave_later_keeps_its_time_when_the_queue_is_lost(int minutes, int countedFrom)
    {
        var (dispatches, queued) = OwedLater().Requeue(queueLost: true, Now.AddMinutes(minutes));

        Assert.Equal(later, Assert.Single(queued).NotBefore);
        Assert.Equal(later, dispatches.All[0].NotBefore);
        Assert.Null(dispatches.Take(letter, later.AddTicks(-1)).Item2);
        Assert.Equal(Now.AddMinutes(countedFrom) + Dispatches.Grace, dispatches.OverdueAt);
    }

    [Fact]
    public void A_letter_that_has_not_left_can_be_sent_to_another_address_and_no_other_letter_is()
    {
        var other = Guid.NewGuid();
        var dispatches = OwedLater().Request(other, LetterKind.EmailChanged, Email, Now).Take(letter, later).Item1.Readdress(letter, OtherEmail);

        Assert.Equal([OtherEmail, Email], dispatches.All.Select(d => d.To));
        Assert.Equal((1, later + Dispatches.Lease), (dispatches.All[0].Tries, dispatches.All[0].LeasedUntil));
        Assert.Same(dispatches, dispatches.Readdress(letter, OtherEmail));
        Assert.Same(dispatches, dispatches.Readdress(Guid.NewGuid(), OtherEmail));
    }

    [Fact]
    public void What_has_left_or_was_given_up_keeps_its_address()
    {
        var (sent, voided) = (Owed().Confirm(letter, Now), Owed().Void(letter, "No use.", Now));

        Assert.Same(sent, sent.Readdress(letter, OtherEmail));
        Assert.Same(voided, voided.Readdress(letter, OtherEmail));
    }

    [Fact]
    public void Twenty_ended_letters_are_remembered_and_every_pending_one()
    {
        var dispatches = Owed();
        for (var i = 0; i < 50; i++)
        {
            var id = Guid.NewGuid();
            dispatches = dispatches.Request(id, LetterKind.EmailChanged, Email, Now.AddMinutes(i)).Confirm(id, Now.AddMinutes(i));
        }
        dispatches = dispatches.Request(Guid.NewGuid(), LetterKind.EmailChanged, Email, Now.AddDays(1));

        Assert.Equal(22, dispatches.All.Count);
        Assert.Equal(letter, dispatches.All[0].Id);
        Assert.Equal(Now.AddMinutes(30), dispatches.All[1].SentAt);
    }

    [Fact]
    public void A_worker_has_a_letter_to_himself_for_the_time_of_its_lease()
    {
        var taken = OwedLater().Request(Guid.NewGuid(), LetterKind.EmailChanged, Email, Now).Take(letter, later).Item1;
        var end = later + Dispatches.Lease;
        Assert.Equal((end, null, null), (taken.LeaseAt(letter, end.AddTicks(-1)), taken.LeaseAt(letter, end), taken.LeaseAt(Guid.NewGuid(), later)));
        Assert.Null(taken.LeaseAt(taken.All[1].Id, later));
        Assert.Null(taken.Confirm(letter, later).LeaseAt(letter, later));
    }

    [Fact]
    public void A_letter_that_waits_leaves_now_and_is_overdue_a_while_after()
    {
        var dispatches = OwedLater().Request(Guid.NewGuid(), LetterKind.EmailChanged, Email, Now, later);
        var hastened = dispatches.Hasten(letter, Now);
        Assert.Equal([(Now, Now + Dispatches.Grace), (later, later + Dispatches.Grace)], hastened.All.Select(d => (d.NotBefore, d.OverdueAt)));
        Assert.Same(hastened, hastened.Hasten(letter, Now));
        Assert.Same(dispatches, dispatches.Hasten(letter, later));
        Assert.Same(dispatches, dispatches.Hasten(Guid.NewGuid(), Now));
        var sent = dispatches.Confirm(letter, Now);
        Assert.Same(sent, sent.Hasten(letter, Now));
    }

    [Fact]
    public void A_letter_in_somebody_s_hands_is_not_hastened_until_his_lease_ends()
    {
        var held = Owed().Take(letter, Now).Item1;
        held = held with { All = [held.All[0] with { NotBefore = later }] };
        Assert.Same(held, held.Hasten(letter, (Now + Dispatches.Lease).AddTicks(-1)));
        Assert.Equal(Now + Dispatches.Lease, held.Hasten(letter, Now + Dispatches.Lease).All[0].NotBefore);
    }

    [Fact]
    public void The_last_password_is_the_last_letter_with_one_whose_place_no_other_has_taken()
    {
        var (second, other) = (Guid.NewGuid(), Guid.NewGuid());
        var dispatches = Owed().Request(second, LetterKind.NewProvisionalPassword, Email, Now).Request(other, LetterKind.EmailChanged, Email, Now);
        Assert.Equal((second, null), (dispatches.LastPassword!.Id, new Dispatches().Request(other, LetterKind.EmailChanged, Email, Now).LastPassword));
        Assert.Equal(letter, dispatches.Void(second, VoidReasons.OtherWayIn, Now).LastPassword!.Id);
        Assert.Equal(second, dispatches.Fail(second, new(Permanent: true, "550 no such user"), delays, Now).Item1.LastPassword!.Id);
        Assert.False((Owed().All[0] with { LastFailure = VoidReasons.Cancelled }).IsVoid);
        Assert.Equal([false, false, true], dispatches.VoidPasswords(Now).All.Select(d => d.IsPending));
    }

    [Fact]
    public void The_first_that_is_due_counts_and_one_that_was_given_up_is_no_other()
    {
        var dispatches = OwedLater().Request(Guid.NewGuid(), LetterKind.EmailChanged, Email, Now);
        Assert.Equal(Now + Dispatches.Grace, dispatches.OverdueAt);
        Assert.False(dispatches.Void(letter, VoidReasons.Ended, Now).GaveUp(dispatches.All[1].Id));
        Assert.False(dispatches.GaveUp(letter));
    }

    [Fact]
    public void A_letter_that_is_overdue_stays_with_whom_has_it()
    {
        var held = Owed().Take(letter, Now).Item1;
        Assert.Equal(Now + Dispatches.Lease, Assert.Single(held.Requeue(queueLost: false, Now.AddDays(1)).ToQueue).LeasedUntil);
    }

    private static Dispatches OwedLater() => new Dispatches().Request(letter, LetterKind.DepartmentCode, Email, Now, later);

    private static Dispatches Owed() => new Dispatches().Request(letter, LetterKind.ProvisionalPassword, Email, Now);
}
