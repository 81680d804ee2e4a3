using System.Text.RegularExpressions;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Accessibility;

/// <summary>The declaration in the form that the law gives it, and as honest as <c>docs/accessibility.md</c>.</summary>
public sealed partial class DeclarationTests(Site site)
{
    private static readonly int[] criteriaOfTopics = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12];

    [Fact]
    public async Task It_has_every_part_and_the_same_figures_as_the_table_of_criteria()
    {
        using var browser = site.NewBrowser();
        await browser.Open("/accessibilite");
        Assert.Equal(
            ["État de conformité", "Résultats des tests", "Contenus non accessibles", "Établissement de cette déclaration", "Retour d'information et contact", "Voies de recours"],
            browser.Page.QuerySelectorAll("main h2").Select(heading => heading.TextContent));
        Assert.Contains("non conforme", browser.Words, StringComparison.Ordinal);
        Assert.Contains("Accessibilité : non conforme", browser.Page.QuerySelector("footer")!.TextContent.Replace('\u00a0', ' '), StringComparison.Ordinal);

        var states = Criteria();
        Assert.Equal(criteriaOfTopics.SelectMany((count, topic) => Enumerable.Range(1, count).Select(i => $"{topic + 1}.{i}")), states.Select(row => row.Criterion));
        var count = states.CountBy(row => row.State).ToDictionary();
        Assert.Contains($"elle en juge {count["conforme"]} respectés, {Refused(count["non conforme"])} et {count["non applicable"]} non applicables", browser.Words, StringComparison.Ordinal);
        Assert.All(states.Where(row => row.State == "non conforme"), row => Assert.Matches($@"\(critère\s{Regex.Escape(row.Criterion)}\)", browser.Words));
    }

    private static string Refused(int count) => count == 1 ? "1 non respecté" : $"{count} non respectés";

    private static List<(string Criterion, string State)> Criteria() =>
    [
        .. File.ReadAllText(Path.Combine(Repository.Root, "docs", "accessibility.md")).Split("## What WCAG 2.2 adds")[0].Split('\n')
            .Select(line => Row().Match(line)).Where(row => row.Success).Select(row => (row.Groups[1].Value, row.Groups[2].Value)),
    ];

    [GeneratedRegex(@"^\| (\d+\.\d+) \| [^|]+ \| (conforme|non conforme|non applicable) \| [^|]+ \|$")]
    private static partial Regex Row();
}
