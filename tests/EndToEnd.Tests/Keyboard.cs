using Microsoft.Playwright;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>
/// A visitor who has a keyboard and nothing else. Wherever he stops on his way through a page, the focus is seen (WCAG 2.4.7), nothing covers it (2.4.11), and it comes after
/// the stop before, in the page and for the eye (2.4.3).
/// </summary>
internal sealed class Keyboard(IPage page)
{
    // More than any page has: whoever has not arrived by then is trapped.
    private const int Patience = 150;

    // The name of what has the focus, what is wrong with it, and whether the way through the page is at its end: where there is nothing else, the browser begins it again.
    private const string Stop = """
        () => {
            const element = document.activeElement;
            if (!element || element === document.body) {
                window.lastStop = undefined; // the way begins again, at the beginning or, if that came while nobody looked, behind it
                return ["", "", "out"];
            }
            const words = text => text.replace(/[\s\u00a0]+/g, " ").trim();
            const name = words(element.labels?.[0]?.textContent ?? element.textContent);
            const ring = getComputedStyle(element.closest(".card-link") ?? element);
            const boxes = [...element.getClientRects()];
            const seen = boxes.some(box => {
                const [left, right, top, bottom] = [Math.max(box.left, 0), Math.min(box.right, innerWidth), Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
                const hit = left < right && top < bottom && document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
                return hit && (element.contains(hit) || hit.contains(element) || hit.control === element);
            });
            const box = element.getBoundingClientRect();
            const [place, last] = [{ element, top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left }, window.lastStop];
            const isFirst = element.matches(".skip-link");
            window.lastStop = isFirst ? undefined : place;
            const faults = [];
            if (ring.outlineStyle === "none" || parseFloat(ring.outlineWidth) < 2) faults.push("its focus is not seen");
            if (!seen) faults.push("is covered or out of sight");
            if (last && !isFirst && !(last.element.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)) faults.push(`comes before ${last.element.outerHTML.slice(0, 100)} in the page`);
            if (last && !isFirst && place.bottom <= last.top && place.left <= last.left) faults.push(`stands before ${last.element.outerHTML.slice(0, 100)}`);
            return [name || element.outerHTML.slice(0, 100), faults.join(", "), last && isFirst ? "out" : ""];
        }
        """;

    // All that can be operated; of a group of radios one, the arrows go to the others.
    private const string Stops = """
        () => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
            .filter(element => element.tabIndex >= 0 && !element.disabled && element.type !== "hidden" && element.checkVisibility({ visibilityProperty: true }))
            .filter((element, i, all) => element.type !== "radio" || all.findIndex(other => other.name === element.name) === i).length
        """;

    /// <summary>From the beginning of the page to its end and out of it: all that can be operated is met once.</summary>
    public async Task GoThrough()
    {
        await page.IsLoaded(); // scripts have added what they add
        var expected = await page.EvaluateAsync<int>(Stops);
        // Whoever came by the link to the content is in the content of the next page too: back to the beginning.
        await page.EvaluateAsync("document.querySelector('.skip-link').focus()");
        await Press("Tab"); // and to it by keyboard: what a script gives the focus to need not show it
        await Press("Shift+Tab");
        var names = new List<string> { (await Here()).Name };
        while (await Tab() is { IsOut: false } stop)
        {
            names.Add(stop.Name);
            Assert.True(names.Count <= Patience, $"{page.Url} does not let go: {string.Join(", ", names.TakeLast(5))}");
        }
        Assert.True(names.Count == expected, $"{page.Url} has {expected} things to operate, {names.Count} are reached: {string.Join(" | ", names)}");
    }

    /// <summary>On to what has this name: a label, the words of a link or of a button.</summary>
    public async Task To(string wanted)
    {
        var met = new List<string>();
        while (met.Count <= Patience)
        {
            var stop = await Tab();
            if (stop.Name == wanted)
                return;
            met.Add(stop.Name);
        }
        Assert.Fail($"{page.Url}: no way to \"{wanted}\", only to {string.Join(" | ", met.Distinct())}");
    }

    /// <summary>On to a link or a button, and in.</summary>
    public async Task Activate(string wanted)
    {
        await To(wanted);
        await Press("Enter");
    }

    /// <summary>On to a field, and what is typed there instead of what it holds.</summary>
    public async Task Fill(string label, string text)
    {
        await To(label);
        await Press("Control+a");
        await page.Keyboard.TypeAsync(text);
    }

    public Task Press(string key) => page.Keyboard.PressAsync(key);

    // One stop further.
    private async Task<(string Name, bool IsOut)> Tab()
    {
        await Press("Tab");
        return await Here();
    }

    private async Task<(string Name, bool IsOut)> Here()
    {
        var stop = await page.EvaluateAsync<string[]>(Stop);
        Assert.True(stop[1].Length == 0, $"{page.Url}: \"{stop[0]}\" {stop[1]}");
        return (stop[0], stop[2].Length > 0);
    }
}
