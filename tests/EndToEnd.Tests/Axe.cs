using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>
/// axe-core in the page itself. The runner of <c>Deque.AxeCore.Playwright</c> goes through every frame and ends in a page of its own, and brings back what is well too:
/// for pages of one frame, which these are, three times as long for the same faults.
/// </summary>
internal static class Axe
{
    private static readonly string script = new BundledAxeScriptProvider().GetScript();

    private const string Run = """
        async ([type, values]) => {
            const found = await axe.run(document, { runOnly: { type, values }, resultTypes: ["violations"] });
            return found.violations.flatMap(violation => violation.nodes.map(node => `${violation.id} ${violation.help} ${node.html} ${node.failureSummary}`));
        }
        """;

    /// <summary>What axe finds wrong with the page as it is shown.</summary>
    /// <param name="page">A page without frames, whose scripts are run.</param>
    /// <param name="tags">Of the rules that are asked.</param>
    public static Task<string[]> Faults(IPage page, params string[] tags) => Faults(page, "tag", tags);

    /// <summary>What some rules find wrong with the page as it is shown.</summary>
    /// <param name="page">A page without frames, whose scripts are run.</param>
    /// <param name="rules">Names of axe's rules.</param>
    public static Task<string[]> FaultsBy(IPage page, params string[] rules) => Faults(page, "rule", rules);

    private static async Task<string[]> Faults(IPage page, string type, string[] values)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            await page.EvaluateAsync(script);
        return await page.EvaluateAsync<string[]>(Run, new object[] { type, values });
    }
}
