namespace MsaOrleans.Load.Tests;

public sealed class LatenciesTests
{
    private static readonly TimeSpan millisecond = TimeSpan.FromMilliseconds(1);

    [Fact]
    public void Percentiles_are_those_of_what_was_noted()
    {
        var latencies = new Latencies();
        for (var i = 1; i <= 1_000; i++)
            latencies.Note(i * millisecond);
        var summary = latencies.Summary();
        Assert.Equal(1_000, summary.Count);
        Assert.Equal(500, summary.P50, tolerance: 1);
        Assert.Equal(950, summary.P95, tolerance: 1);
        Assert.Equal(990, summary.P99, tolerance: 1);
        Assert.Equal(1_000, summary.Max, tolerance: 1);
        Assert.Equal(500.5, summary.Mean, tolerance: 1);
    }

    // Gil Tene's example: a hundred seconds of answers in a millisecond, ten milliseconds apart, then a stall of a hundred seconds, which the visitor sees as one slow answer.
    [Fact]
    public void A_stall_counts_for_all_who_would_have_come_meanwhile()
    {
        var latencies = new Latencies();
        for (var i = 0; i < 10_000; i++)
            latencies.Note(millisecond);
        latencies.Note(TimeSpan.FromSeconds(100));
        Assert.Equal(1, latencies.Summary().P999, tolerance: 0.1);

        var corrected = latencies.Corrected(10 * millisecond).Summary();
        Assert.Equal(20_000, corrected.Count, tolerance: 10);
        Assert.Equal(1, corrected.P50, tolerance: 0.1);
        Assert.Equal(80_000, corrected.P90, tolerance: 200); // of the upper half four fifths
        Assert.Equal(98_000, corrected.P99, tolerance: 200);
    }

    [Fact]
    public void Where_nothing_stalls_there_is_nothing_to_correct()
    {
        var latencies = new Latencies();
        for (var i = 0; i < 100; i++)
            latencies.Note(10 * millisecond);
        Assert.Equal(latencies.Summary(), latencies.Corrected(10 * millisecond).Summary());
    }

    [Fact]
    public void Nothing_noted_is_no_failure() => Assert.Equal(0, new Latencies().Corrected(millisecond).Summary().Count);
}
