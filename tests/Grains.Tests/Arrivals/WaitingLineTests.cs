using MsaOrleans.Grains.Domain.Arrivals;
using MsaOrleans.Grains.Interfaces.Arrivals;

namespace MsaOrleans.Grains.Tests.Arrivals;

public sealed class WaitingLineTests
{
    private static readonly Guid web = Guid.NewGuid();
    private readonly WaitingLine line = new(new(FirstLimit: 20));
    private DateTimeOffset now = Samples.Now;

    [Fact]
    public void As_long_as_there_is_room_web_servers_hold_places_that_are_in_and_nobody_waits()
    {
        var directive = Report(new(default, Present: 5, Stock: 0, Claimed: 0, Answers: 100, Slow: 0));
        Assert.Equal((1, 15, new LineEnds(15, 15)), (directive.FirstGranted, directive.Granted, directive.Line));

        // Seven have come in since, five of those from before have left: all of the room, and not only what has become free.
        directive = Report(new(directive.Line, Present: 7, Stock: 8, Claimed: 0, Answers: 100, Slow: 0));
        Assert.Equal((16, 13, new LineEnds(28, 28)), (directive.FirstGranted, directive.Granted, directive.Line));
    }

    [Fact]
    public void A_stock_that_is_enough_stays_as_it_is()
    {
        var before = Report(new(default, Present: 5, 0, 0, 100, 0)).Line;
        Assert.Equal((0, before), Told(Report(new(before, Present: 12, Stock: 8, 0, 100, 0))));
        Assert.Equal((0, before), Told(Report(new(before, Present: 14, Stock: 8, 0, 100, 0)))); // more than there is room

        static (int, LineEnds) Told(ArrivalsDirective directive) => (directive.Granted, directive.Line);
    }

    [Fact]
    public void Two_web_servers_share_the_room()
    {
        var one = line.Report(web, new(default, 0, 0, 0, 0, 0), now).Granted;
        var two = line.Report(Guid.NewGuid(), new(default, 0, 0, 0, 0, 0), now).Granted;
        Assert.Equal((20, 0), (one, two)); // the first was alone
        now += TimeSpan.FromSeconds(1);
        line.Report(web, new(line.Ends, 20, 0, 0, 100, 50), now); // full, and slow
        Assert.Equal(17, line.Limit);
    }

    [Fact]
    public void Who_finds_no_room_stands_behind_the_last_and_nobody_is_granted_anything_while_he_waits()
    {
        Fill();
        var first = line.Join(line.Ends, now);
        var second = line.Join(line.Ends, now);
        Assert.Equal((1, 2), (first.Place - line.Ends.Admitted, second.Place - line.Ends.Admitted));
        Assert.Equal(0, Report(new(line.Ends, 20, 0, 0, 1000, 500)).Granted);
        Assert.Equal(2, line.Ends.Waiting);
    }

    [Fact]
    public void Those_who_wait_come_in_in_order_as_others_leave()
    {
        Fill();
        for (var i = 0; i < 5; i++)
            line.Join(line.Ends, now);
        var admitted = line.Ends.Admitted;
        Report(new(line.Ends, 18, 0, 0, 100, 2)); // slow enough to grow no more, too few to shrink
        Assert.Equal(admitted + 2, line.Ends.Admitted);
        Report(new(line.Ends, 18, 0, 0, 100, 2)); // the two are on their way
        Assert.Equal(admitted + 2, line.Ends.Admitted);
        Report(new(line.Ends, 18, 0, Claimed: 1, 100, 2)); // one has come, another has left
        Assert.Equal(admitted + 3, line.Ends.Admitted);
    }

