using HdrHistogram;

namespace MsaOrleans.Load;

/// <summary>Lengths of time, from a microsecond to an hour, of which percentiles are asked: three digits of each are kept.</summary>
internal sealed class Latencies
{
    internal const long Highest = 3_600_000_000;
    private const double MicrosecondsPerMillisecond = 1_000;

    private readonly HistogramBase histogram;

    public Latencies()
        : this(new LongConcurrentHistogram(1, Highest, 3))
    {
    }

    private Latencies(HistogramBase histogram) => this.histogram = histogram;

    public long Count => histogram.TotalCount;

    public TimeSpan Median => TimeSpan.FromMicroseconds(Count == 0 ? 0 : histogram.GetValueAtPercentile(50));

    public void Note(TimeSpan time) => histogram.RecordValue(Value(time));

    public void Add(Latencies others) => histogram.Add(others.histogram);

    /// <summary>
    /// With what a visitor did not measure while he waited (coordinated omission): where an answer took longer than his usual pace, he would have asked again meanwhile, and waited
    /// for the rest of that time, and so on.
    /// </summary>
    /// <param name="pace">From one request of his to the next, when nothing stalls.</param>
    /// <remarks>As HdrHistogram's <c>copyCorrectedForCoordinatedOmission</c>, which its port lacks.</remarks>
    public Latencies Corrected(TimeSpan pace)
    {
        var (corrected, interval) = (histogram.Copy(), Value(pace));
        foreach (var bucket in histogram.RecordedValues())
        {
            for (var missing = bucket.ValueIteratedTo - interval; missing >= interval; missing -= interval)
                corrected.RecordValueWithCount(missing, bucket.CountAtValueIteratedTo);
        }
        return new(corrected);
    }

    public Percentiles Summary() => Count == 0
        ? new(0, 0, 0, 0, 0, 0, 0, 0)
        : new(Count, At(50), At(90), At(95), At(99), At(99.9), At(100), Math.Round(histogram.GetMean() / MicrosecondsPerMillisecond, 2));

    internal static long Value(TimeSpan time) => Math.Clamp((long)time.TotalMicroseconds, 1, Highest);

    internal static double Milliseconds(HistogramBase histogram, double percentile) =>
        histogram.TotalCount == 0 ? 0 : Math.Round(histogram.GetValueAtPercentile(percentile) / MicrosecondsPerMillisecond, 2);

    private double At(double percentile) => Milliseconds(histogram, percentile);
}

/// <summary>How long something took, in milliseconds.</summary>
/// <param name="Count">How often.</param>
/// <param name="P50">Half of them took no longer.</param>
/// <param name="P90">Nine in ten.</param>
/// <param name="P95">Nineteen in twenty.</param>
/// <param name="P99">Ninety-nine in a hundred.</param>
/// <param name="P999">All but one in a thousand.</param>
/// <param name="Max">The longest.</param>
/// <param name="Mean">Their mean.</param>
internal sealed record Percentiles(long Count, double P50, double P90, double P95, double P99, double P999, double Max, double Mean);
