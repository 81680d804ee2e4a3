using Microsoft.Playwright;
using MsaOrleans.EndToEnd.Tests;

[assembly: AssemblyFixture(typeof(Chromium))]
// A browser, a site and a test each: more at once than two would only wait for one another.
[assembly: Xunit.v3.Parallelization(MaxThreads = 2)]

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>Debian's Chromium, headless, driven by Playwright; one for all tests, a fresh profile for each.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>A visitor with nothing in his browser.</summary>
    public async Task<IPage> NewVisitor(string address, bool javaScript = true, int width = 1280, ColorScheme colours = ColorScheme.Light, double density = 1)
    {
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = address,
            ColorScheme = colours,
            DeviceScaleFactor = (float)density,
            JavaScriptEnabled = javaScript,
            Locale = "fr-FR",
            ViewportSize = new() { Width = width, Height = 900 },
        });
        context.SetDefaultTimeout(15_000);
        return await context.NewPageAsync();
    }

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }
}
