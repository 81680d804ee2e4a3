using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MsaOrleans.Testing;
using static Microsoft.Playwright.Assertions;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>What happens after the first day, in a real browser: LAMY FRITZ forgets his password, moves, changes his address, and leaves.</summary>
public sealed class AccountJourneyTests(Chromium chromium)
{
    private const string SecondPassword = "Bruyere-Comptoir-9";
    private const string ThirdPassword = "Charrue-Nuage-42";

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Light)]
    public async Task An_adherent_forgets_his_password_changes_everything_and_closes_his_account(int width, ColorScheme colours)
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var person = Person.LamyFritz;
        var mails = new MailFolder(data["mails"]);
        await site.OpenSpace(person, data);
        var page = await chromium.NewVisitor(site.Address, width: width, colours: colours);
        var look = new Look($"account-{width}");

        // Forgotten.
        await page.GotoAsync("/connexion");
        await Follow("J'ai oublié mon mot de passe");
        await Arrived("/mot-de-passe/oublie", "Mot de passe oublié");
        await page.GetByLabel("Identifiant").FillAsync(person.Nir);
        await page.GetByLabel("Adresse email de votre compte").FillAsync(person.Email);
        await Press("Recevoir un mot de passe provisoire");
        await Arrived("/mot-de-passe/oublie/envoi", "Demande enregistrée");
        var provisional = (await mails.To(person.Email, 2))[^1].ProvisionalPassword;
        await SignIn(provisional);
        await Arrived("/premiere-connexion/mot-de-passe", "Changement de votre mot de passe");
        await ChoosePassword(SecondPassword, "Valider");
        await Expect(page).ToHaveURLAsync(new Regex("/espace-prive$"));
        Assert.Equal("Votre mot de passe a été modifié", (await mails.To(person.Email, 3))[^1].Subject);

        // The password.
        await page.GotoAsync("/mon-compte");
        await look.At(page);
        await Follow("Modifier le mot de passe");
        await Arrived("/mon-compte/mot-de-passe", "Modifier mon mot de passe");
        await page.GetByLabel("Votre mot de passe actuel").FillAsync("Mauvais-Mot-1");
        await ChoosePassword(ThirdPassword, "Modifier mon mot de passe");
        await Expect(page.Locator(".error-summary")).ToContainTextAsync("Ce mot de passe n’est pas le vôtre.");
        await look.At(page, "refused");
        await page.GetByLabel("Votre mot de passe actuel").FillAsync(SecondPassword);
        await ChoosePassword(ThirdPassword, "Modifier mon mot de passe");
        await Said("Votre mot de passe a bien été modifié.");

        // Telephones, address, reception.
        await Follow("Modifier les téléphones");
        await Arrived("/mon-compte/telephones", "Modifier mes téléphones");
        await page.GetByLabel("Téléphone fixe").FillAsync("03 88 12 34 56");
        await Press("Enregistrer");
        await Said("Vos téléphones ont été enregistrés.");
        await Follow("Signaler un changement d'adresse");
        await Arrived("/mon-compte/adresse", "Signaler un changement d'adresse");
        await Press("Transmettre à ma caisse");
        await look.At(page, "refused");
        await page.GetByLabel("Numéro et rue").FillAsync("14 rue des Vignes");
        await page.GetByLabel("Code postal").FillAsync("68240");
        await page.GetByLabel("Commune").FillAsync("Kaysersberg Vignoble");
        await Press("Transmettre à ma caisse");
        await Said("Votre nouvelle adresse a été transmise à votre caisse.");
        await Expect(page.GetByText("Transmise à la caisse")).ToBeVisibleAsync();
        await Follow("Modifier le mode de réception");
        await Arrived("/mon-compte/reception", "Mode de réception");
        await page.GetByRole(AriaRole.Radiogroup, new() { Name = "Vos documents" }).GetByText("Par courrier").ClickAsync();
        await Press("Enregistrer");
        await Said("Votre mode de réception a été enregistré.");

        // The e-mail address.
        await Follow("Modifier l'adresse email");
        await Arrived("/mon-compte/email", "Modifier mon adresse email");
        var newAddress = "nouvelle." + person.Email;
        await page.GetByLabel("Nouvelle adresse email").FillAsync(newAddress);
        await page.GetByLabel("Votre mot de passe").FillAsync(ThirdPassword);
        await Press("Valider");
        await Said("Un lien a été envoyé à");
        await look.At(page, "pending");
        await page.GotoAsync((await mails.To(newAddress)).Link.PathAndQuery);
        await Press("Confirmer cette adresse");
        await page.GotoAsync("/mon-compte");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync(newAddress);

        // His sign-ins.
        using (var elsewhere = new Browser(site.Address))
            await elsewhere.SignIn(person.Nir, ThirdPassword);
        await page.GotoAsync("/mon-compte/connexions");
        await Arrived("/mon-compte/connexions", "Mes connexions");
        await Press("Fermer mes autres connexions");
        await Said("Votre autre connexion a été fermée.");

        // His data.
        await Follow("Télécharger mes données");
        await Arrived("/mon-compte/mes-donnees", "Télécharger mes données");
        await page.GetByLabel("Votre mot de passe").FillAsync(ThirdPassword);
        var download = await page.RunAndWaitForDownloadAsync(() => Press("Télécharger mes données"));
        using (var zip = ZipFile.OpenRead(await download.PathAsync()))
        {
            Assert.Equal(["mes-donnees.html", "mes-donnees.json"], zip.Entries.Select(e => e.Name));
            Assert.Contains(newAddress, await new StreamReader(zip.Entries[1].Open()).ReadToEndAsync(), StringComparison.Ordinal);
        }

        // And he leaves.
        await page.GotoAsync("/mon-compte");
        await Follow("Fermer mon espace privé");
        await Arrived("/mon-compte/fermeture", "Fermer mon espace privé");
        await Follow("Continuer");
        await Arrived("/mon-compte/fermeture/confirmation", "Confirmer la fermeture");
        await Press("Fermer mon espace privé");
        await look.At(page, "refused");
        await page.GetByText("Je veux fermer mon espace privé et effacer mes données.").Last.ClickAsync();
        await page.GetByLabel("Votre mot de passe").FillAsync(ThirdPassword);
        await Press("Fermer mon espace privé");
        await Arrived("/compte-ferme", "Votre espace privé est fermé");
        await page.GotoAsync("/espace-prive");
        await Expect(page).ToHaveURLAsync(new Regex("/connexion$"));
        Assert.Contains(await mails.To(newAddress, 2), mail => mail.Subject == "Votre espace privé est fermé");

        async Task SignIn(string password)
        {
            await page.GotoAsync("/connexion");
            await page.GetByLabel("Identifiant").FillAsync(person.Nir);
            await page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync(password);
            await Press("Se connecter");
        }

        async Task ChoosePassword(string password, string button)
        {
            await page.GetByLabel("Votre nouveau mot de passe").FillAsync(password);
            await page.GetByLabel("Confirmer le mot de passe").FillAsync(password);
            await Press(button);
        }

        async Task Said(string what)
        {
            await Expect(page).ToHaveURLAsync(new Regex("/mon-compte$"));
            await Expect(page.Locator("main").GetByRole(AriaRole.Status)).ToContainTextAsync(what);
        }

        Task Press(string button) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();

        Task Follow(string link) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();

        async Task Arrived(string path, string heading)
        {
            await Expect(page).ToHaveURLAsync(site.Address + path);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);
            await look.At(page);
        }
    }

    [Fact]
    public async Task Before_the_idle_limit_he_is_asked_and_his_form_stays_as_it_was()
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var person = Person.LamyFritz;
        await site.OpenSpace(person, data);
        var page = await chromium.NewVisitor(site.Address, width: 360);
        var look = new Look("session-warning");
        await page.Clock.InstallAsync();
        await page.GotoAsync("/mon-compte/adresse");
        await page.GetByLabel("Identifiant").FillAsync(person.Nir);
        await page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync(Journeys.GoodPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Se connecter" }).ClickAsync();
        await page.GetByLabel("Numéro et rue").FillAsync("14 rue des Vignes");
        await page.IsLoaded(); // the script that watches the time has begun
        var dialog = page.GetByRole(AriaRole.Dialog);

        await page.Clock.FastForwardAsync("17:55");
        await Expect(dialog).ToBeHiddenAsync();
        await page.Clock.FastForwardAsync("00:10");
        await Expect(dialog).ToContainTextAsync("votre session se fermera dans 2 minutes");
        await look.At(page);
        await page.RunAndWaitForResponseAsync(
            () => dialog.GetByRole(AriaRole.Button, new() { Name = "Rester connecté" }).ClickAsync(), answer => answer.Url.EndsWith("/session/prolongation", StringComparison.Ordinal) && answer.Status == 204);
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(page.GetByLabel("Numéro et rue")).ToHaveValueAsync("14 rue des Vignes");
        await page.Clock.FastForwardAsync("17:00");
        await Expect(dialog).ToBeHiddenAsync();
    }
}
