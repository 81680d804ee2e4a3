using Microsoft.Playwright;
using MsaOrleans.Testing;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>
/// A look at every page on the way: a picture of it, kept under <c>artifacts/pictures</c> for people to look at; nothing wider than the screen;
/// no fault that axe can find; as good in all the ways of <see cref="Adaptations"/>, from a large screen; and where a form was refused, the title says so and the focus is on what is wrong.
/// </summary>
/// <param name="journey">Folder of the pictures.</param>
/// <param name="javaScript">Without scripts nothing can be measured in the page: only the picture is taken.</param>
public sealed class Look(string journey, bool javaScript = true)
{
    private static readonly string[] rules = ["RGAAv4", "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

    private const string RefusalIsTold = """
        () => {
            const summary = document.querySelector(".error-summary");
            return summary ? document.title.startsWith("Erreur : ") && document.activeElement === summary : !document.title.startsWith("Erreur");
        }
        """;

    private int taken;

    /// <summary>A page whose address is longer than the name of a picture may be.</summary>
    /// <param name="page">The page.</param>
    /// <param name="address">Shown instead while it is looked at.</param>
    /// <param name="state">What is to be seen of it.</param>
    public async Task AtLong(IPage page, string address, string? state = null)
    {
        var whole = page.Url;
        await page.EvaluateAsync("address => history.replaceState(null, '', address)", address);
        await At(page, state);
        await page.EvaluateAsync("address => history.replaceState(null, '', address)", whole);
    }

    public async Task At(IPage page, string? state = null)
    {
        var name = new Uri(page.Url).AbsolutePath.Trim('/').Replace('/', '-');
        await page.ScreenshotAsync(new()
        {
            FullPage = true,
            Path = Path.Combine(Repository.Root, "artifacts", "pictures", journey, $"{++taken:00}-{(name.Length == 0 ? "accueil" : name)}{(state is null ? "" : "-" + state)}.png"),
        });
        if (!javaScript)
            return;
        var tooWide = await page.EvaluateAsync<string?>("""
            document.documentElement.scrollWidth <= innerWidth ? null : [...document.body.querySelectorAll("*")].findLast(e => e.getBoundingClientRect().right > innerWidth)?.outerHTML.slice(0, 200) ?? "?"
            """);
        Assert.True(tooWide is null, $"{page.Url} is wider than the screen: {tooWide}");
        Assert.True(await page.EvaluateAsync<bool>(RefusalIsTold), $"{page.Url} does not say in its title and by its focus that it was refused.");
        var found = await Axe.Faults(page, rules);
        Assert.True(found.Length == 0, $"{page.Url}: {string.Join("; ", found)}");
        if (page.ViewportSize!.Width < Adaptations.FullScreen)
            return; // the same state is looked at on a large screen, too
        var adapted = await Adaptations.Faults(page);
        Assert.True(adapted.Count == 0, $"{page.Url}: {string.Join("; ", adapted)}");
    }
}
