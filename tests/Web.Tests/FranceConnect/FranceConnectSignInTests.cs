using AngleSharp.Html.Dom;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.FranceConnect;

/// <summary>In by FranceConnect and out again, with a provider that others wrote in its place.</summary>
public sealed class FranceConnectSignInTests(FranceConnectSite site) : IClassFixture<FranceConnectSite>
{
    private const string Button = "S'identifier avec FranceConnect";
    private const string Start = "/connexion/franceconnect";

    [Fact]
    public async Task Somebody_without_an_account_signs_up_and_proves_nothing_anew()
    {
        var person = site.NextPerson();
        using var browser = site.NewBrowser();
        browser.IsAtFranceConnect(Pivot.Of(person));
        await browser.Open("/connexion");
        await browser.Follow(Button);
        Assert.Equal("/inscription/coordonnees", browser.Path);
        Assert.Null(browser.ValueOf("FamilyName"));
        Assert.Null(browser.ValueOf("BirthDay"));
        Assert.Contains(person.FamilyName, browser.Words, StringComparison.Ordinal);
        Assert.Contains(person.GivenNames, browser.Words, StringComparison.Ordinal);
        Assert.Equal(person.Email, browser.ValueOf("Email"));
        await browser.Send(("Email", "fautive"));
        Assert.Equal(400, browser.Status);
        Assert.Contains(person.FamilyName, browser.Words, StringComparison.Ordinal);
        await browser.Send(("Email", person.Email), ("MobilePhone", "06 12 34 56 78"));
        Assert.Equal("/inscription/mot-de-passe", browser.Path);
        await browser.Send();
        await browser.Send(("AcceptTerms", "true"));
        Assert.Equal("/inscription/terminee", browser.Path);

        await browser.FirstConnection(person, (await site.Mails.To(person.Email)).ProvisionalPassword);
        Assert.Equal("/espace-prive", browser.Path);
        using var later = site.NewBrowser();
        later.IsAtFranceConnect(Pivot.Of(person));
        await later.Open(Start);
        Assert.Equal("/espace-prive", later.Path);
    }

