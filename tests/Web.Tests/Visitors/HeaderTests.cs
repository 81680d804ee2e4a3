using MsaOrleans.Web.Visitors;

namespace MsaOrleans.Web.Tests.Visitors;

/// <summary>What stands around the pages: profiles, search, ways in, and none of it in a journey.</summary>
public sealed class HeaderTests(Site site)
{
    public static TheoryData<string> Slugs => [.. Profile.All.Select(profile => profile.Slug)];

    [Theory]
    [InlineData("/")]
    [InlineData("/aide/assistance-internet")]
    [InlineData("/accessibilite")]
    [InlineData("/changer-de-region")]
    [InlineData("/taille-du-texte")]
    [InlineData("/nulle-part")]
    [InlineData("/erreur/503")]
    public async Task A_public_page_has_the_six_profiles_the_search_and_the_regions(string path)
    {
        using var browser = site.NewBrowser();
        await browser.Open(path);
        Assert.Equal(
            ["Particulier", "Exploitant", "Employeur", "Partenaire", "Élu MSA", "Votre MSA"],
            browser.Page.QuerySelectorAll("header nav[aria-label=Profils] a").Select(link => link.TextContent));
        var search = browser.Page.QuerySelector("header form[role=search]")!;
        Assert.Equal(("/recherche", "get"), (search.GetAttribute("action"), search.GetAttribute("method")));
        Assert.Equal("Rechercher sur le site", browser.Page.QuerySelector($"label[for={search.QuerySelector("[name=q]")!.Id}]")!.TextContent);
        Assert.Single(browser.Page.QuerySelectorAll("header a"), link => link.TextContent == "Changer de région");
        Assert.Single(browser.Page.QuerySelectorAll("header a"), link => link.TextContent == "S'inscrire");
    }

    // What search engines show under its title.
    [Fact]
    public async Task A_page_says_in_a_sentence_what_the_site_is()
    {
        using var browser = site.NewBrowser();
        await browser.Open("/");
        Assert.InRange(browser.Page.QuerySelector("head meta[name=description]")!.GetAttribute("content")!.Length, 50, 160);
    }

    [Theory]
    [InlineData("/inscription/profil")]
    [InlineData("/inscription/profil/farmer")]
    [InlineData("/connexion")]
    [InlineData("/mot-de-passe/oublie")]
    [InlineData("/demo/boite-aux-lettres")]
    public async Task A_journey_leads_nowhere_else_and_its_buttons_cost_nothing_that_was_typed(string path)
    {
        using var browser = site.NewBrowser();
        await browser.Open(path);
        Assert.Equal(path, browser.Path);
        Assert.Empty(browser.Page.QuerySelectorAll("header :is(nav[aria-label=Profils], [role=search])"));
        Assert.DoesNotContain(browser.Page.QuerySelectorAll("header a"), link => link.TextContent == "Changer de région");
        Assert.True(browser.Page.QuerySelector("header form[action='/taille-du-texte']")!.HasAttribute("hidden")); // until a script has come that needs no reload
        Assert.Contains("target=\"_blank\"", browser.Page.QuerySelector("header noscript")!.InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_private_space_is_as_quiet()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        Assert.Empty(browser.Page.QuerySelectorAll("header :is(nav[aria-label=Profils], [role=search])"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/aide/assistance-internet")]
    [InlineData("/particulier")]
    public async Task Whoever_is_signed_in_is_known_on_public_pages_too(string path)
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        await browser.Open(path);
        Assert.Contains("Vous êtes connecté", browser.Page.QuerySelector("header")!.TextContent, StringComparison.Ordinal);
        Assert.True(browser.Page.Body!.HasAttribute("data-session-idle"));
        await browser.SignOut();
        Assert.Equal("/deconnexion", browser.Path);
        Assert.DoesNotContain("Vous êtes connecté", browser.Page.QuerySelector("header")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public async Task A_profile_has_a_page_that_is_marked_and_whose_links_lead_somewhere(string slug)
    {
        using var browser = site.NewBrowser();
        await browser.Open($"/{slug}");
        var profile = Profile.Find(slug)!;
        Assert.Equal((200, profile.Heading), (browser.Status, browser.Heading));
        Assert.Equal(profile.Name, Assert.Single(browser.Page.QuerySelectorAll("header nav[aria-label=Profils] [aria-current=page]")).TextContent);
        Assert.Contains("La MSA d'Alsace", browser.Words, StringComparison.Ordinal);
        foreach (var way in profile.Ways)
        {
            await browser.Open(way.Address);
            Assert.Equal(200, browser.Status);
        }
    }

    [Fact]
    public async Task What_is_no_profile_is_no_page()
    {
        using var browser = site.NewBrowser();
        await browser.Open("/retraite");
        Assert.Equal(404, browser.Status);
        await browser.Post("/retraite");
        Assert.Equal(404, browser.Status);
    }

    [Fact]
    public async Task A_public_page_sends_no_cookie()
    {
        using var browser = site.NewBrowser();
        foreach (var path in (string[])["/", "/particulier", "/aide/assistance-internet", "/nulle-part", "/taille-du-texte"])
        {
            await browser.Open(path);
            Assert.False(browser.Response.Headers.Contains("Set-Cookie"), path);
        }
    }
}
