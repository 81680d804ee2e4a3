using Microsoft.Playwright;
using MsaOrleans.Testing;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>What visitors do before a test begins, and what they must see of machines that are away.</summary>
internal static class Visitors
{
    /// <summary>Signs somebody up, and makes his password his own.</summary>
    public static async Task OpenSpace(this SiteProcess site, Person person, TempFolder data)
    {
        using var browser = new Browser(site.Address);
        await browser.SignUp(person);
        await browser.FirstConnection(person, (await new MailFolder(data["mails"]).To(person.Email)).ProvisionalPassword);
    }

    /// <summary>A browser on the way into the space of somebody who has one.</summary>
    public static async Task<IPage> SignIn(this Chromium chromium, SiteProcess site, Person person, int width, ColorScheme colours)
    {
        var page = await chromium.NewVisitor(site.Address, width: width, colours: colours);
        await page.GotoAsync("/connexion");
        await page.Locator("[name=Identifier]").FillAsync(person.Nir);
        await page.Locator("[name=Password]").FillAsync(Journeys.GoodPassword);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Se connecter", Exact = true }).ClickAsync();
        return page;
    }

    /// <summary>A browser of the hotline's, with the agent of the demonstration signed in.</summary>
    public static async Task<IPage> SignInAgent(this Chromium chromium, SiteProcess site, int width, ColorScheme colours)
    {
        var page = await chromium.NewVisitor(site.Address, width: width, colours: colours);
        using var guide = new Browser(site.Address);
        await guide.Open("/demo/assistance");
        var shown = guide.Page.QuerySelector("[data-login='agent.demo']")!;
        await page.GotoAsync("/assistance");
        await page.GetByLabel("Identifiant").FillAsync("agent.demo");
        await page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync(shown.QuerySelector("[data-password-of]")!.TextContent);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continuer", Exact = true }).ClickAsync();
        await page.GetByLabel("Code à 6 chiffres").FillAsync(shown.QuerySelector("[data-code-of]")!.TextContent);
        await page.GetByRole(AriaRole.Button, new() { Name = "Se connecter", Exact = true }).ClickAsync();
        return page;
    }

    /// <summary>Waits for the page and all that belongs to it.</summary>
    /// <remarks>Playwright's own way waits in vain when the event comes between its look at what has come and its listening.</remarks>
    public static Task IsLoaded(this IPage page) => page.Until("document.readyState === 'complete'");

    /// <summary>Waits until something is so in the page.</summary>
    /// <remarks>Playwright's own way asks a second time by an eval, which our pages forbid.</remarks>
    public static Task Until(this IPage page, string condition) =>
        Waiting.For(async () => await page.EvaluateAsync<bool>(condition) ? "so" : null, () => $"{condition} on {page.Url}");

    /// <summary>The page that says "later", when, and that holds all the details of a person as he typed them.</summary>
    public static void IsToldLaterWith(this Browser browser, Person person)
    {
        browser.IsToldLater();
        Assert.All(Journeys.DetailsOf(person), field => Assert.Equal(field.Value, browser.ValueOf(field.Field)));
    }

    /// <summary>The page that says "later", and when.</summary>
    public static void IsToldLater(this Browser browser)
    {
        Assert.Equal(503, browser.Status);
        Assert.NotNull(browser.Response.Headers.RetryAfter);
        Assert.Contains("momentanément indisponible", browser.Heading, StringComparison.Ordinal);
    }
}
