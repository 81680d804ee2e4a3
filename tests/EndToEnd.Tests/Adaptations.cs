using Microsoft.Playwright;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>
/// The page that is shown, as people set it up for themselves: in the other theme, in the colours of their system (forced colours), with their spacing of text
/// (WCAG 1.4.12, RGAA 10.12), and at 400 %, which leaves 320 × 256 pixels of a screen of 1280 × 1024 (WCAG 1.4.10, RGAA 10.11). It is left as it was.
/// </summary>
internal static class Adaptations
{
    // Those of axe's rules that depend on colours.
    private static readonly string[] colours = ["color-contrast", "link-in-text-block"];

    // Axe looks at the fill of letters, for which Chromium names the colour of the style sheet where it paints that of the system.
    private const string PaintText = """
        () => {
            const painted = new CSSStyleSheet();
            painted.replaceSync(":root { -webkit-text-fill-color: CanvasText } a { -webkit-text-fill-color: LinkText } button { -webkit-text-fill-color: ButtonText } mark { -webkit-text-fill-color: MarkText }");
            document.adoptedStyleSheets.push(painted);
        }
        """;

    private const string LetTextBe = "() => { document.adoptedStyleSheets.pop(); }";

    // What is hidden on purpose is 1 pixel large; what scrolls can be reached; what is typed may be longer than its box.
    private const string Layout = """
        spaced => {
            const spacing = new CSSStyleSheet();
            spacing.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }");
            const before = document.adoptedStyleSheets;
            if (spaced) document.adoptedStyleSheets = [...before, spacing];
            const all = [...document.body.querySelectorAll("*")];
            const show = element => element?.outerHTML.replace(/\s+/g, " ").slice(0, 200);
            const cuts = overflow => overflow === "hidden" || overflow === "clip";
            const faults = [];
            if (document.documentElement.scrollWidth > innerWidth)
                faults.push(`wider than the screen: ${show(all.findLast(element => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest(".table-scroll")))}`);
            for (const element of all) {
                const style = getComputedStyle(element);
                if (!element.checkVisibility() || element.matches("input, select, textarea, svg *") || style.clipPath !== "none") continue;
                // What sticks at the top leaves room for what has the focus by the padding of scrolling.
                const clear = style.position === "sticky" && element.offsetHeight <= parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop);
                if (style.position === "fixed" && element.localName !== "dialog" || style.position === "sticky" && !clear) faults.push(`may cover what has the focus: ${show(element)}`);
                const [wide, high] = [element.scrollWidth > element.clientWidth + 1, element.scrollHeight > element.clientHeight + 1];
                if (cuts(style.overflowX) && wide || cuts(style.overflowY) && high) faults.push(`cut off: ${show(element)}`);
                if (element.matches("button, summary, .button, .tag") && (wide || high)) faults.push(`longer than its box: ${show(element)}`);
            }
            document.adoptedStyleSheets = before;
            return faults;
        }
        """;

    /// <summary>Pixels across, of which 400 % leaves 320.</summary>
    public const int FullScreen = 1280;

    private static readonly PageViewportSizeResult zoomed = new() { Width = 320, Height = 256 };

    /// <summary>What is wrong with it in any of these ways; nothing when all is well.</summary>
    public static async Task<IReadOnlyList<string>> Faults(IPage page)
    {
        var faults = new List<string>();
        var dark = await page.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches");
        // Colours would be measured half-way between the two.
        await page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Light : ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
        faults.AddRange(Named(dark ? "by day" : "by night", await Axe.FaultsBy(page, colours)));
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await page.EvaluateAsync(PaintText);
        faults.AddRange(Named("forced colours", await Axe.FaultsBy(page, colours)));
        await page.EvaluateAsync(LetTextBe);
        await page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light, ForcedColors = ForcedColors.None, ReducedMotion = ReducedMotion.NoPreference });

        faults.AddRange(Named("spaced text", await page.EvaluateAsync<string[]>(Layout, true)));
        var size = page.ViewportSize!;
        await page.SetViewportSizeAsync(zoomed.Width, zoomed.Height);
        faults.AddRange(Named("at 400 %", await page.EvaluateAsync<string[]>(Layout, false)));
        faults.AddRange(Named("at 400 % with spaced text", await page.EvaluateAsync<string[]>(Layout, true)));
        await page.SetViewportSizeAsync(size.Width, size.Height);
        return faults;
    }

    private static IEnumerable<string> Named(string way, IEnumerable<string> faults) => faults.Select(fault => $"{way}: {fault}");
}
