using AngleSharp.Html.Dom;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Testing;
using MsaOrleans.Web.Tests.Assistance;

namespace MsaOrleans.Web.Tests.Accessibility;

/// <summary>One page in one state.</summary>
/// <param name="Path">Where.</param>
/// <param name="Status">With what; 400 where a form was refused.</param>
/// <param name="Html">As it was sent.</param>
/// <param name="Page">As it was read.</param>
public sealed record VisitedPage(string Path, int Status, string Html, IHtmlDocument Page)
{
    public bool IsOfHotline => Path.StartsWith("/assistance", StringComparison.Ordinal);

    public override string ToString() => $"{Path} ({Status})";
}

/// <summary>Every page of the site and every refusal of its forms, seen once: by a visitor, an adherent, and an agent of the hotline.</summary>
public sealed class VisitedPages(Site site) : IAsyncLifetime
{
    private readonly List<VisitedPage> all = [];

    public IReadOnlyList<VisitedPage> All => all;

    public async ValueTask InitializeAsync()
    {
        using var visitor = site.NewBrowser();
        foreach (var path in (string[])
            [
                "/", "/aide/numero-securite-sociale", "/aide/numero-carte-vitale", "/aide/assistance-internet", "/aide/franceconnect", "/conditions-generales",
                "/donnees-personnelles", "/mentions-legales", "/accessibilite", "/changer-de-region", "/taille-du-texte", "/recherche", "/n-existe-pas", "/erreur/429", "/erreur/503", "/connexion?Department=67", "/connexion?Department=20",
                "/deconnexion", "/compte-ferme", "/mot-de-passe/expire", "/mot-de-passe/oublie/envoi", "/inscription/profil/farmer", "/inscription/abandonner", "/complement-inscription/mode-d-emploi",
                "/demo/boite-aux-lettres", "/demo/assistance",
            ])
            await Open(visitor, path);
        await Refused(visitor, "/connexion", ("Identifier", ""), ("Password", ""));
        await Refused(visitor, "/mot-de-passe/oublie", ("Identifier", ""), ("Email", ""));
        await Open(visitor, "/adresse-electronique/abime");
        await Send(visitor, visitor.Path);

        using var adherent = site.NewBrowser();
        var person = site.NextCardHolder();
        await SignUp(adherent, person);
        await FirstConnection(adherent, person);
        await PrivateSpace(adherent, Enumerable.Range(1, 19).Select(i => $"{i:00}").First(d => !person.Departments.Contains(d)));
        await Hotline(person);
        await StoppedSignUps(person);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task SignUp(Browser browser, Person person)
    {
        await Refused(browser, "/inscription/profil");
        await Send(browser, "/inscription/identifiant", ("Profile", "individual"));
        await Refused(browser, browser.Path, ("Nir", ""));
        await Send(browser, "/inscription/a-preparer", ("Nir", person.Nir));
        await Send(browser, "/inscription/coordonnees");
        await Refused(browser, browser.Path, [.. Journeys.DetailsOf(person).Select(field => (field.Field, "?"))]);
        await Send(browser, "/inscription/verification", Journeys.DetailsOf(person));
        await Refused(browser, browser.Path);
        await Send(browser, "/inscription/verification/carte-vitale", ("HealthInsured", "yes"));
        await Refused(browser, "/inscription/verification/paiement", ("PaymentAmount", ""));
        await Refused(browser, "/inscription/verification/carte-vitale", ("CardSerial", ""));
        await Send(browser, "/inscription/mot-de-passe", ("CardKind", "with-photo"), ("CardSerial", person.CardSerial!));
        await Send(browser, "/inscription/conditions");
        await Refused(browser, browser.Path);
        await Send(browser, "/inscription/terminee", ("AcceptTerms", "true"));
    }

    private async Task FirstConnection(Browser browser, Person person)
    {
        await browser.SignIn(person.Nir, (await site.Mails.To(person.Email)).ProvisionalPassword);
        await Refused(browser, "/premiere-connexion/mot-de-passe", ("NewPassword", "court"), ("ConfirmPassword", ""));
        await Send(browser, "/premiere-connexion/confirmation", ("NewPassword", Journeys.GoodPassword), ("ConfirmPassword", Journeys.GoodPassword));
        await Refused(browser, "/premiere-connexion/coordonnees", ("Email", ""), ("MobilePhone", "?"), ("LandlinePhone", "?"), ("Fax", "?"));
        await Send(browser, "/premiere-connexion/terminee", ("Email", person.Email), ("MobilePhone", ""), ("LandlinePhone", ""), ("Fax", ""));
    }

    private async Task PrivateSpace(Browser browser, string department)
    {
        foreach (var path in (string[])["/espace-prive", "/mon-compte", "/mon-compte/connexions", "/mon-compte/assistance", "/mon-compte/fermeture", "/mon-compte/reception", "/complement-inscription", "/espace-prive/paiements", "/espace-prive/demandes", "/espace-prive/attestations", "/espace-prive/attestations/paiements", "/espace-prive/documents", "/session", "/deconnexion"])
            await Open(browser, path);
        await Refused(browser, "/mon-compte/email", ("Email", "?"), ("CurrentPassword", ""));
        await Refused(browser, "/mon-compte/mot-de-passe", ("CurrentPassword", ""), ("NewPassword", ""), ("ConfirmPassword", ""));
        await Refused(browser, "/mon-compte/telephones", ("MobilePhone", "?"), ("LandlinePhone", "?"), ("Fax", "?"));
        await Refused(browser, "/mon-compte/adresse", ("AddressLine", ""), ("PostalCode", ""), ("City", ""));
        await Refused(browser, "/mon-compte/mes-donnees", ("CurrentPassword", ""));
        await Refused(browser, "/mon-compte/fermeture/confirmation", ("CurrentPassword", ""));
        await Refused(browser, "/complement-inscription/departement", ("Department", ""));
        await Send(browser, "/complement-inscription/accuse", ("Department", department));
        await Refused(browser, "/complement-inscription/code", ("Department", ""), ("Code", ""));
        await Open(browser, $"/complement-inscription/annulation/{department}");
        await Open(browser, "/mon-compte");
        await Refused(browser, "/espace-prive/contact", ("Topic", ""), ("Message", ""));
        await browser.Send(("Topic", "Payments"), ("Message", "Bonjour"));
        Add(browser);
        await Open(browser, "/espace-prive/contact");
        await Open(browser, browser.Page.QuerySelector("main .list a")!.GetAttribute("href")!);
        await Refused(browser, browser.Path, ("Message", ""));
    }

    private async Task Hotline(Person person)
    {
        using var browser = site.NewBrowser();
        var agent = await SiteAgent.New(site, AgentRole.Supervisor);
        await Refused(browser, "/assistance/connexion", ("Login", ""), ("Password", ""));
        await agent.GivePassword(browser);
        await Refused(browser, browser.Path, ("Code", ""));
        await Send(browser, "/assistance/mot-de-passe", ("Code", agent.Code()));
        await Refused(browser, browser.Path, ("NewPassword", ""), ("ConfirmPassword", ""));
        await Send(browser, "/assistance", ("NewPassword", SiteAgent.OwnPassword), ("ConfirmPassword", SiteAgent.OwnPassword));
        foreach (var path in (string[])["/assistance/messages", "/assistance/impression", "/assistance/impression?caisse=alsace", "/assistance/suivi", "/assistance/session"])
            await Open(browser, path);
        await Refused(browser, "/assistance/mot-de-passe/modifier", ("CurrentPassword", ""), ("NewPassword", ""), ("ConfirmPassword", ""));
        await Refused(browser, "/assistance", ("Reason", ""));
        await Send(browser, "/assistance", ("Reason", "Relit son dossier"), ("FamilyName", "Personne"), ("BirthDay", "1"), ("BirthMonth", "1"), ("BirthYear", "1980"));
        await Open(browser, "/assistance");
        await Send(browser, "/assistance", ("Nir", person.Nir));
        await Open(browser, browser.Page.QuerySelector(".found a")!.GetAttribute("href")!);
        var (file, links) = (browser.Path, browser.Page.QuerySelectorAll(".acts a, .rows a").Select(a => a.GetAttribute("href")!).ToList());
        await browser.Post(file, [.. Hidden(browser), ("Text", "")]);
        Add(browser);
        foreach (var act in links)
        {
            await Open(browser, act);
            if (browser.Page.QuerySelector("[name=Reason]") is not null)
                await Refused(browser, act, ("NewEmail", ""), ("Reason", ""));
        }
        await Open(browser, "/assistance/messages");
        await Open(browser, browser.Page.QuerySelector(".found a")!.GetAttribute("href")!);
        var message = browser.Path;
        await browser.Send(("Act", "prendre"));
        await Open(browser, message);
        await Refused(browser, "/assistance/journal", ("Reason", ""));
        await Send(browser, "/assistance/journal", ("Reason", "Vérification"));
    }

    private async Task StoppedSignUps(Person known)
    {
        using var again = site.NewBrowser();
        await again.BeginSignUp(known.Nir);
        Add(again);
        Assert.Equal("/inscription/compte-existant", again.Path);
        using var mistaken = site.NewBrowser();
        await mistaken.SignUpToVerification(site.NextCardHolder());
        await mistaken.Send(("HealthInsured", "yes"));
        for (var i = 0; i < 3; i++)
            await mistaken.Send(("CardKind", "with-photo"), ("CardSerial", $"000000000{i}"));
        Add(mistaken);
        Assert.Equal("/inscription/bloquee", mistaken.Path);
    }

    private static IEnumerable<(string Field, string Value)> Hidden(Browser browser) =>
        browser.Page.QuerySelectorAll("main form:last-of-type input[type=hidden]").OfType<IHtmlInputElement>().Select(i => (i.Name!, i.Value));

    private async Task Open(Browser browser, string path)
    {
        await browser.Open(path);
        Add(browser);
    }

    private async Task Send(Browser browser, string path, params (string Field, string Value)[] fields)
    {
        await browser.Send(fields);
        Add(browser);
        Assert.Equal((200, path), (browser.Status, browser.Path));
    }

    /// <summary>The page, and the page as it comes back.</summary>
    private async Task Refused(Browser browser, string path, params (string Field, string Value)[] fields)
    {
        await Open(browser, path);
        await browser.Send(fields);
        Add(browser);
        Assert.Equal((400, path), (browser.Status, browser.Path));
    }

    private void Add(Browser browser) => all.Add(new(browser.Path, browser.Status, browser.Response.Content.ReadAsStringAsync().Result, browser.Page));
}