    [Fact]
    public void Who_does_not_come_when_it_is_his_turn_makes_room_after_a_while()
    {
        Fill();
        for (var i = 0; i < 500; i++)
            line.Join(line.Ends, now);
        Report(new(line.Ends, 18, 0, 0, 1000, 500)); // slow: 17 may be in, nobody comes in
        var admitted = line.Ends.Admitted;
        Report(new(line.Ends, 10, 0, 0, 100, 2));
        Assert.Equal(admitted + 7, line.Ends.Admitted);
        for (var i = 0; i < 20; i++)
            Report(new(line.Ends, 10, 0, 0, 100, 2));
        Assert.Equal(admitted + 7, line.Ends.Admitted);
        Report(new(line.Ends, 10, 0, 0, 100, 2));
        Report(new(line.Ends, 10, 0, 0, 100, 2));
        Assert.True(line.Ends.Admitted > admitted + 7);
    }

    [Fact]
    public void Slow_pages_shrink_what_may_be_in_and_no_faster_than_it_shows()
    {
        Fill();
        Report(new(line.Ends, 20, 0, 0, 1000, 100));
        Assert.Equal(17, line.Limit);
        Report(new(line.Ends, 20, 0, 0, 1000, 100));
        Assert.Equal(17, line.Limit);
        Report(new(line.Ends, 17, 0, 0, 1000, 100));
        Assert.Equal(17 * 0.85, line.Limit, 6);
        for (var i = 0; i < 50; i++)
            Report(new(line.Ends, Present: (int)line.Limit, 0, 0, 1000, 1000));
        Assert.Equal(10, line.Limit); // some always come in, or nothing would be measured any more
    }

    [Fact]
    public void A_crowd_that_is_in_already_does_not_shut_the_door_for_good_by_being_slow()
    {
        Fill();
        Report(new(line.Ends, 60, 0, 0, 1000, 100));
        for (var i = 0; i < 30; i++)
            Report(new(line.Ends, 24, 0, 0, 1000, 500));
        Assert.Equal(18, line.Limit); // three quarters of them
        for (var i = 0; i < 30; i++)
            Report(new(line.Ends, 60, 0, 0, 1000, 500));
        Assert.Equal(18, line.Limit); // and never more for being slow
    }

    [Fact]
    public void Pages_that_are_slow_with_few_people_in_say_nothing_about_how_many_may_be_in()
    {
        Fill();
        Report(new(line.Ends, 9, 0, 0, 100, 2)); // slow enough to grow no more, too few to shrink
        for (var i = 0; i < 10; i++)
            Report(new(line.Ends, 9, 0, 0, 300, 30));
        Assert.Equal(20, line.Limit);
        Report(new(line.Ends, 10, 0, 0, 300, 30));
        Assert.Equal(17, line.Limit);
    }

    [Fact]
    public void One_pause_is_no_overload_and_a_limit_that_keeps_nobody_out_stays()
    {
        Fill();
        Report(new(line.Ends, 10, 0, 0, 50, 4));
        Report(new(line.Ends, 10, 0, 0, 5000, 50));
        Assert.Equal(20, line.Limit);
    }

    [Fact]
    public void Quick_pages_let_more_in_and_the_slower_where_it_was_too_much_before()
    {
        Fill();
        Report(new(line.Ends, 20, 0, 0, 1000, 0));
        Assert.Equal(25, line.Limit);
        Report(new(line.Ends, 25, 0, 0, 1000, 500));
        Assert.Equal(25 * 0.85, line.Limit, 6);
        for (var settled = 0; settled < 2; settled++)
            Report(new(line.Ends, 21, 0, 0, 1000, 0));
        Assert.Equal(25 * 0.85 * 1.03, line.Limit, 6);
        Report(new(line.Ends, 23, 0, 0, 1000, 5)); // nearly slow
        Assert.Equal(25 * 0.85 * 1.03 * 1.01, line.Limit, 6);
    }

    [Fact]
    public void Even_where_there_is_room_for_one_it_grows()
    {
        var small = new WaitingLine(new(FirstLimit: 1));
        for (var i = 0; i < 5; i++)
            small.Join(small.Ends, now);
        for (var i = 0; i < 30 && small.Ends.Waiting > 0; i++)
            small.Report(web, new(small.Ends, Present: (int)small.Ends.Admitted, 0, 0, 0, 0), now += TimeSpan.FromSeconds(1));
        Assert.Equal(0, small.Ends.Waiting);
    }

