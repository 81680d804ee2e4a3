using Microsoft.Playwright;
using MsaOrleans.Testing;
using static Microsoft.Playwright.Assertions;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>The leaflet's journey without a mouse: Tab, Enter, Space, and arrows within a group of radios, as they are everywhere.</summary>
public sealed class KeyboardJourneyTests(Chromium chromium)
{
    [Theory]
    [InlineData(1280, 900, ForcedColors.None)]
    [InlineData(320, 256, ForcedColors.Active)] // a screen of 1280 × 1024 at 400 %
    public async Task An_adherent_signs_up_and_in_with_a_keyboard_alone(int width, int height, ForcedColors forced)
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var person = Person.LamyFritz;
        var page = await chromium.NewVisitor(site.Address, width: width);
        await page.SetViewportSizeAsync(width, height);
        await page.EmulateMediaAsync(new() { ForcedColors = forced, ReducedMotion = ReducedMotion.Reduce });
        var keyboard = new Keyboard(page);

        await page.GotoAsync("/");
        await Arrived("Votre MSA, depuis chez vous");
        await keyboard.Activate("S'inscrire");
        await Arrived("Vous êtes...");
        await keyboard.Activate("Aller au contenu");
        await keyboard.To("Exploitant agricole");
        await keyboard.Press("ArrowDown");
        await keyboard.Press("ArrowDown");
        await Expect(page.GetByLabel("Particulier", new() { Exact = true })).ToBeCheckedAsync();
        await keyboard.Activate("Suivant");
        await Arrived("Votre identifiant");
        await keyboard.Activate("Suivant");
        await Expect(page.Locator(".error-summary")).ToBeFocusedAsync();
        await keyboard.Activate("Saisissez votre numéro de Sécurité Sociale : les 13 chiffres qui figurent sur votre carte Vitale.");
        await Expect(page.GetByLabel("Numéro de Sécurité Sociale")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(person.Nir);
        await keyboard.Press("Enter");
        await Arrived("Gardez votre carte Vitale à portée de main");
        await keyboard.Activate("Suivant");
        await Arrived("Vos coordonnées");
        await keyboard.Fill("Nom", "Lamy");
        await keyboard.Fill("Prénom", "Fritz");
        await keyboard.Fill("Jour", "12");
        await keyboard.Fill("Mois", "9");
        await keyboard.Fill("Année", "1963");
        await keyboard.Fill("Adresse email", person.Email);
        await keyboard.Activate("Suivant");
        await Arrived("Vérification de votre identité");
        await keyboard.To("Oui");
        await keyboard.Press("Space");
        await keyboard.Activate("Suivant");
        await Arrived("Votre carte Vitale");
        await keyboard.To("Avec photo");
        await keyboard.Press("Space");
        await keyboard.Fill("Numéro de série de votre carte Vitale", "1234567890");
        await keyboard.Activate("Suivant");
        await Arrived("Recevoir votre mot de passe");
        await keyboard.Activate("Suivant");
        await Arrived("Conditions générales d'utilisation");
        await keyboard.To("J'ai lu et j'accepte les conditions générales d'utilisation");
        await keyboard.Press("Space");
        await keyboard.Activate("Finaliser mon inscription en acceptant les conditions générales d'utilisation");
        await Arrived("Inscription terminée");

        var provisional = (await new MailFolder(data["mails"]).To(person.Email)).ProvisionalPassword;
        await keyboard.Activate("Se connecter à Mon espace privé");
        await Arrived("Se connecter à Mon espace privé");
        await keyboard.Fill("Mot de passe", provisional);
        await keyboard.To("Afficher le mot de passe");
        await keyboard.Press("Space");
        await Expect(page.GetByLabel("Mot de passe", new() { Exact = true })).ToHaveAttributeAsync("type", "text");
        await keyboard.Activate("Se connecter");
        await Arrived("Changement de votre mot de passe");
        await keyboard.Fill("Votre nouveau mot de passe", Journeys.GoodPassword);
        await keyboard.Fill("Confirmer le mot de passe", Journeys.GoodPassword);
        await keyboard.Activate("Valider");
        await Arrived("Confirmation");
        await keyboard.Activate("Continuer");
        await Arrived("Confirmation de vos coordonnées");
        await keyboard.Activate("Je confirme mes coordonnées");
        await Arrived("Confirmation");
        await keyboard.Activate("Accéder à Mon espace privé");
        await Arrived("Mon espace privé : particulier");
        await keyboard.Activate("Se déconnecter");
        await Arrived("Vous êtes déconnecté");

        await keyboard.Activate("Se connecter à nouveau");
        await Arrived("Se connecter à Mon espace privé");
        await keyboard.Fill("Identifiant", person.Nir);
        await keyboard.Fill("Mot de passe", Journeys.GoodPassword);
        await page.Clock.InstallAsync();
        await keyboard.Press("Enter");
        await Arrived("Mon espace privé : particulier");

        // The end of his session is announced, and put off, by keyboard too.
        await page.IsLoaded(); // the script that watches the time has begun
        await page.Clock.FastForwardAsync("18:05");
        var stay = page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Rester connecté" });
        await Expect(stay).ToBeFocusedAsync();
        await page.RunAndWaitForResponseAsync(() => keyboard.Press("Enter"), answer => answer.Url.EndsWith("/session/prolongation", StringComparison.Ordinal) && answer.Status == 204);
        await Expect(stay).ToBeHiddenAsync();

        async Task Arrived(string heading)
        {
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);
            await keyboard.GoThrough();
        }
    }
}
