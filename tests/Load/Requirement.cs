using System.Globalization;
using System.Text.RegularExpressions;

namespace MsaOrleans.Load;

/// <summary>Something that must be so at the end of a run, as <c>p99&lt;250ms</c>, <c>/connexion:p95&lt;100ms</c> or <c>errors=0</c>.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Page">Of which page; nothing: of all.</param>
/// <param name="Measure">What is looked at.</param>
/// <param name="Comparison">How.</param>
/// <param name="Limit">With what; latencies in milliseconds.</param>
internal sealed partial record Requirement(string Text, string? Page, string Measure, string Comparison, double Limit)
{
    private static readonly IReadOnlyDictionary<string, Func<Percentiles, double>> latencies = new Dictionary<string, Func<Percentiles, double>>
    {
        ["p50"] = latency => latency.P50,
        ["p90"] = latency => latency.P90,
        ["p95"] = latency => latency.P95,
        ["p99"] = latency => latency.P99,
        ["p99.9"] = latency => latency.P999,
        ["max"] = latency => latency.Max,
        ["mean"] = latency => latency.Mean,
    };

    private static readonly IReadOnlyDictionary<string, Func<LoadReport, double>> numbers = new Dictionary<string, Func<LoadReport, double>>
    {
        ["errors"] = report => report.ErrorCount,
        ["error-rate"] = report => report.Requests == 0 ? 0 : (double)report.ErrorCount / report.Requests,
        ["refusals"] = report => report.Refusals.Values.Sum(),
        ["journeys"] = report => report.Journeys,
        ["journeys-per-second"] = report => report.JourneysPerSecond,
        ["requests-per-second"] = report => report.RequestsPerSecond,
        ["cpu-per-journey"] = report => report.CpuPerJourney?.Values.Sum() ?? double.NaN,
    };

    /// <exception cref="FormatException">It is none.</exception>
    public static Requirement Parse(string text)
    {
        if (Whole().Match(text) is not { Success: true } match)
            throw new FormatException($"« {text} » is no requirement: p99<250ms, /connexion:p95<100ms and errors=0 are.");
        var (page, measure, limit) = (match.Groups["page"] is { Success: true } group ? group.Value : null, match.Groups["measure"].Value, match.Groups["limit"].Value);
        var isLatency = latencies.ContainsKey(measure) || measure == "cpu-per-journey";
        if (!isLatency && (page is not null || !numbers.ContainsKey(measure)))
            throw new FormatException($"« {measure} » in « {text} » is not measured{(page is null ? "" : " by page")}: {string.Join(", ", latencies.Keys.Concat(numbers.Keys))} are.");
        return new(text, page, measure, match.Groups["comparison"].Value, isLatency ? Spans.Parse(limit).TotalMilliseconds : double.Parse(limit, CultureInfo.InvariantCulture));
    }

    /// <summary>A page that nobody asked for keeps no promise.</summary>
    public Verdict Judge(LoadReport report)
    {
        double? measured = latencies.TryGetValue(Measure, out var latency)
            ? (Page is null ? report.All : report.Pages.FirstOrDefault(page => page.Page == Page)) is { Latency: { Count: > 0 } percentiles } ? latency(percentiles) : null
            : numbers[Measure](report) is var number && double.IsNaN(number) ? null : number;
        return new(Text, measured, measured is { } value && Comparison switch
        {
            "<" => value < Limit,
            "<=" => value <= Limit,
            ">" => value > Limit,
            ">=" => value >= Limit,
            _ => value.Equals(Limit),
        });
    }

    [GeneratedRegex(@"^((?<page>(?:POST )?/[^:]*):)?(?<measure>[a-z][a-z0-9.-]*)(?<comparison><=|>=|<|>|=)(?<limit>[0-9.]+(?:ms|s|m|h)?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();
}

/// <summary>What became of a requirement.</summary>
/// <param name="Requirement">As it was written.</param>
/// <param name="Measured">In its unit; nothing when it was not measured, which does not fulfil it.</param>
/// <param name="Holds">It is so.</param>
internal sealed record Verdict(string Requirement, double? Measured, bool Holds);
