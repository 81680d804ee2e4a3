using Microsoft.Playwright;
using MsaOrleans.Testing;
using static Microsoft.Playwright.Assertions;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>The pages beside the straight way, in every state, on a small screen and a large one, by day and by night.</summary>
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
    public async Task The_rooms_of_the_private_space_are_sound(int width, ColorScheme colours)
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var person = Person.Perrin;
        using var other = new Browser(site.Address);
        await other.SignUp(person);
        await other.FirstConnection(person, (await new MailFolder(data["mails"]).To(person.Email)).ProvisionalPassword);
        var page = await chromium.SignIn(site, person, width, colours);
        var look = new Look($"rooms-{width}-{colours.ToString().ToLowerInvariant()}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Mes derniers paiements" })).ToBeVisibleAsync();
        foreach (var (path, state) in new[]
        {
            ("/espace-prive", null), ("/espace-prive/paiements", null), ("/espace-prive/paiements?annee=deux-mille&nature=x", "left-out"), ("/espace-prive/demandes", "none"),
            ("/espace-prive/contact", null), ("/complement-inscription", null), ("/mon-compte", null), ("/session", null),
        })
        {
            await page.GotoAsync(path);
            await look.At(page, state);
        }
        await other.Open("/complement-inscription/departement");
        await other.Send(("Department", "13"));
        await other.Open("/complement-inscription/annulation/13");
        await other.Send();
        await page.GotoAsync("/espace-prive/demandes");
        await Expect(page.Locator(".tag")).ToHaveTextAsync("Demande annulée");
        await look.At(page, "ended");
    }

    /// <summary>Also the way of a letter: chosen, made, printed, posted, and seen to be.</summary>
    [Theory]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    public async Task The_queue_of_the_post_is_sound_from_the_choice_of_paper_to_the_letter_box(int width, ColorScheme colours)
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path);
        var person = Person.LamyFritz;
        await site.OpenSpace(person, data);
        var look = new Look($"post-{width}-{colours.ToString().ToLowerInvariant()}");
        var his = await chromium.SignIn(site, person, width, colours);
        await Expect(his.GetByRole(AriaRole.Heading, new() { Name = "Mes derniers paiements" })).ToBeVisibleAsync();
        var agent = await chromium.SignInAgent(site, width, colours);
        await agent.GetByRole(AriaRole.Link, new() { Name = "Courriers", Exact = true }).ClickAsync();
        await Expect(agent.Locator("main")).ToContainTextAsync("Aucun courrier n'attend d'être imprimé.");
        await look.At(agent, "none");

        await his.GotoAsync("/mon-compte/reception");
        await his.GetByRole(AriaRole.Radiogroup, new() { Name = "Vos documents" }).GetByText("Par courrier").ClickAsync();
        await look.At(his);
        await Press(his, "Enregistrer");
        await his.GotoAsync("/espace-prive/attestations");
        await Press(his, "Créer mon attestation de droits");
        await Expect(his.Locator(".list")).ToContainTextAsync("à imprimer");
        await his.GotoAsync("/complement-inscription/departement");
        await his.GetByLabel("Département").SelectOptionAsync("13");
        await Press(his, "Valider");
        await Expect(his.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Accusé de réception");
        await his.GotoAsync("/espace-prive/demandes");
        await look.At(his, "to-print");

        await agent.GotoAsync("/assistance/impression?caisse=mars");
        await look.At(agent, "unknown");
        await agent.GetByRole(AriaRole.Link, new() { Name = "Voir" }).ClickAsync();
        await look.At(agent, "waiting");
        await Press(agent, "Préparer le prochain lot");
        await Expect(agent.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Lot");
        await look.AtLong(agent, "/assistance/impression/lot", "prepared");
        await Press(agent, "Marquer comme postés");
        await Expect(agent.Locator(".error-summary")).ToContainTextAsync("Téléchargez d'abord le fichier PDF");
        await look.AtLong(agent, "/assistance/impression/lot", "refused");
        var download = await agent.RunAndWaitForDownloadAsync(() => Press(agent, "Télécharger le fichier PDF"));
        Assert.Matches(@"\Acourriers-[0-9a-z]{4}-[0-9a-z]{4}\.pdf\z", download.SuggestedFilename);
        Assert.StartsWith("%PDF", await File.ReadAllTextAsync((await download.PathAsync())!, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await agent.ReloadAsync();
        await look.AtLong(agent, "/assistance/impression/lot", "printed");
        await agent.GetByRole(AriaRole.Link, new() { NameRegex = new("^Retour aux courriers") }).ClickAsync();
        await look.At(agent, "batch");
        await agent.GetByRole(AriaRole.Link, new() { Name = "Ouvrir" }).ClickAsync();
        await Press(agent, "Marquer comme postés");
        await Expect(agent.Locator("main").GetByRole(AriaRole.Status)).ToContainTextAsync("2 courriers sont marqués comme postés.");
        await look.At(agent, "posted");
        await his.GotoAsync("/espace-prive/documents");
        await Expect(his.Locator("main")).ToContainTextAsync("postée le");
        await look.At(his, "posted");

        static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
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

    [Theory]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    public async Task Every_page_of_FranceConnect_is_sound_both_ways(int width, ColorScheme colours)
    {
        using var data = new TempFolder();
        await using var site = await SiteProcess.Start(data.Path, StandIn.On);
        await site.OpenSpace(Person.LamyFritz, data);
        using (var newcomer = new Browser(site.Address))
            await newcomer.SignUp(Person.Perrin);
        var provisional = (await new MailFolder(data["mails"]).To(Person.Perrin.Email)).ProvisionalPassword;
        var page = await chromium.NewVisitor(site.Address, width: width, colours: colours);
        var look = new Look($"franceconnect-{width}-{colours.ToString().ToLowerInvariant()}");

        // The MSA vouches for him.
        foreach (var path in (string[])["/franceconnect/authorize", "/franceconnect/logout"])
        {
            await page.GotoAsync(path);
            await look.At(page);
        }
        await page.GotoAsync(await StandIn.PublicService(site));
        await look.At(page);
        await Follow("S'identifier avec le FranceConnect de démonstration");
        await look.AtLong(page, "/choix", "public-service");
        await Follow("MSA");
        await look.AtLong(page, "/franceconnect/connexion");
        await Prove(Person.LamyFritz.Nir, "Mauvais-Mot-1");
        await look.AtLong(page, "/franceconnect/connexion", "refused");
        await Prove(Person.Perrin.Nir, provisional);
        await look.AtLong(page, "/franceconnect/connexion", "missing");
        await page.GoBackAsync();
        await WithoutGoingOn("**/franceconnect/authorize*", () => Prove(Person.LamyFritz.Nir, Journeys.GoodPassword), "Connexion réussie", () => look.AtLong(page, "/franceconnect/connexion", "go-on"));
        await Follow("Continuer");
        await Shown("Vous êtes connecté au service public fictif");
        await look.At(page, "signed-in");
        await page.GotoAsync(new Uri(new Uri(await StandIn.PublicService(site)), "/panne").AbsoluteUri);
        await look.At(page);

        // He comes in by it.
        foreach (var path in (string[])["/aide/franceconnect", "/connexion", "/connexion?renonce=oui", .. new[] { "indisponible", "interrompue", "non-reconnu" }.Select(failure => "/connexion/franceconnect/" + failure)])
        {
            await page.GotoAsync(path);
            await look.At(page);
        }
        await page.GotoAsync("/connexion/franceconnect");
        await look.AtLong(page, "/choix", "msa");
        await Press("FRITZ LAMY");
        await Shown("Mon espace privé : particulier");
        await page.GotoAsync("/mon-compte");
        await look.At(page);
        await page.GotoAsync("/mon-compte/franceconnect");
        await look.At(page);
        await page.GotoAsync("/espace-prive");
        await WithoutGoingOn("**/session/end*", () => page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Button, new() { Name = "Se déconnecter" }).ClickAsync(), "Déconnexion de FranceConnect", () => look.At(page, "franceconnect"));
        await Follow("Continuer");
        await Shown("Vous êtes déconnecté");

        // Or signs up by it.
        await page.GotoAsync("/connexion/franceconnect");
        await Press("JEAN-PIERRE KLEIN");
        await look.At(page, "proved");
        await page.GetByLabel("Adresse email").FillAsync("fautive");
        await Press("Suivant");
        await look.At(page, "proved-refused");

        Task Shown(string heading) => Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);

        Task Press(string button) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

        Task Follow(string link) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();

        async Task Prove(string identifier, string password)
        {
            await page.GetByLabel("Identifiant").FillAsync(identifier);
            await page.GetByLabel("Mot de passe", new() { Exact = true }).FillAsync(password);
            await Press("Se connecter");
        }

        // A page that goes on by itself is looked at while the way is barred.
        async Task WithoutGoingOn(string way, Func<Task> act, string heading, Func<Task> look)
        {
            await page.RouteAsync(way, route => route.AbortAsync("aborted"));
            await act();
            await Shown(heading);
            await look();
            await page.UnrouteAsync(way);
        }
    }
}
