using System.Globalization;

namespace MsaOrleans.Load;

/// <summary>How long visitors look at a page before they answer it: log-normal, as reading times are, so that a few take much longer than most.</summary>
/// <param name="Median">Half of them take less. Zero: nobody looks.</param>
/// <param name="Sigma">Of the logarithm: with 0.6, one in twenty takes 2.7 times the median and more.</param>
internal sealed record ThinkTime(TimeSpan Median, double Sigma)
{
    private const double UsualSigma = 0.6;

    // Nobody looks at a page for ever: a run has an end.
    private const double LongestByMedian = 10;

    /// <summary>Reads <c>0</c>, <c>4s</c>, or <c>4s~0.9</c> with its sigma.</summary>
    /// <exception cref="FormatException">It is none of them.</exception>
    public static ThinkTime Parse(string text) => text.Split('~') switch
    {
        [var median] => new(Spans.Parse(median), UsualSigma),
        [var median, var sigma] when double.TryParse(sigma, CultureInfo.InvariantCulture, out var number) => new(Spans.Parse(median), number),
        _ => throw new FormatException($"« {text} » is no think time: 0, 4s and 4s~0.9 are."),
    };

    public TimeSpan Next(Random random)
    {
        if (Median == TimeSpan.Zero)
            return TimeSpan.Zero;
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Median * Math.Min(Math.Exp(Sigma * normal), LongestByMedian);
    }
}
