using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MsaOrleans.Testing;
using static Microsoft.Playwright.Assertions;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>The leaflet's journey for LAMY FRITZ in a real browser, as its reader would do it: by label, by button, by link.</summary>
public sealed class LeafletJourneyTests(Chromium chromium)
{
    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 1280)]
    [InlineData(true, 360)]
    public async Task An_adherent_creates_and_opens_his_private_space(bool javaScript, int width)
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var person = Person.LamyFritz;
        var page = await chromium.NewVisitor(site.Address, javaScript, width);
        var look = new Look($"journey-{width}{(javaScript ? "" : "-without-javascript")}", javaScript);

        await page.GotoAsync("/");
        await Seen();
        await page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link, new() { Name = "S'inscrire" }).ClickAsync();
        await Arrived("/inscription/profil", "Vous êtes...");
        await Choose("Particulier");
        await Next();
        await Arrived("/inscription/identifiant", "Votre identifiant");
        await page.GetByLabel("Numéro de Sécurité Sociale").FillAsync("1 63 09 67 482 229");
        await Next();
        await Arrived("/inscription/a-preparer", "Gardez votre carte Vitale à portée de main");
        await Next();
        await Arrived("/inscription/coordonnees", "Vos coordonnées");
        await page.GetByLabel("Nom", new() { Exact = true }).FillAsync("Lamy");
        await page.GetByLabel("Prénom").FillAsync("Fritz");
        await page.GetByLabel("Jour").FillAsync("12");
        await page.GetByLabel("Mois").FillAsync("9");
        await page.GetByLabel("Année").FillAsync("1963");
        await page.GetByLabel("Adresse email").FillAsync(person.Email);
        await page.GetByLabel("Numéro de téléphone mobile").FillAsync("06 12 34 56 78");
        await Next();
        await Arrived("/inscription/verification", "Vérification de votre identité");
        await Choose("Oui");
        await Next();
        await Arrived("/inscription/verification/carte-vitale", "Votre carte Vitale");
        await Choose("Avec photo");
        await page.GetByLabel("Numéro de série").FillAsync("1234567890");
        await Next();
        await Arrived("/inscription/mot-de-passe", "Recevoir votre mot de passe");
        await Expect(page.GetByText(person.Email)).ToBeVisibleAsync();
        await Next();
        await Arrived("/inscription/conditions", "Conditions générales d'utilisation");
        await Choose("J'ai lu et j'accepte les conditions générales d'utilisation");
        await Press("Finaliser mon inscription en acceptant les conditions générales d'utilisation");
        await Arrived("/inscription/terminee", "Inscription terminée");

        await new MailFolder(data["mails"]).To(person.Email);
        await page.GotoAsync("/demo/boite-aux-lettres");
        await Seen();
        var mail = await page.Locator("pre.message").First.InnerTextAsync();
        var provisional = Regex.Match(mail, @"^\w{4}-\w{4}-\w{4}$", RegexOptions.Multiline).Value;

        await page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link, new() { Name = "Se connecter" }).ClickAsync();
        await Arrived("/connexion", "Se connecter à Mon espace privé");
        await Expect(page.GetByLabel("Identifiant")).ToHaveValueAsync(person.Nir);
        await page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync(provisional);
        await Press("Se connecter");
        await Arrived("/premiere-connexion/mot-de-passe", "Changement de votre mot de passe");
        await page.GetByLabel("Votre nouveau mot de passe").FillAsync("Court1");
        if (javaScript)
            await Expect(page.Locator("[data-password-gauge]")).ToContainTextAsync("faible", new() { IgnoreCase = true });
        await page.GetByLabel("Confirmer le mot de passe").FillAsync("Court1");
        await Press("Valider");
        await Expect(page.Locator(".error-summary")).ToContainTextAsync("au moins 8 caractères");
        await Seen("refused");
        await page.GetByLabel("Votre nouveau mot de passe").FillAsync(Journeys.GoodPassword);
        if (javaScript)
            await Expect(page.Locator("[data-password-gauge]")).ToContainTextAsync("fort", new() { IgnoreCase = true });
        await page.GetByLabel("Confirmer le mot de passe").FillAsync(Journeys.GoodPassword);
        await Press("Valider");
        await Arrived("/premiere-connexion/confirmation", "Confirmation");
        await page.GetByRole(AriaRole.Link, new() { Name = "Continuer" }).ClickAsync();
        await Arrived("/premiere-connexion/coordonnees", "Confirmation de vos coordonnées");
        await Press("Je confirme mes coordonnées");
        await Arrived("/premiere-connexion/terminee", "Confirmation");
        await page.GetByRole(AriaRole.Link, new() { Name = "Accéder à Mon espace privé" }).ClickAsync();
        await Arrived("/espace-prive", "Mon espace privé : particulier");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("LAMY FRITZ");
        await Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(4);
        await Expect(page.GetByText("67-Bas-Rhin (MSA Alsace)")).ToBeVisibleAsync();
        await Press("Se déconnecter");
        await Arrived("/deconnexion", "Vous êtes déconnecté");
        await page.GotoAsync("/espace-prive");
        Assert.EndsWith("/connexion", page.Url, StringComparison.Ordinal);

        // On the words, as people do, not on the little circle.
        Task Choose(string answer) => page.GetByText(answer, new() { Exact = true }).ClickAsync();

        Task Next() => Press("Suivant");

        Task Press(string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

        async Task Arrived(string path, string heading)
        {
            await Expect(page).ToHaveURLAsync(site.Address + path);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);
            await Seen();
        }

        Task Seen(string? state = null) => look.At(page, state);
    }
}