    [Fact]
    public async Task A_fixed_name_cannot_be_changed_by_sending_another()
    {
        var person = site.NextPerson();
        using var browser = site.NewBrowser();
        browser.IsAtFranceConnect(Pivot.Of(person));
        await browser.Open(Start);
        await browser.Send(("FamilyName", "AUTRENOM"), ("GivenName", "AUTRE"), ("BirthDay", "1"), ("BirthMonth", "1"), ("BirthYear", "1950"));
        Assert.Equal("/inscription/mot-de-passe", browser.Path);
        await browser.Open("/inscription/coordonnees");
        Assert.Contains(person.FamilyName, browser.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("AUTRENOM", browser.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_with_an_account_comes_in_where_he_wanted_to_go_and_sees_how_he_came()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        await browser.Open("/mon-compte");
        Assert.Contains("Pas relié", browser.Words, StringComparison.Ordinal);

        using var other = site.NewBrowser();
        await other.Open("/mon-compte/connexions");
        Assert.Equal("/connexion", other.Path);
        other.IsAtFranceConnect(Pivot.Of(person));
        await other.Follow(Button);
        Assert.Equal("/mon-compte/connexions", other.Path);
        Assert.Contains("FranceConnect", other.Page.QuerySelector("td[data-label=Avec]")!.TextContent, StringComparison.Ordinal);
        await other.Open("/mon-compte");
        Assert.Contains("Relié depuis le", other.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_taken_back_by_its_owner()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        browser.IsAtFranceConnect(Pivot.Of(person));
        await browser.SignOut();
        await browser.Open(Start);
        await browser.Open("/mon-compte/franceconnect");
        Assert.Equal("Dissocier FranceConnect", browser.Heading);
        await browser.Send();
        Assert.Equal("/mon-compte", browser.Path);
        Assert.Contains("n'est plus relié", browser.Words, StringComparison.Ordinal);
        Assert.Contains("Pas relié", browser.Words, StringComparison.Ordinal);
        await browser.Open("/mon-compte/franceconnect");
        Assert.Equal("/mon-compte", browser.Path);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_here_and_the_one_at_FranceConnect()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        await browser.SignOut();
        browser.IsAtFranceConnect(Pivot.Of(person));
        await browser.Open(Start);
        Assert.Equal("/espace-prive", browser.Path);
        var cookie = browser.Cookies["msa-session"];

        await browser.SignOut();
        Assert.Equal(200, browser.Status);
        Assert.Equal("Déconnexion de FranceConnect", browser.Heading);
        Assert.Empty(browser.Page.QuerySelectorAll("header form[method=post]"));
        var address = browser.Page.QuerySelectorAll("main a").OfType<IHtmlAnchorElement>().Single().Href;
        Assert.Equal([$"0; url={address}"], browser.Response.Headers.GetValues("Refresh"));
        Assert.False(await site.IsWorthSomething(cookie));

        await browser.Follow("Continuer");
        await browser.ConfirmSignOutThere();
        Assert.Equal(("/deconnexion", "Vous êtes déconnecté"), (browser.Path, browser.Heading));
        // Nobody is left at FranceConnect whom it would send back without a question.
        browser.Cookies.Set("account", "refuse");
        await browser.Open(Start);
        Assert.Equal("/connexion", browser.Path);
    }

    [Fact]
    public async Task A_session_survives_a_new_password_and_is_still_signed_out_at_FranceConnect()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        await browser.SignOut();
        browser.IsAtFranceConnect(Pivot.Of(person));
        await browser.Open(Start);
        const string Other = "Ardoise-Tilleul-9";
        await browser.Fill("/mon-compte/mot-de-passe", ("CurrentPassword", Journeys.GoodPassword), ("NewPassword", Other), ("ConfirmPassword", Other));
        Assert.Equal("/mon-compte", browser.Path);
        await browser.SignOut();
        Assert.Equal("Déconnexion de FranceConnect", browser.Heading);
    }

    [Fact]
    public async Task Who_says_no_at_FranceConnect_is_back_at_the_door_and_told_so()
    {
        using var browser = site.NewBrowser();
        browser.Cookies.Set("account", "refuse");
        await browser.Open(Start);
        Assert.Equal("/connexion", browser.Path);
        Assert.Contains("rien n'a été transmis à la MSA", browser.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_known_and_somebody_told_otherwise_read_the_same_page()
    {
        var person = site.NextPerson();
        using var browser = site.NewBrowser();
        browser.IsAtFranceConnect(Pivot.Of(person).With("birthdate", "1901-01-01"));
        await browser.Open(Start);
        Assert.Equal("/connexion/franceconnect/non-reconnu", browser.Path);
        Assert.Equal("Nous n'avons pas pu vous reconnaître", browser.Heading);
        var told = browser.Page.DocumentElement.OuterHtml;

        using var other = site.NewBrowser();
        other.IsAtFranceConnect(Pivot.Of(Person.LamyFritz).With("sub", "inconnu").With("family_name", "INCONNU").With("gender", "female").With("birthplace", "67482").With("birthcountry", "99100"));
        await other.Open(Start);
        Assert.Equal(told, other.Page.DocumentElement.OuterHtml);
    }

    [Fact]
    public async Task A_session_that_the_browser_had_ends_when_somebody_else_comes_by_FranceConnect()
    {
        using var guest = site.NewBrowser();
        var guestPerson = await guest.OpenSpace(site);
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        var before = browser.Cookies["msa-session"];
        browser.IsAtFranceConnect(Pivot.Of(guestPerson));

        // The page would send him to his private space: he set out in another tab, before he signed in here.
        using var asking = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var sent = await asking.GetAsync(site.Address + Start);
        foreach (var cookie in sent.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0].Split('=', 2)))
            browser.Cookies.Set(cookie[0], cookie[1]);
        await browser.Open(sent.Headers.Location!.AbsoluteUri);
        Assert.Equal("/espace-prive", browser.Path);
        Assert.Contains(guestPerson.DisplayName, browser.Words, StringComparison.Ordinal);
        Assert.False(await site.IsWorthSomething(before));
    }
}

/// <summary>At the provider, outside the site.</summary>
file static class AtTheProvider
{
    /// <summary>Says yes to the provider's question whether to sign out.</summary>
    public static Task ConfirmSignOutThere(this Browser browser)
    {
        var form = (IHtmlFormElement)browser.Page.QuerySelector("main form")!;
        return browser.Post(form.GetAttribute("action")!, ("xsrf", browser.ValueOf("xsrf")!), ("logout", "yes"));
    }
}
