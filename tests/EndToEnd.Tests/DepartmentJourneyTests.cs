using Microsoft.Playwright;
using MsaOrleans.Testing;
using static Microsoft.Playwright.Assertions;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>The second half of the leaflet in a real browser: a department where the caisses do not know LAMY FRITZ, from the request to its opening.</summary>
public sealed class DepartmentJourneyTests(Chromium chromium)
{
    private const string NewPassword = "Bruyere-Comptoir-9";

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task An_adherent_enrols_in_another_department(int width, ColorScheme colours)
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path, ("Departments:CodeDelay", "00:00:15"));
        var person = Person.LamyFritz;
        await site.OpenSpace(person, data);
        var page = await chromium.NewVisitor(site.Address, width: width, colours: colours);
        var look = new Look($"department-{width}-{colours.ToString().ToLowerInvariant()}");

        // Asked for before signing in: signing in leads there.
        await page.GotoAsync("/mon-compte");
        await Arrived("/connexion", "Se connecter à Mon espace privé");
        await page.GetByLabel("Identifiant").FillAsync(person.Nir);
        await page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync(Journeys.GoodPassword);
        await Press("Se connecter");
        await Arrived("/mon-compte", "Mon compte");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "67-Bas-Rhin" })).ToContainTextAsync("activé automatiquement");
        await Follow("M'inscrire dans un autre département ou compléter mon inscription");
        await Arrived("/complement-inscription", "Complément d'inscription");
        await Follow("Le mode d'emploi");
        await Arrived("/complement-inscription/mode-d-emploi", "Mode d'emploi du complément d'inscription");
        await Follow("Précédent");
        await Follow("Inscrivez-vous aux services sécurisés d'une autre MSA (tout public)");
        await Arrived("/complement-inscription/departement", "Choix d'un département d'inscription");
        await Press("Valider");
        await Expect(page.Locator(".error-summary")).ToContainTextAsync("Choisissez un département");
        await look.At(page, "refused");
        await page.GetByLabel("Département").SelectOptionAsync("01-Ain");
        await Press("Valider");
        await Arrived("/complement-inscription/accuse", "Accusé de réception");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Votre demande a bien été prise en compte. Vous recevrez d'ici quelques jours votre code confidentiel");
        await Follow("Voir mes demandes");
        await Arrived("/mon-compte", "Mon compte", "asked");
        await Expect(page.GetByText("Code attendu")).ToBeVisibleAsync();
        await Follow("Annuler cette demande : 01-Ain");
        await Arrived("/complement-inscription/annulation/01", "Annuler une demande");
        await Follow("Garder ma demande");

        var code = (await new MailFolder(data["mails"]).To(person.Email, "Votre code confidentiel pour un autre département")).ProvisionalPassword;
        await page.GotoAsync("/complement-inscription/code");
        await Arrived("/complement-inscription/code", "Saisir mon code confidentiel");
        await Expect(page.GetByLabel("Département")).ToHaveValueAsync("01");
        await page.GetByLabel("Code confidentiel").FillAsync("AAAAA-AAAAA");
        await Press("Valider");
        await Expect(page.Locator(".error-summary")).ToContainTextAsync("Il vous reste 4 essais");
        await look.At(page, "refused");
        await page.GetByLabel("Code confidentiel").FillAsync($" {code[..5].ToLowerInvariant()} {code[5..]} ");
        await Press("Valider");
        await Arrived("/premiere-connexion/mot-de-passe", "Changement de votre mot de passe");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("le département 01-Ain sera alors activé");
        await page.GotoAsync("/mon-compte");
        await Arrived("/premiere-connexion/mot-de-passe", "Changement de votre mot de passe", "forced");
        await Choose(Journeys.GoodPassword);
        await Expect(page.Locator(".error-summary")).ToContainTextAsync("C’est votre mot de passe actuel");
        await Choose(NewPassword);
        await Arrived("/premiere-connexion/confirmation", "Confirmation");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Le département 01-Ain est maintenant activé.");
        await Follow("Continuer");
        await Arrived("/mon-compte", "Mon compte", "active");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "01-Ain" })).ToContainTextAsync("activé avec votre code");
        await Expect(page.GetByText("Département activé").First).ToBeVisibleAsync();
        await page.GotoAsync("/espace-prive");
        await Expect(page.GetByText("01-Ain (MSA Ain-Rhône)")).ToBeVisibleAsync();
        await look.At(page);

        async Task Choose(string password)
        {
            await page.GetByLabel("Votre nouveau mot de passe").FillAsync(password);
            await page.GetByLabel("Confirmer le mot de passe").FillAsync(password);
            await Press("Valider");
        }

        Task Press(string button) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();

        Task Follow(string link) => page.GetByRole(AriaRole.Link, new() { Name = link }).ClickAsync();

        async Task Arrived(string path, string heading, string? state = null)
        {
            await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"^{System.Text.RegularExpressions.Regex.Escape(site.Address + path)}(#.*)?$"));
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);
            await look.At(page, state);
        }
    }
}
