using System.Globalization;
using System.Net;
using System.Text;

namespace MsaOrleans.Load;

/// <summary>A report as one page that needs nothing else: tables, and charts in SVG.</summary>
internal static class HtmlReport
{
    private static readonly CultureInfo format = CultureInfo.InvariantCulture;

    public static string Of(LoadReport report)
    {
        var seconds = report.Series;
        var html = new StringBuilder(Head)
            .Append("<h1>Load test</h1>")
            .Append(format, $"<p>{Text(report.Site)}, {report.At:yyyy-MM-dd HH:mm} UTC. {Text(report.Shape)}{(report.EndedEarly is { } why ? $"; over early: {Text(why)}" : "")}.</p>")
            .Append(format, $"<p class=\"quiet\">{Text(report.Machine)}; load {Text(report.MachineLoad)}.</p>")
            .Append("<ul class=\"figures\">");
        Figure(report.JourneysPerSecond.ToString("0.0", format), "journeys a second");
        Figure(report.RequestsPerSecond.ToString("0", format), "requests a second");
        Figure($"{report.All.Latency.P95.ToString("0", format)} ms", "p95 of all pages");
        Figure($"{report.All.Latency.P99.ToString("0", format)} ms", "p99 of all pages");
        Figure(report.ErrorCount.ToString(format), "errors", report.ErrorCount > 0);
        Figure($"{report.Truth.Lost.Count} of {report.Truth.Acknowledged}", "registrations lost", report.Truth.Lost.Count > 0);
        if (report.CpuPerJourney is { } cpu)
            Figure($"{cpu.Values.Sum().ToString("0.0", format)} ms", "server CPU a journey");
        html.Append("</ul>");

        if (report.Verdicts.Count > 0)
            Table("What was required", ["requirement", "measured", ""], report.Verdicts.Select(verdict => (string[])
                [verdict.Requirement, verdict.Measured?.ToString("0.##", format) ?? "not measured", verdict.Holds ? "holds" : "does not hold"]));
        if (report.Truth.Lost.Count > 0)
            List("Registrations that were acknowledged and are lost", report.Truth.Lost);
        html.Append(SvgChart.Of("Latency of all pages", "ms", seconds, ("p50", second => second.P50), ("p95", second => second.P95), ("p99", second => second.P99)))
            .Append(SvgChart.Of("Visitors", "on the site", seconds, ("visitors", second => second.Visitors)))
            .Append(SvgChart.Of("Requests", "a second", seconds, ("requests", second => second.Requests)))
            .Append(SvgChart.Of("Journeys and errors", "a second", seconds, ("journeys finished", second => second.Journeys), ("errors", second => second.Errors)));
        Table("Pages, in milliseconds from the moment they should have been asked for", ["page", "requests", "p50", "p90", "p95", "p99", "p99.9", "longest", "p50 as sent", "p99 as sent"], report.Pages.Append(report.All).Select(page => (string[])
        [
            page.Page, Number(page.AsSent.Count), Number(page.Latency.P50), Number(page.Latency.P90), Number(page.Latency.P95), Number(page.Latency.P99), Number(page.Latency.P999), Number(page.Latency.Max),
            Number(page.AsSent.P50), Number(page.AsSent.P99),
        ]));
        Table("Errands, in milliseconds for which the site was at work", ["errand", "came", "finished", "p50", "p95", "p99"], report.Errands.Select(errand => (string[])
            [errand.Errand, Number(errand.Begun), Number(errand.Busy.Count), Number(errand.Busy.P50), Number(errand.Busy.P95), Number(errand.Busy.P99)]));
        if (report.Errors.Count > 0)
            Table("Errors", ["kind", "times", "the first"], report.Errors.OrderByDescending(error => error.Value).Select(error => (string[])[error.Key, Number(error.Value), report.Examples.GetValueOrDefault(error.Key, "")]));
        if (report.Refusals.Count > 0)
            Table("Told to wait, which is no error", ["by", "times", "visitors who waited", "how long each in all: median, s", "p99, s", "longest, s"], report.Refusals.Select(refusal => (string[])
                [refusal.Key, Number(refusal.Value), .. report.Waits.TryGetValue(refusal.Key, out var wait) ? [Number(wait.Count), Number(wait.P50 / 1000), Number(wait.P99 / 1000), Number(wait.Max / 1000)] : (string[])["0", "", "", ""]]));
        return html.Append("</body></html>").ToString();

        void Figure(string value, string what, bool isBad = false) => html.Append(format, $"<li{(isBad ? " class=\"bad\"" : "")}><strong>{Text(value)}</strong> {Text(what)}</li>");

        void Table(string caption, string[] columns, IEnumerable<string[]> rows)
        {
            html.Append(format, $"<table><caption>{Text(caption)}</caption><thead><tr>{string.Concat(columns.Select(column => $"<th scope=\"col\">{Text(column)}</th>"))}</tr></thead><tbody>");
            foreach (var row in rows)
                html.Append(format, $"<tr><th scope=\"row\">{Text(row[0])}</th>{string.Concat(row.Skip(1).Select(cell => $"<td>{Text(cell)}</td>"))}</tr>");
            html.Append("</tbody></table>");
        }

        void List(string heading, IEnumerable<string> items) => html.Append(format, $"<h2>{Text(heading)}</h2><ul>{string.Concat(items.Select(item => $"<li>{Text(item)}</li>"))}</ul>");
    }

    internal static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Number(double number) => number.ToString(number < 100 ? "0.##" : "0", format);

    private const string Head = """
        <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Load test</title><meta name="viewport" content="width=device-width, initial-scale=1">
        <style>
        :root { color-scheme: light dark; --ink: light-dark(#1d2b22, #e6ece8); --quiet: light-dark(#5d6b62, #9aa8a0); --line: light-dark(#dfe5e1, #33413a); --ground: light-dark(#fff, #15201a);
          --s0: light-dark(#1a7f4b, #58c98d); --s1: light-dark(#2a5fb0, #82b1f5); --s2: light-dark(#b4531a, #f2a36b); --bad: light-dark(#b3261e, #ff8a80); }
        body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
        .quiet, caption, text { color: var(--quiet); fill: var(--quiet); } h1 { margin: 0; }
        .figures { list-style: none; display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; padding: 0; } .figures strong { display: block; font-size: 1.6rem; font-variant-numeric: tabular-nums; } .bad strong { color: var(--bad); }
        table { border-collapse: collapse; width: 100%; margin: 2rem 0; font-variant-numeric: tabular-nums; } caption { text-align: left; padding-bottom: .4rem; }
        th, td { text-align: right; padding: .25rem .6rem; border-bottom: 1px solid var(--line); } th:first-child { text-align: left; font-weight: 500; } thead th { font-weight: 500; color: var(--quiet); }
        figure { margin: 2rem 0; } svg { width: 100%; height: auto; display: block; } text { font-size: 12px; } figcaption span { margin-left: 1rem; } figcaption i { display: inline-block; width: .8rem; height: .2rem; margin-right: .3rem; vertical-align: middle; }
        .grid { stroke: var(--line); } polyline { fill: none; stroke-width: 1.6; stroke-linejoin: round; }
        </style></head><body>
        """;
}
