using Microsoft.Playwright;
using MsaOrleans.Testing;
using static Microsoft.Playwright.Assertions;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>An agent watches the site in a real browser while people sign up: the figures follow without a reload, and nothing that is open closes.</summary>
public sealed class MonitoringTests(Chromium chromium)
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task The_figures_follow_without_a_reload(int width, ColorScheme colours)
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        using var visitor = new Browser(site.Address);
        await visitor.SignUp(Person.LamyFritz);
        for (var i = 0; i < 7; i++) // one number has five sign-ups at most: the first of these give way
        {
            using var hesitant = new Browser(site.Address);
            await hesitant.SignUpToVerification(Person.Perrin);
        }

        using var guide = new Browser(site.Address);
        await guide.Open("/demo/assistance");
        var shown = guide.Page.QuerySelector("[data-login='superviseur.demo']")!;
        var page = await chromium.NewVisitor(site.Address, width: width, colours: colours);
        var look = new Look($"monitoring-{width}");
        await page.GotoAsync("/assistance");
        await page.GetByLabel("Identifiant").FillAsync("superviseur.demo");
        await page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync(shown.QuerySelector("[data-password-of]")!.TextContent);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Continuer" }).ClickAsync();
        await page.GetByLabel("Code à 6 chiffres").FillAsync(shown.QuerySelector("[data-code-of]")!.TextContent);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Se connecter" }).ClickAsync();
        await look.At(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Suivi du site" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Tout va bien.");
        await page.EvaluateAsync("window.sameDocument = true");

        var table = page.Locator("#inscriptions-tableau");
        await table.Locator("summary").ClickAsync();
        await Expect(table).ToHaveAttributeAsync("open", "");
        await Expect(table.Locator("tbody tr").Last).ToContainTextAsync("8", new() { Timeout = 30_000 });
        await look.At(page, "begun");

        using var other = new Browser(site.Address);
        await other.SignUp(Person.Perrin);
        await Expect(page.Locator("#inscriptions-tableau tbody tr").Last.Locator("td").First).ToHaveTextAsync("9", new() { Timeout = 30_000 });
        Assert.True(await page.EvaluateAsync<bool>("window.sameDocument"));
        Assert.True(await page.Locator("#inscriptions-tableau").EvaluateAsync<bool>("details => details.open"));
        Assert.Equal("inscriptions-ouvrir", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.Locator("#etapes-ouvrir").ClickAsync();
        await look.At(page, "steps");
        await page.GetByRole(AriaRole.Link, new() { Name = "30 jours" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "30 jours" })).ToHaveAttributeAsync("aria-current", "true");
        await look.At(page, "month");
    }
}
