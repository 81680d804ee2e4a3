using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;

namespace MsaOrleans.Load.Tests;

public sealed partial class ReportTests
{
    private static readonly LoadReport lossy = Reports.Small with
    {
        Errors = new Dictionary<string, long> { ["503"] = 3 },
        Examples = new Dictionary<string, string> { ["503"] = "/connexion answered 503." },
        Refusals = new Dictionary<string, long> { ["429"] = 7, ["waiting room"] = 2 },
        Waits = new Dictionary<string, Percentiles> { ["waiting room"] = Reports.Evenly(5_000) },
        Truth = new(50, ["<b>somebody</b>@exemple.fr was registered and got no letter"]),
        Verdicts = [new("errors=0", 3, false), new("p99<1s", 40, true)],
    };

    [Fact]
    public void What_was_written_as_JSON_is_read_again() => Assert.Equal(lossy.ToJson(), LoadReport.FromJson(lossy.ToJson()).ToJson());

    [Fact]
    public void What_is_no_report_is_refused() => Assert.Throws<InvalidDataException>(() => LoadReport.FromJson("[]"));

    [Fact]
    public void The_text_tells_what_went_wrong_and_what_was_required()
    {
        var text = TextReport.Of(lossy);
        Assert.Contains("- 503: 3. First: /connexion answered 503.", text, StringComparison.Ordinal);
        Assert.Contains("Refused with 429: 7 times.", text, StringComparison.Ordinal);
        Assert.Contains("Told to wait by waiting room: 100 visitors, 2 times; each waited 5.0 s in all (median), p99 10.0 s, longest 20.0 s.", text, StringComparison.Ordinal);
        Assert.Contains("Registrations acknowledged: 50; lost: 1.", text, StringComparison.Ordinal);
        Assert.Contains("FAILED errors=0: 3", text, StringComparison.Ordinal);
        Assert.Contains("ok     p99<1s: 40", text, StringComparison.Ordinal);
        Assert.Contains("together 42.0 ms", text, StringComparison.Ordinal);
        Assert.Contains("Memory of silo: 240 MiB at the end; 201 after the first minute, 230 half-way.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_needs_nothing_else_and_shows_a_line_for_each_curve()
    {
        var html = HtmlReport.Of(lossy);
        var page = new HtmlParser().ParseDocument(html);
        Assert.Equal(4, page.QuerySelectorAll("svg").Length);
        Assert.Equal(7, page.QuerySelectorAll("polyline").Length);
        Assert.All(page.QuerySelectorAll("polyline"), line => Assert.Matches(@"^[\d.]+,[\d.]+ [\d.]+,[\d.]+$", line.GetAttribute("points")!));
        Assert.Empty(page.QuerySelectorAll("script, link, img, iframe"));
        Assert.DoesNotMatch(Elsewhere(), html);
        Assert.Contains("<b>somebody</b>", page.QuerySelector("ul:not(.figures) li")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(page.QuerySelectorAll("th"), cell => cell.TextContent == "POST /connexion");
        Assert.Contains(page.QuerySelectorAll("tr"), row => row.Children.Select(cell => cell.TextContent) is var cells && cells.SequenceEqual(["waiting room", "2", "100", "5", "10", "20"]));
    }

    [Fact]
    public void A_run_without_a_second_has_a_page_too() => Assert.DoesNotContain("<svg", HtmlReport.Of(Reports.Small with { Series = [] }), StringComparison.Ordinal);

    [Fact]
    public void A_comparison_tells_the_change_by_page()
    {
        var now = Reports.Small with { Pages = [new("/connexion", Reports.Evenly(15), Reports.Evenly(8)), new("/nouvelle", Reports.Evenly(1), Reports.Evenly(1))], JourneysPerSecond = 4 };
        var rows = Comparison.Of(Reports.Small, now).Rows.ToDictionary(row => row.What);
        Assert.Equal(new("/connexion p50, ms", 10, 15), rows["/connexion p50, ms"]);
        Assert.Equal(0.5, rows["/connexion p95, ms"].Change!.Value, tolerance: 1e-9);
        Assert.Equal(-0.2, rows["journeys per second"].Change!.Value, tolerance: 1e-9);
        Assert.Null(rows["errors"].Change);
        Assert.DoesNotContain(rows.Keys, what => what.StartsWith("/nouvelle", StringComparison.Ordinal));
        Assert.Contains("| /connexion p50, ms | 10 | 15 | +50 % |", Comparison.Of(Reports.Small, now).ToMarkdown(), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(src|href)=|url\(|@import", RegexOptions.CultureInvariant)]
    private static partial Regex Elsewhere();
}
