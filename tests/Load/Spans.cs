using System.Globalization;
using System.Text.RegularExpressions;

namespace MsaOrleans.Load;

/// <summary>Lengths of time as people write them: <c>250ms</c>, <c>60s</c>, <c>5m</c>, <c>1h</c>, and <c>0</c>.</summary>
internal static partial class Spans
{
    /// <exception cref="FormatException">It is none.</exception>
    public static TimeSpan Parse(string text)
    {
        if (text == "0")
            return TimeSpan.Zero;
        if (Whole().Match(text) is not { Success: true } match)
            throw new FormatException($"« {text} » is no length of time: 250ms, 60s, 5m and 1h are.");
        var number = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(number),
            "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            _ => TimeSpan.FromHours(number),
        };
    }

    [GeneratedRegex(@"^(\d+(?:\.\d+)?)(ms|s|m|h)$", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();
}
