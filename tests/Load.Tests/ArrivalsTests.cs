namespace MsaOrleans.Load.Tests;

public sealed class ArrivalsTests
{
    private static readonly TimeSpan run = TimeSpan.FromSeconds(1_000);

    [Fact]
    public void The_same_seed_brings_everybody_at_the_same_moments_and_another_does_not()
    {
        var arrivals = Arrivals.Parse("5/s");
        Assert.Equal(arrivals.Times(run, 7), arrivals.Times(run, 7));
        Assert.NotEqual(arrivals.Times(run, 7), arrivals.Times(run, 8));
    }

    [Theory]
    [InlineData("5/s", 5_000)]
    [InlineData("300/m", 5_000)]
    [InlineData("3600/h", 1_000)]
    [InlineData("2/s..8/s", 5_000)]
    [InlineData("0/s..4/s", 2_000)]
    public void As_many_come_as_the_rate_says(string rate, int expected) =>
        Assert.InRange(Arrivals.Parse(rate).Times(run, 1).Count(), expected - 5 * Math.Sqrt(expected), expected + 5 * Math.Sqrt(expected)); // five standard deviations

    [Fact]
    public void Pauses_between_arrivals_are_exponential_as_those_of_a_Poisson_process_are()
    {
        var times = Arrivals.Parse("10/s").Times(run, 3).ToList();
        var pauses = times.Zip(times.Skip(1), (one, next) => (next - one).TotalSeconds).ToList();
        var mean = pauses.Average();
        Assert.InRange(mean, 0.095, 0.105);
        // Standard deviation and mean are the same; of even pauses the first would be nothing.
        Assert.InRange(Math.Sqrt(pauses.Average(pause => (pause - mean) * (pause - mean))) / mean, 0.95, 1.05);
    }

    [Fact]
    public void A_ramp_brings_more_at_its_end_than_at_its_beginning()
    {
        var times = Arrivals.Parse("1/s..9/s").Times(run, 2).ToList();
        Assert.InRange(times.Count(time => time < run / 4), 400, 600); // from 1 to 3: 2 a second
        Assert.InRange(times.Count(time => time >= run * 3 / 4), 1_800, 2_200); // from 7 to 9: 8 a second
    }

    [Fact]
    public void A_burst_is_on_top_of_the_others_and_over_after_its_time()
    {
        var arrivals = Arrivals.Parse("1/s") with { Bursts = [Burst.Parse("50/s@60s+1m")] };
        Assert.Equal(1, arrivals.At(TimeSpan.FromSeconds(59), run));
        Assert.Equal(51, arrivals.At(TimeSpan.FromSeconds(60), run));
        Assert.Equal(51, arrivals.At(TimeSpan.FromSeconds(119), run));
        Assert.Equal(1, arrivals.At(TimeSpan.FromSeconds(120), run));
        Assert.InRange(arrivals.Times(run, 5).Count(time => time >= TimeSpan.FromSeconds(60) && time < TimeSpan.FromSeconds(120)), 2_800, 3_320);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("5/d")]
    [InlineData("-5/s")]
    [InlineData("1/s..2/s..3/s")]
    public void What_is_no_rate_is_refused(string text) => Assert.Throws<FormatException>(() => Arrivals.Parse(text));

    [Theory]
    [InlineData("50/s")]
    [InlineData("50/s@60s")]
    [InlineData("50/s@60+60")]
    public void What_is_no_burst_is_refused(string text) => Assert.Throws<FormatException>(() => Burst.Parse(text));
}
