using System.Globalization;
using System.Text;

namespace MsaOrleans.Load;

/// <summary>One run beside an earlier one.</summary>
/// <param name="Rows">Pages of both, then rates and the processors' time.</param>
internal sealed record Comparison(IReadOnlyList<ComparedRow> Rows)
{
    public static Comparison Of(LoadReport old, LoadReport now)
    {
        var before = old.Pages.ToDictionary(page => page.Page);
        var rows = now.Pages.Where(page => before.ContainsKey(page.Page)).Select(page => (Old: before[page.Page], New: page)).Append((Old: old.All, New: now.All))
            .SelectMany(pair => new[]
            {
                new ComparedRow($"{pair.New.Page} p50, ms", pair.Old.Latency.P50, pair.New.Latency.P50),
                new ComparedRow($"{pair.New.Page} p95, ms", pair.Old.Latency.P95, pair.New.Latency.P95),
                new ComparedRow($"{pair.New.Page} p99, ms", pair.Old.Latency.P99, pair.New.Latency.P99),
            }).ToList();
        rows.Add(new("journeys per second", old.JourneysPerSecond, now.JourneysPerSecond));
        rows.Add(new("requests per second", old.RequestsPerSecond, now.RequestsPerSecond));
        rows.Add(new("errors", old.ErrorCount, now.ErrorCount));
        if (old.CpuPerJourney is { } spent && now.CpuPerJourney is { } spends)
            rows.Add(new("server CPU a journey, ms", spent.Values.Sum(), spends.Values.Sum()));
        return new(rows);
    }

    public string ToMarkdown()
    {
        var text = new StringBuilder().AppendLine("| compared | before | now | change |").AppendLine("| --- | --- | --- | --- |");
        foreach (var row in Rows)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {row.What} | {row.Before:0.##} | {row.Now:0.##} | {(row.Change is { } change ? change.ToString("+0 %;-0 %;0 %", CultureInfo.InvariantCulture) : "")} |");
        return text.ToString().TrimEnd();
    }
}

/// <summary>One figure of two runs.</summary>
internal sealed record ComparedRow(string What, double Before, double Now)
{
    /// <summary>A share of what it was; nothing when that was nothing.</summary>
    public double? Change => Before == 0 ? null : (Now - Before) / Before;
}
