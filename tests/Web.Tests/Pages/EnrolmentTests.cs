using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>Asking for another department, before its code leaves: in three days, on this site.</summary>
public sealed class EnrolmentTests(Site site)
{
    [Fact]
    public async Task The_account_shows_the_departments_in_which_the_caisses_know_him()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        await browser.Open("/mon-compte");
        Assert.Equal("Mon compte", browser.Heading);
        Assert.Contains(person.Email, browser.Words, StringComparison.Ordinal);
        foreach (var department in person.Departments)
            Assert.Contains($"{department}-", browser.Words, StringComparison.Ordinal);
        Assert.Contains("activé automatiquement", browser.Words, StringComparison.Ordinal);
        Assert.Contains("Vous n'avez demandé aucun autre département.", browser.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_acknowledged_and_its_date_shown()
    {
        using var browser = site.NewBrowser();
        var other = OtherThan(await browser.OpenSpace(site));
        await browser.Open("/complement-inscription");
        Assert.Equal("Complément d'inscription", browser.Heading);
        await browser.Follow("Inscrivez-vous aux services sécurisés d'une autre MSA (tout public)");
        Assert.Equal("Choix d'un département d'inscription", browser.Heading);
        Assert.Equal(97, browser.Page.QuerySelectorAll("option").Length); // 96 and the prompt
        Assert.Contains(browser.Page.QuerySelectorAll("option"), option => option.TextContent == "01-Ain");
        await browser.Send(("Department", other));
        Assert.Equal("/complement-inscription/accuse", browser.Path);
        Assert.Equal("Accusé de réception", browser.Heading);
        Assert.Contains("vous devrez personnaliser ce mot de passe", browser.Words, StringComparison.Ordinal);

        await browser.Open("/mon-compte");
        Assert.Contains("Code attendu", browser.Words, StringComparison.Ordinal);
        Assert.Contains("Envoi du code prévu", browser.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_asked_for_gets_a_sentence_and_the_choice_stays()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        var other = OtherThan(person);
        await Refused("", "Choisissez un département dans la liste.");
        await Refused("20", "La Corse compte deux départements.");
        await Refused("971", "Outre-mer");
        await Refused("99", "n’existe pas");
        await Refused(person.Departments[0], "est déjà actif");
        Assert.Equal(person.Departments[0], browser.ValueOf("Department"));
        await browser.Send(("Department", other));
        await Refused(other, "Vous avez déjà demandé");

        async Task Refused(string department, string sentence)
        {
            await browser.Open("/complement-inscription/departement");
            await browser.Send(("Department", department));
            Assert.Equal(400, browser.Status);
            Assert.Contains(sentence, browser.ErrorOn("Department"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_sixth_request_within_a_day_gets_a_sentence_although_the_others_were_taken_back()
    {
        using var browser = site.NewBrowser();
        var other = OtherThan(await browser.OpenSpace(site));
        for (var i = 0; i < 5; i++)
        {
            await browser.Fill("/complement-inscription/departement", ("Department", other));
            Assert.Equal("/complement-inscription/accuse", browser.Path);
            await browser.Fill($"/complement-inscription/annulation/{other}");
            Assert.Equal("/mon-compte", browser.Path);
        }
        await browser.Fill("/complement-inscription/departement", ("Department", other));
        Assert.Equal((400, other), (browser.Status, browser.ValueOf("Department")));
        Assert.Contains("cinq demandes en 24 heures", browser.ErrorOn("Department"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_tabs_at_the_same_instant_make_one_request()
    {
        using var browser = site.NewBrowser();
        var other = OtherThan(await browser.OpenSpace(site));
        using var tab = site.NewBrowser();
        tab.Cookies.Set("msa-session", browser.Cookies["msa-session"]!);
        foreach (var each in (Browser[])[browser, tab])
            await each.Open("/complement-inscription/departement");

        await Task.WhenAll(browser.Send(("Department", other)), tab.Send(("Department", other)));

        Assert.Equal([200, 400], new[] { browser.Status, tab.Status }.Order());
        await browser.Open("/mon-compte");
        Assert.Single(browser.Page.QuerySelectorAll("#demandes ~ .cards > li"));
    }

    [Fact]
    public async Task A_code_that_has_not_left_yet_or_was_never_asked_for_is_told_apart()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        var other = OtherThan(person);
        await browser.Open("/complement-inscription/code");
        await browser.Send(("Department", other), ("Code", "ABCDEFGHJK"));
        Assert.Contains("Aucun code n’est attendu", browser.ErrorOn("Department"), StringComparison.Ordinal);
        await browser.Send(("Department", person.Departments[0]), ("Code", "ABCDEFGHJK"));
        Assert.Contains("est déjà actif", browser.ErrorOn("Department"), StringComparison.Ordinal);
        await browser.Send(("Department", other), ("Code", "court"));
        Assert.Contains("Recopiez les 10 lettres et chiffres", browser.ErrorOn("Code"), StringComparison.Ordinal);
        await browser.Send(("Department", ""), ("Code", ""));
        Assert.NotNull(browser.ErrorOn("Department"));
        Assert.NotNull(browser.ErrorOn("Code"));

        await browser.Open("/complement-inscription/departement");
        await browser.Send(("Department", other));
        await browser.Open("/complement-inscription/code");
        Assert.Equal(other, browser.ValueOf("Department"));
        await browser.Send(("Department", other), ("Code", "ABCDEFGHJK"));
        Assert.Equal(400, browser.Status);
        Assert.Contains("n’est pas encore parti", browser.ErrorOn("Code"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_can_be_taken_back_and_made_again()
    {
        using var browser = site.NewBrowser();
        var other = OtherThan(await browser.OpenSpace(site));
        await browser.Open("/complement-inscription/departement");
        await browser.Send(("Department", other));
        await browser.Open($"/complement-inscription/annulation/{other}");
        Assert.Equal("Annuler une demande", browser.Heading);
        await browser.Send();
        Assert.Equal("/mon-compte", browser.Path);
        Assert.Contains("Demande annulée", browser.Words, StringComparison.Ordinal);
        await browser.Open($"/complement-inscription/annulation/{other}");
        Assert.Equal("/mon-compte", browser.Path);
        await browser.Open("/complement-inscription/departement");
        await browser.Send(("Department", other));
        Assert.Equal("/complement-inscription/accuse", browser.Path);
    }

    [Fact]
    public async Task Nobody_reaches_these_pages_without_a_session_and_signing_in_leads_to_the_one_that_was_asked_for()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        await browser.SignOut();
        foreach (var closed in (string[])
            ["/mon-compte", "/complement-inscription", "/complement-inscription/departement", "/complement-inscription/accuse", "/complement-inscription/annulation/01", "/complement-inscription/code"])
        {
            await browser.Open(closed);
            Assert.Equal("/connexion", browser.Path);
        }
        await browser.Send(("Identifier", person.Nir), ("Password", Journeys.GoodPassword));
        Assert.Equal("/complement-inscription/code", browser.Path);
        await browser.SignOut();
        await browser.SignIn(person.Nir, Journeys.GoodPassword);
        Assert.Equal("/espace-prive", browser.Path);
        await browser.Open("/complement-inscription/accuse");
        Assert.Equal("/complement-inscription", browser.Path); // nothing was asked for
    }

    [Theory]
    [InlineData("67", "MSA Alsace", "9 rue de Guebwiller")]
    [InlineData("2a", "MSA Corse", "09 69 36 37 03")]
    [InlineData("17", "MSA Charentes", "05 46 97 50 50")]
    public async Task The_sign_in_page_says_which_caisse_a_department_has(string typed, string caisse, string reached)
    {
        using var browser = site.NewBrowser();
        await browser.Open($"/connexion?Department={typed}");
        Assert.Equal(200, browser.Status);
        Assert.Contains(caisse, browser.Words, StringComparison.Ordinal);
        Assert.Contains(reached, browser.Words, StringComparison.Ordinal);
        Assert.Equal(typed, browser.ValueOf("Department"));
    }

    [Theory]
    [InlineData("", "Saisissez votre numéro de département")]
    [InlineData("20", "La Corse compte deux départements.")]
    [InlineData("abc", "Ce numéro de département n’existe pas.")]
    public async Task The_sign_in_page_says_what_is_wrong_with_a_department(string typed, string sentence)
    {
        using var browser = site.NewBrowser();
        await browser.Open($"/connexion?Department={typed}");
        Assert.Equal(400, browser.Status);
        Assert.Contains(sentence, browser.ErrorOn("Department"), StringComparison.Ordinal);
        Assert.Null(browser.ErrorOn("Identifier"));
    }

    private static string OtherThan(Person person) => new[] { "01", "2B", "88" }.First(code => !person.Departments.Contains(code));
}
