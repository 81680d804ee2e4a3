using System.Globalization;

namespace MsaOrleans.Web.Tests;

/// <summary>
/// How long two kinds of answers took, compared as distributions. They are alike when one is not shifted against the other by more than a tenth of the
/// time (but two to five milliseconds, which is less than any network adds), where the shift is the middle one of what their three quartiles differ by,
/// since one alone may stray; or when somebody who is shown one answer of each kind and takes the longer for the known one is right in a third to
/// two thirds of all cases, about as good as by chance. The first judges on a quiet machine, where a constant tenth of a millisecond would tell the two
/// apart; the second on a noisy one, where quartiles move by themselves but the noise meets both alike. Equal distributions of a hundred answers fail the
/// second one time in twenty thousand, and must fail the first as well. One hash less, some 20 ms in 25, fails both.
/// </summary>
internal static class Durations
{
    private const double TenthOfTheTime = 0.1;
    private const double LeastMilliseconds = 2;
    private const double MostMilliseconds = 5;
    private const double AsGoodAsChance = 1 / 6.0;

    private static readonly double[] quartiles = [0.25, 0.5, 0.75];

    /// <param name="what">What was asked.</param>
    /// <param name="known">Milliseconds that answers about somebody known took.</param>
    /// <param name="unknown">Those about somebody unknown.</param>
    public static void AssertAlike(string what, IReadOnlyList<double> known, IReadOnlyList<double> unknown)
    {
        var tolerance = Math.Clamp(TenthOfTheTime * Quantile([.. known, .. unknown], 0.5), LeastMilliseconds, MostMilliseconds);
        var report = string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {known.Count} known {Quartiles(known)} ms, {unknown.Count} unknown {Quartiles(unknown)} ms; the known one took longer in {KnownTookLonger(known, unknown):P0} of all pairs");
        TestContext.Current.TestOutputHelper!.WriteLine(report);
        Assert.True(Math.Abs(Shift(known, unknown)) <= tolerance || Math.Abs(KnownTookLonger(known, unknown) - 0.5) <= AsGoodAsChance, report);
    }

    private static double Shift(IReadOnlyList<double> known, IReadOnlyList<double> unknown) =>
        Quantile([.. quartiles.Select(q => Quantile(known, q) - Quantile(unknown, q))], 0.5);

    private static string Quartiles(IReadOnlyList<double> times) =>
        string.Join(" / ", quartiles.Select(q => Quantile(times, q).ToString("0.0", CultureInfo.InvariantCulture)));

    private static double Quantile(IReadOnlyList<double> times, double q)
    {
        var sorted = times.Order().ToList();
        var at = q * (sorted.Count - 1);
        var (below, above) = ((int)Math.Floor(at), (int)Math.Ceiling(at));
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    private static double KnownTookLonger(IReadOnlyList<double> known, IReadOnlyList<double> unknown) =>
        known.Average(k => unknown.Average(u => k > u ? 1 : k < u ? 0 : 0.5));
}