    [Fact]
    public void A_web_server_that_is_silent_is_gone_and_its_visitors_with_it()
    {
        var other = Guid.NewGuid();
        line.Report(other, new(default, 15, 0, 0, 0, 0), now);
        Report(new(default, 5, 0, 0, 0, 0));
        Assert.Equal(20, line.Present);
        for (var i = 0; i < 5; i++)
            Report(new(line.Ends, 5, 0, 0, 0, 0));
        Assert.Equal(5, line.Present);
    }

    [Fact]
    public void A_line_that_is_begun_anew_goes_on_where_the_web_servers_saw_it()
    {
        var known = new LineEnds(Admitted: 4_000, Last: 9_000);
        Assert.Equal(9_001, line.Join(known, now).Place);
        Assert.Equal(4_020, line.Ends.Admitted);

        var heir = new WaitingLine(new(FirstLimit: 20));
        var directive = heir.Report(web, new(known, Present: 300, 0, 0, 0, 0), now);
        Assert.Equal((known, 300), (directive.Line, heir.Limit)); // who is in stays in
    }

    [Fact]
    public void It_tells_how_fast_it_moves()
    {
        Fill();
        for (var i = 0; i < 5_000; i++)
            line.Join(line.Ends, now);
        for (var second = 0; second < 60; second++)
            Report(new(line.Ends, (int)line.Limit - 12, 0, Claimed: 12, 1000, 8)); // twelve leave a second, and a little more room
        Assert.InRange(line.AdmissionsPerSecond, 11, 60);
    }

    [Fact]
    public void Who_waits_for_his_letter_is_still_in()
    {
        Fill();
        line.LettersWait(new(7, TimeSpan.FromSeconds(1)), now);
        for (var i = 0; i < 5; i++)
            line.Join(line.Ends, now);
        var admitted = line.Ends.Admitted;
        Report(new(line.Ends, 11, 0, 0, 100, 2)); // slow enough to grow no more, too few to shrink
        Assert.Equal(admitted + 2, line.Ends.Admitted);
    }

    [Fact]
    public void Letters_that_wait_too_long_let_fewer_in_and_nearly_too_long_let_it_grow_slowly()
    {
        Fill();
        line.LettersWait(new(10, TimeSpan.FromSeconds(5.1)), now);
        Report(new(line.Ends, 10, 0, 0, 1000, 0));
        Assert.Equal(17, line.Limit);
        Report(new(line.Ends, 10, 0, 0, 1000, 0));
        line.LettersWait(new(10, TimeSpan.FromSeconds(1.3)), now);
        Report(new(line.Ends, 10, 0, 0, 1000, 0));
        Assert.Equal(17 * 1.01, line.Limit, 6);
    }

    [Fact]
    public void A_queue_of_letters_that_does_not_answer_any_more_is_left_out()
    {
        Fill();
        line.LettersWait(new(1, TimeSpan.FromSeconds(60)), now);
        for (var i = 0; i < 5; i++)
            Report(new(line.Ends, 10, 0, 0, 1000, 0)); // five seconds, in which it may be slow
        Assert.Equal(17 * 0.85 * 0.85, line.Limit, 6);
        Report(new(line.Ends, 10, 0, 0, 1000, 0)); // what was decided last still has its time
        Report(new(line.Ends, 12, 0, 0, 1000, 0));
        Assert.Equal(17 * 0.85 * 0.85 * 1.03, line.Limit, 6);
    }

    private ArrivalsDirective Report(ArrivalsReport report)
    {
        now += TimeSpan.FromSeconds(1);
        return line.Report(web, report, now);
    }

    // Twenty who came in without waiting.
    private void Fill()
    {
        Report(new(default, 0, 0, 0, 0, 0));
        line.Report(web, new(line.Ends, 20, 0, 0, 0, 0), now);
        Assert.Equal(20, line.Ends.Last);
    }
}
