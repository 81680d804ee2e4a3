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
