using Microsoft.Playwright;
using MsaOrleans.Testing;
using static Microsoft.Playwright.Assertions;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>Certificates in two real browsers: an adherent makes them and takes them home, somebody else checks one by the address in its QR code.</summary>
public sealed class CertificateJourneyTests(Chromium chromium)
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task A_certificate_is_made_downloaded_and_checked(int width, ColorScheme colours)
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var person = Person.LamyFritz;
        await site.OpenSpace(person, data);
        var look = new Look($"certificates-{width}");

        var his = await chromium.SignIn(site, person, width, colours);
        await his.GotoAsync("/espace-prive/documents");
        await look.At(his, "empty");
        await his.GotoAsync("/espace-prive/attestations");
        await look.At(his, "empty");
        await Press(his, "Créer mon attestation de droits");
        await Expect(his.Locator("main").GetByRole(AriaRole.Status)).ToContainTextAsync("Votre attestation est prête");
        await his.GetByRole(AriaRole.Link, new() { Name = "Choisir la période" }).ClickAsync();
        await look.At(his);
        await his.GetByRole(AriaRole.Group, new() { Name = "Fin de la période" }).GetByLabel("Année").FillAsync("2099");
        await Press(his, "Créer l'attestation");
        await Expect(his.Locator(".error-summary")).ToContainTextAsync("Cette fin est dans l'avenir.");
        await look.At(his, "refused");
        var end = DateTime.Today;
        await his.GetByRole(AriaRole.Group, new() { Name = "Fin de la période" }).GetByLabel("Année").FillAsync($"{end.Year}");
        await his.GetByRole(AriaRole.Group, new() { Name = "Début de la période" }).GetByLabel("Année").FillAsync($"{end.Year - 1}");
        await Press(his, "Créer l'attestation");
        await Expect(his.Locator(".list > li")).ToHaveCountAsync(2);
        await look.At(his, "made");

        var first = his.Locator(".list > li").First;
        await Expect(first).ToContainTextAsync("Attestation de paiements du");
        var download = await his.RunAndWaitForDownloadAsync(() => first.GetByRole(AriaRole.Link).ClickAsync());
        Assert.Matches(@"\Aattestation-de-paiements-\d{4}-\d\d-\d\d\.pdf\z", download.SuggestedFilename);
        Assert.StartsWith("%PDF", await File.ReadAllTextAsync((await download.PathAsync())!, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await his.GotoAsync("/espace-prive/documents");
        await look.At(his);
        await his.GetByRole(AriaRole.Link, new() { Name = "Lire les conditions que j'ai acceptées" }).ClickAsync();
        await look.At(his);

        await his.GotoAsync("/espace-prive/attestations");
        var code = await first.Locator(".code").TextContentAsync();
        var anybody = await chromium.NewVisitor(site.Address, width: width, colours: colours);
        await anybody.GotoAsync($"/verification?code={code}");
        await look.At(anybody);
        await Press(anybody, "Vérifier");
        await Expect(anybody.Locator("main").GetByRole(AriaRole.Status)).ToContainTextAsync("Cette attestation est authentique.");
        await Expect(anybody.Locator("main")).ToContainTextAsync("LAMY FRITZ");
        await look.At(anybody, "genuine");

        static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
    }
}
