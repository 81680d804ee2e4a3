namespace MsaOrleans.Grains.Tests.Arrivals;

/// <summary>The line before a site that gets slower the more are in: what becomes of crowds.</summary>
public sealed class CrowdsTests
{
    [Theory]
    [InlineData(0, 60, 400)] // load testers
    [InlineData(8, 60, 400)] // people who type
    [InlineData(0, 200, 2_000)]
    public void Ten_times_what_it_can_serve_for_a_minute_slows_nobody_inside_and_everybody_comes_in(double think, double capacity, double burst)
    {
        var site = new SimulatedSite(pagesPerSecond: (int)capacity * 20, think);
        site.Run(capacity / 2, 60);
        Assert.Equal(0, site.Waiting);

        site.Run(burst, 60);
        var (answers, slow) = (site.Answers, site.SlowAnswers);
        site.Run(capacity / 10, 20);
        Assert.True(site.Waiting > 0);
        Assert.True(site.Answers - answers > capacity * 20 * 20 * 0.6, $"{site.Answers - answers} in 20 s");
        Assert.True(site.SlowAnswers - slow <= (site.Answers - answers) * 0.01, $"{site.SlowAnswers - slow} slow of {site.Answers - answers}");

        site.Run(capacity / 10, 60 * burst / capacity * 3);
        Assert.Equal(0, site.Waiting);
        Assert.True(site.SlowAnswers <= site.Answers * 0.01, $"{site.SlowAnswers} slow of {site.Answers}");
    }

    [Theory]
    [InlineData(40)]
    [InlineData(300)]
    public void A_crowd_that_letters_cannot_keep_up_with_waits_in_the_line_and_not_for_its_letters(double burst)
    {
        var site = new SimulatedSite(pagesPerSecond: 1200, thinkSeconds: 0) { LettersPerSecond = 24 };
        site.Run(4, 60);
        Assert.Equal(0, site.Waiting);

        site.Run(burst, 60);
        var sent = site.LetterWaits.Count;
        Assert.True(site.Waiting > 0);
        site.Run(burst, 60);
        Assert.InRange(site.LetterWaits.Count - sent, 24 * 60 * 0.98, 24 * 60); // which are never idle for it
        site.Run(0, 60 * burst * 2 / 24);
        Assert.Equal((0, site.Finished), (site.Waiting, site.LetterWaits.Count));
        var waits = site.LetterWaits.Order().ToList();
        Assert.InRange(waits[waits.Count / 2], TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.InRange(waits[^1], TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void A_crowd_at_a_site_that_has_just_started_soon_finds_it_as_fast_as_it_has_become()
    {
        var site = new SimulatedSite(pagesPerSecond: 240, thinkSeconds: 0);
        site.Run(100, 15);
        site.PagesPerSecond = 1200;
        site.Run(100, 30);
        var answers = site.Answers;
        site.Run(100, 20);
        Assert.True(site.Answers - answers > 1200 * 20 * 0.9, $"{site.Answers - answers} in 20 s");
    }

    [Fact]
    public void The_line_keeps_its_order_when_the_silo_that_keeps_it_dies()
    {
        var site = new SimulatedSite(pagesPerSecond: 600, thinkSeconds: 0);
        site.Run(15, 30);
        site.Run(300, 20);
        var before = site.Entered.Count;
        site.LoseLine();
        site.Run(300, 20);
        site.Run(0, 600);
        Assert.Equal(0, site.Waiting);
        var order = site.Entered[before..];
        Assert.Equal(order.Order(), order);
    }
}
