using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MsaOrleans.Silo.Credentials;

/// <summary>Watches the queue before the password hasher: it is the first thing to grow when more people come than the processors can serve.</summary>
internal sealed class HashMeter
{
    public const string Name = "MsaOrleans.Passwords";

    private readonly Histogram<double> duration;
    private int waiting;
    private int running;

    public HashMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        meter.CreateObservableUpDownCounter("msa.password_hashes.waiting", () => waiting, "{hash}", "Hashes that wait for a processor.");
        meter.CreateObservableUpDownCounter("msa.password_hashes.running", () => running, "{hash}", "Hashes being computed.");
        duration = meter.CreateHistogram(
            "msa.password_hashes.duration", "s", "From asking for a hash to having it.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10] });
    }

    /// <summary>Asks for a place.</summary>
    public long Wait()
    {
        Interlocked.Increment(ref waiting);
        return Stopwatch.GetTimestamp();
    }

    public void Begin()
    {
        Interlocked.Decrement(ref waiting);
        Interlocked.Increment(ref running);
    }

    /// <param name="asked">What <see cref="Wait"/> returned.</param>
    public void End(long asked)
    {
        Interlocked.Decrement(ref running);
        duration.Record(Stopwatch.GetElapsedTime(asked).TotalSeconds);
    }
}
