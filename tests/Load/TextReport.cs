using System.Globalization;
using System.Text;

namespace MsaOrleans.Load;

/// <summary>A report for people who read terminals, and documents in Markdown.</summary>
internal static class TextReport
{
    private static readonly CultureInfo format = CultureInfo.InvariantCulture;

    public static string Of(LoadReport report)
    {
        var text = new StringBuilder()
            .AppendLine(format, $"Machine: {report.Machine}; load {report.MachineLoad}")
            .AppendLine(format, $"{report.Shape}: {report.Seconds:0.0} s{(report.EndedEarly is { } why ? $", over early: {why}" : "")}")
            .AppendLine(format, $"{report.Journeys} journeys, {report.JourneysPerSecond:0.0} per second; {report.Requests} requests, {report.RequestsPerSecond:0} per second{(report.CutOff > 0 ? $"; visitors sent home at the end: {report.CutOff}" : "")}")
            .AppendLine()
            .AppendLine("| errand | came | finished | busy p50, ms | p95 | p99 |")
            .AppendLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var errand in report.Errands)
            text.AppendLine(format, $"| {errand.Errand} | {errand.Begun} | {errand.Busy.Count} | {errand.Busy.P50:0} | {errand.Busy.P95:0} | {errand.Busy.P99:0} |");
        text.AppendLine()
            .AppendLine("| page, ms, from the moment meant | requests | p50 | p90 | p95 | p99 | p99.9 | max | as sent: p50 | p99 |")
            .AppendLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var page in report.Pages.Append(report.All))
        {
            var (latency, sent) = (page.Latency, page.AsSent);
            text.AppendLine(format, $"| {page.Page} | {sent.Count} | {latency.P50:0.0} | {latency.P90:0.0} | {latency.P95:0.0} | {latency.P99:0.0} | {latency.P999:0.0} | {latency.Max:0.0} | {sent.P50:0.0} | {sent.P99:0.0} |");
        }
        text.AppendLine();
        if (report.CpuPerJourney is { } cpu)
            text.AppendLine(format, $"Server CPU a journey: {string.Join(", ", cpu.Select(server => string.Create(format, $"{server.Key} {server.Value:0.0} ms")))}; together {cpu.Values.Sum():0.0} ms.");
        foreach (var (server, mib) in report.Memory)
            text.AppendLine(format, $"Memory of {server}: {mib[^1]:0} MiB at the end{(mib.Count > 1 ? string.Create(format, $"; {mib[0]:0} after the first minute, {mib[mib.Count / 2]:0} half-way") : "")}.");
        if (report.Letters.Count > 0)
            text.AppendLine(format, $"Letters: {report.Letters.Count}, {report.Letters.P50:0} ms after the last page (median), p95 {report.Letters.P95:0} ms, longest {report.Letters.Max:0} ms.");
        foreach (var (kind, wait) in report.Waits)
            text.AppendLine(format, $"Told to wait by {kind}: {wait.Count} visitors, {report.Refusals.GetValueOrDefault(kind)} times; each waited {wait.P50 / 1000:0.0} s in all (median), p99 {wait.P99 / 1000:0.0} s, longest {wait.Max / 1000:0.0} s.");
        foreach (var (kind, count) in report.Refusals.Where(refusal => !report.Waits.ContainsKey(refusal.Key)))
            text.AppendLine(format, $"Refused with {kind}: {count} times.");
        text.AppendLine(format, $"Errors: {report.ErrorCount}.");
        foreach (var (kind, count) in report.Errors.OrderByDescending(error => error.Value))
            text.AppendLine(format, $"- {kind}: {count}. First: {report.Examples.GetValueOrDefault(kind)}");
        text.AppendLine(format, $"Registrations acknowledged: {report.Truth.Acknowledged}; lost: {report.Truth.Lost.Count}.");
        foreach (var lost in report.Truth.Lost)
            text.AppendLine(format, $"- {lost}");
        foreach (var verdict in report.Verdicts)
            text.AppendLine(format, $"{(verdict.Holds ? "ok    " : "FAILED")} {verdict.Requirement}: {(verdict.Measured is { } measured ? measured.ToString("0.##", format) : "not measured")}");
        return text.ToString().TrimEnd();
    }
}
