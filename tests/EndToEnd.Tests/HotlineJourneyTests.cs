using Microsoft.Playwright;
using MsaOrleans.Testing;
using static Microsoft.Playwright.Assertions;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>A whole call in a real browser: LAMY FRITZ has locked himself out of the verification, an agent finds and unlocks him, and he finishes.</summary>
public sealed class HotlineJourneyTests(Chromium chromium)
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task An_agent_unlocks_a_caller_who_finishes_and_both_sides_tell_it(int width, ColorScheme colours)
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var person = Person.LamyFritz;
        using var caller = new Browser(site.Address);
        await caller.SignUpToVerification(person);
        await caller.Send(("HealthInsured", "yes"));
        for (var i = 0; i < 3; i++)
            await caller.Send(("CardKind", "with-photo"), ("CardSerial", $"000000000{i}"));

        using var guide = new Browser(site.Address);
        await guide.Open("/demo/assistance");
        var shown = guide.Page.QuerySelector("[data-login='agent.demo']")!;
        var page = await chromium.NewVisitor(site.Address, width: width, colours: colours);
        var look = new Look($"hotline-{width}");
        await page.GotoAsync("/assistance");
        await page.GetByLabel("Identifiant").FillAsync("agent.demo");
        await page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync(shown.QuerySelector("[data-password-of]")!.TextContent);
        await Press("Continuer");
        await page.GetByLabel("Code à 6 chiffres").FillAsync(shown.QuerySelector("[data-code-of]")!.TextContent);
        await Press("Se connecter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Chercher un dossier" })).ToBeVisibleAsync();
        await look.At(page);
        await Press("Chercher");
        await Expect(page.Locator(".error-summary")).ToContainTextAsync("Indiquez le motif de l’appel");
        await look.At(page, "refused");
        await page.GetByLabel("Motif de l'appel").FillAsync("N'arrive pas à finir son inscription");
        await page.GetByLabel("Référence de l'appel").FillAsync("A-1042");
        await page.GetByLabel("Nom de famille").FillAsync("Lami");
        await page.GetByLabel("Jour", new() { Exact = true }).FillAsync("12");
        await page.GetByLabel("Mois").FillAsync("9");
        await page.GetByLabel("Année").FillAsync("1963");
        await Press("Chercher");
        await Expect(page.GetByText("Vérifiez avec l'appelant")).ToBeVisibleAsync();
        await look.At(page, "nothing");
        await page.GetByLabel("Nom de famille").FillAsync("Lamy");
        await Press("Chercher");
        await Expect(page.GetByText("Un dossier trouvé")).ToBeVisibleAsync();
        await look.At(page, "found");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ouvrir le dossier" }).ClickAsync();

        await Expect(page.Locator("[data-standing]")).ToContainTextAsync("Vérification suspendue");
        await At("locked");
        await page.GetByRole(AriaRole.Button, new() { Name = "Afficher l'adresse email déclarée" }).ClickAsync();
        await Expect(page.Locator("[data-shown]")).ToHaveTextAsync(person.Email);
        await page.GetByRole(AriaRole.Link, new() { Name = "Débloquer la vérification" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Débloquer la vérification");
        await At("act");
        await Press("Débloquer la vérification");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("La vérification est débloquée");
        await page.GetByLabel("Ajouter une note").FillAsync("Il confondait le numéro de série et le numéro de Sécurité Sociale.");
        await Press("Ajouter la note");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("La note est au dossier.");

        await caller.SignUp(person);
        await caller.FirstConnection(person, (await new MailFolder(data["mails"]).To(person.Email)).ProvisionalPassword);
        await page.ReloadAsync();
        await Expect(page.Locator("[data-standing]")).ToContainTextAsync("Espace privé ouvert");
        await Expect(page.Locator(".timeline")).ToContainTextAsync("agent.demo a débloqué la vérification");
        await At("finished");
        await caller.Open("/mon-compte/assistance");
        Assert.Contains("a débloqué la vérification de votre identité", caller.Words, StringComparison.Ordinal);

        Task Press(string button) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();

        Task At(string state) => look.AtLong(page, "/assistance/dossier", state);
    }
}
