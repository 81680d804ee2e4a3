using System.Globalization;
using System.Text.RegularExpressions;

namespace MsaOrleans.Load;

/// <summary>A number of arrivals in a length of time, as <c>5/s</c> or <c>300/m</c>.</summary>
internal static partial class Rate
{
    /// <returns>Per second.</returns>
    /// <exception cref="FormatException">It is none.</exception>
    public static double Parse(string text) => Whole().Match(text) is { Success: true } match
        ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) / match.Groups[2].Value switch { "s" => 1, "m" => 60, _ => 3600 }
        : throw new FormatException($"« {text} » is no rate: 5/s, 300/m and 4000/h are.");

    [GeneratedRegex(@"^(\d+(?:\.\d+)?)/(s|m|h)$", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();
}

/// <summary>More arrivals for a while, on top of the others.</summary>
/// <param name="PerSecond">How many more.</param>
/// <param name="From">Since the run began.</param>
/// <param name="For">How long.</param>
internal sealed record Burst(double PerSecond, TimeSpan From, TimeSpan For)
{
    /// <summary>Reads <c>50/s@60s+30s</c>: fifty more a second, from the sixtieth second on, for thirty seconds.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Burst Parse(string text) => text.Split('@', '+') is [var rate, var from, var length]
        ? new(Rate.Parse(rate), Spans.Parse(from), Spans.Parse(length))
        : throw new FormatException($"« {text} » is no burst: 50/s@60s+30s is.");

    public double At(TimeSpan time) => time >= From && time < From + For ? PerSecond : 0;
}

/// <summary>When visitors come, whatever became of those before them (open loop): a Poisson process whose rate goes from one value to another, with bursts.</summary>
/// <param name="Start">Arrivals per second when the run begins.</param>
/// <param name="End">And when it ends; on the way it changes evenly.</param>
internal sealed record Arrivals(double Start, double End)
{
    public IReadOnlyList<Burst> Bursts { get; init; } = [];

    /// <summary>Reads <c>5/s</c>, or <c>2/s..20/s</c> for a ramp over the whole run.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static Arrivals Parse(string text) => text.Split("..") switch
    {
        [var always] => new(Rate.Parse(always), Rate.Parse(always)),
        [var start, var end] => new(Rate.Parse(start), Rate.Parse(end)),
        _ => throw new FormatException($"« {text} » is no rate of arrivals: 5/s and 2/s..20/s are."),
    };

    /// <summary>Arrivals per second at a moment of a run.</summary>
    public double At(TimeSpan time, TimeSpan run) => Start + (End - Start) * (time / run) + Bursts.Sum(burst => burst.At(time));

    /// <summary>The moments at which somebody comes, since the run began: the same for the same seed.</summary>
    /// <remarks>By thinning (Lewis and Shedler, 1979): arrivals at the highest rate there is, of which each stays with the probability that its moment's rate gives it.</remarks>
    public IEnumerable<TimeSpan> Times(TimeSpan run, int seed)
    {
        var random = new Random(seed);
        var highest = Math.Max(Start, End) + Bursts.Sum(burst => burst.PerSecond);
        if (highest <= 0)
            yield break;
        for (var time = Next(TimeSpan.Zero); time < run; time = Next(time))
        {
            if (random.NextDouble() * highest < At(time, run))
                yield return time;
        }

        TimeSpan Next(TimeSpan time) => time + TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / highest);
    }
}
