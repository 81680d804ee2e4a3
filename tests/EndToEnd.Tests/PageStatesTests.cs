using Microsoft.Playwright;
using MsaOrleans.Testing;
using static Microsoft.Playwright.Assertions;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>The public pages beside the straight way, in every state, on a small screen and a large one, by day and by night.</summary>
public sealed class PageStatesTests(Chromium chromium)
{
    [Theory]
    [InlineData(360, ColorScheme.Dark, true)]
    [InlineData(1280, ColorScheme.Light, false)]
    public async Task The_waiting_page_opens_by_itself_with_a_script_and_without(int width, ColorScheme colours, bool javaScript)
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path, ("WaitingRoom:Enabled", "true"), ("WaitingRoom:FirstLimit", "1"));
        using (var http = new HttpClient { BaseAddress = new Uri(site.Address) })
        {
            for (var i = 0; i < 4; i++)
                (await http.GetAsync("/inscription/profil", TestContext.Current.CancellationToken)).Dispose();
        }
        var page = await chromium.NewVisitor(site.Address, javaScript, width, colours);
        var (look, heading) = (new Look($"waiting-{width}", javaScript), page.GetByRole(AriaRole.Heading, new() { Level = 1 }));
        await page.GotoAsync("/inscription/profil");
        await Expect(heading).ToHaveTextAsync("Vous êtes dans la file d’attente");
        await look.At(page);
        await Expect(heading).ToHaveTextAsync("Vous êtes...", new() { Timeout = 60_000 });
    }

    [Theory]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    public async Task Every_page_beside_the_way_is_sound(int width, ColorScheme colours)
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var page = await chromium.NewVisitor(site.Address, width: width, colours: colours);
        var look = new Look($"states-{width}-{colours.ToString().ToLowerInvariant()}");

        foreach (var path in (string[])
            [
                "/", "/aide/numero-securite-sociale", "/aide/numero-carte-vitale", "/aide/assistance-internet", "/conditions-generales", "/donnees-personnelles",
                "/mentions-legales", "/accessibilite", "/n-existe-pas", "/erreur/429", "/demo/boite-aux-lettres", "/connexion", "/connexion?Department=20", "/connexion?Department=67",
                "/connexion?Department=2A", "/complement-inscription/mode-d-emploi", "/verification", "/deconnexion", "/adresse-electronique/abime",
                "/inscription/profil/farmer", "/inscription/abandonner", "/changer-de-region?Return=%2Faccessibilite", "/taille-du-texte", "/taille-du-texte?Size=1",
                "/particulier", "/exploitant", "/employeur", "/partenaire", "/elu-msa", "/votre-msa",
                "/aide", "/aide/creer-mon-espace", "/aide/messages-frauduleux", "/aide/n-existe-pas", "/actualites", "/actualites/alsace-deux-departements",
                "/recherche", "/recherche?q=mot+de+passe", "/recherche?q=conexion+espacce+prive", "/recherche?q=xylophone", "/recherche?q=1630967482229",
            ])
        {
            await page.GotoAsync(path);
            await look.At(page);
        }
        await page.GotoAsync("/changer-de-region");
        await Press("Valider");
        await look.At(page, "refused");
        await page.GotoAsync("/changer-de-region");
        if (width < 768)
            await page.GetByText("Menu", new() { Exact = true }).ClickAsync();
        await look.At(page, "menu");
        await page.GotoAsync("/verification");
        await page.GetByLabel("Code de l'attestation").FillAsync("7K3M-9QRT-0B2W-XY4Z");
        await Press("Vérifier");
        await look.At(page, "unknown");
        await page.GotoAsync("/connexion");
        await page.GetByLabel("Identifiant").FillAsync(Person.LamyFritz.Nir);
        await page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync("Mauvais-Mot-1");
        await Press("Se connecter");
        await look.At(page, "refused");
        await page.GotoAsync("/adresse-electronique/abime");
        await Press("Confirmer cette adresse");
        await look.At(page, "invalid");

        await page.GotoAsync("/inscription/profil");
        await Press("Suivant");
        await look.At(page, "refused");
        await page.GetByText("Particulier", new() { Exact = true }).ClickAsync();
        await Press("Suivant");
        await page.GetByLabel("Numéro de Sécurité Sociale").FillAsync("1 63 13 67 482 229");
        await Press("Suivant");
        await look.At(page, "refused");
        await Expect(page.Locator(".error-summary")).ToBeFocusedAsync();
        await page.GetByLabel("Numéro de Sécurité Sociale").FillAsync(Person.LamyFritz.Nir);
        await Press("Suivant");
        await Press("Suivant");
        await page.GetByLabel("Jour").FillAsync("31");
        await page.GetByLabel("Mois").FillAsync("2");
        await page.GetByLabel("Année").FillAsync("1963");
        await Press("Suivant");
        await look.At(page, "refused");
        await page.GetByLabel("Nom", new() { Exact = true }).FillAsync("Lamy");
        await page.GetByLabel("Prénom").FillAsync("Fritz");
        await page.GetByLabel("Jour").FillAsync("12");
        await page.GetByLabel("Mois").FillAsync("septembre");
        await page.GetByLabel("Adresse email").FillAsync("une.adresse.vraiment.tres.longue.pour.un.petit.ecran@domaine-agricole-tres-long.exemple.fr");
        await Press("Suivant");
        await page.GetByText("Oui", new() { Exact = true }).ClickAsync();
        await Press("Suivant");
        await page.GetByText("Avec photo", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Numéro de série").FillAsync("12345");
        await Press("Suivant");
        await look.At(page, "refused");
        await page.GetByRole(AriaRole.Link, new() { Name = "Répondre plutôt avec le montant d'un paiement" }).ClickAsync();
        await look.At(page);
        foreach (var state in (string[])["one-left-but-one", "one-left", "locked"])
        {
            await page.GetByLabel("Montant d'un paiement").FillAsync("0,01");
            await Press("Suivant");
            await look.At(page, state);
        }
        Assert.EndsWith("/inscription/bloquee", page.Url, StringComparison.Ordinal);

        using (var other = new Browser(site.Address))
            await other.SignUp(Person.Perrin);
        var newcomer = await chromium.NewVisitor(site.Address, width: width, colours: colours);
        await newcomer.GotoAsync("/inscription/profil");
        await newcomer.GetByText("Particulier", new() { Exact = true }).ClickAsync();
        await newcomer.GetByRole(AriaRole.Button, new() { Name = "Suivant" }).ClickAsync();
        await newcomer.GetByLabel("Numéro de Sécurité Sociale").FillAsync(Person.Perrin.Nir);
        await newcomer.GetByRole(AriaRole.Button, new() { Name = "Suivant" }).ClickAsync();
        await look.At(newcomer);
        Assert.EndsWith("/inscription/compte-existant", newcomer.Url, StringComparison.Ordinal);

        Task Press(string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
    }
}
