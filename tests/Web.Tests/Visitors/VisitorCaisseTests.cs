using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using MsaOrleans.Grains.Interfaces.Caisses;
using MsaOrleans.Testing;
using MsaOrleans.Web.Visitors;

namespace MsaOrleans.Web.Tests.Visitors;

/// <summary>Whose site a visitor reads, and how he chooses another.</summary>
public sealed class VisitorCaisseTests(Site site)
{
    private readonly VisitorCaisse visitor = new(new ChunkingCookieManager());

    [Theory]
    [InlineData("corse", "corse")]
    [InlineData("CORSE", "alsace")]
    [InlineData("bretagne", "alsace")]
    [InlineData("", "alsace")]
    [InlineData("../../etc", "alsace")]
    [InlineData(null, "alsace")]
    public void A_cookie_that_names_none_of_the_35_counts_for_nothing(string? cookie, string caisse)
    {
        var context = new DefaultHttpContext();
        if (cookie is not null)
            context.Request.Headers.Cookie = $"msa-caisse={cookie}";
        Assert.Equal(caisse, visitor.Of(context).Slug);
    }

    [Theory]
    [InlineData("http", false)]
    [InlineData("https", true)]
    public void The_cookie_lasts_a_year_and_no_script_reads_it(string scheme, bool secure)
    {
        var context = new DefaultHttpContext();
        context.Request.Scheme = scheme;
        visitor.Choose(context, CaisseDirectory.Caisse("corse")!);
        var cookie = context.Response.Headers.SetCookie.ToString();
        Assert.StartsWith("msa-caisse=corse", cookie, StringComparison.Ordinal);
        Assert.Equal(secure, cookie.Contains("secure", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("max-age=31536000", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("domain", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_first_it_is_the_MSA_d_Alsace()
    {
        using var browser = site.NewBrowser();
        await browser.Open("/");
        Assert.Equal("Accueil - MSA Alsace", browser.Title);
        Assert.Contains("La MSA d'Alsace", browser.Words, StringComparison.Ordinal);
        Assert.Contains("67 Bas-Rhin, 68 Haut-Rhin", browser.Words, StringComparison.Ordinal);
        Assert.Contains("9 rue de Guebwiller", browser.Words, StringComparison.Ordinal);
        Assert.Empty(browser.Response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : []);
    }

    [Theory]
    [InlineData("Caisse", "charentes", "MSA Charentes", "05 46 97 50 50")]
    [InlineData("Department", "2A", "MSA Corse", "09 69 36 37 03")]
    public async Task Another_is_chosen_by_its_name_or_by_a_department_and_every_page_is_its_own(string field, string value, string caisse, string reached)
    {
        using var browser = site.NewBrowser();
        await browser.Open("/aide/assistance-internet?a=b");
        await browser.Follow("Changer de région");
        await Choose(browser, field, value);
        Assert.Equal((200, "/aide/assistance-internet", "?a=b"), (browser.Status, browser.Path, browser.Response.RequestMessage!.RequestUri!.Query));
        Assert.Contains($"Vous lisez maintenant le site de la {CaisseDirectory.Caisses.Single(c => $"MSA {c.Name}" == caisse).FullName}.", browser.Words, StringComparison.Ordinal);
        await browser.Open("/");
        Assert.Equal($"Accueil - {caisse}", browser.Title);
        Assert.Contains(reached, browser.Words, StringComparison.Ordinal);
        Assert.Contains(caisse, browser.Page.QuerySelector("header .wordmark")!.TextContent, StringComparison.Ordinal);
        await browser.Open("/inscription/profil");
        Assert.EndsWith($" - {caisse}", browser.Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.org/")]
    [InlineData("//example.org/")]
    [InlineData("/\\example.org/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/¿'\u0130")] // cannot stand in a header
    [InlineData("")]
    public async Task Nobody_is_sent_to_another_site(string back)
    {
        using var browser = site.NewBrowser();
        await browser.Open($"/changer-de-region?Return={Uri.EscapeDataString(back)}");
        await Choose(browser, "Caisse", "corse");
        Assert.Equal((200, "/", new Uri(site.Address).Port), (browser.Status, browser.Path, browser.Response.RequestMessage!.RequestUri!.Port));
    }

    [Theory]
    [InlineData("Department", "", "Choisissez un département dans la liste.")]
    [InlineData("Department", "975", "Outre-mer, la MSA n’a pas de caisse")]
    [InlineData("Department", "abc", "Ce numéro de département n’existe pas.")]
    [InlineData("Caisse", "bretagne", "Cette caisse n’existe pas. Choisissez-en une dans la liste.")]
    [InlineData("Caisse", "", "Cette caisse n’existe pas. Choisissez-en une dans la liste.")]
    public async Task What_cannot_be_chosen_gets_a_sentence_and_the_way_back_is_kept(string field, string value, string sentence)
    {
        using var browser = site.NewBrowser();
        await browser.Open("/changer-de-region?Return=%2Faccessibilite");
        await Choose(browser, field, value);
        Assert.Equal((400, "/changer-de-region"), (browser.Status, browser.Path));
        Assert.Contains(sentence, browser.Summary, StringComparison.Ordinal);
        Assert.Equal("/accessibilite", browser.ValueOf("Return"));
        Assert.Null(browser.Cookies["msa-caisse"]);
    }

    [Fact]
    public async Task The_35_are_listed_with_their_departments_and_the_current_one_is_marked()
    {
        using var browser = site.NewBrowser();
        await browser.Open("/changer-de-region");
        var regions = browser.Page.QuerySelectorAll("main .region");
        Assert.Equal(35, regions.Length);
        Assert.Equal(34, browser.Page.QuerySelectorAll("main button[name=Caisse]").Length);
        Assert.Contains("Alsace", Assert.Single(regions, region => region.TextContent.Contains("Votre caisse", StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
        Assert.All(CaisseDirectory.Departments, department => Assert.Single(regions, region => region.TextContent.Contains(department.InWords, StringComparison.Ordinal)));
        Assert.Equal(97, browser.Page.QuerySelectorAll("main select[name=Department] option").Length);
        // Come back to from itself, the page does not grow addresses within addresses.
        Assert.Equal("/changer-de-region", browser.Page.QuerySelector("header .strip-link")!.GetAttribute("href"));
    }

    [Fact]
    public async Task His_own_caisses_are_not_looked_up_when_he_signs_in()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        Assert.Null(browser.Cookies["msa-caisse"]);
        Assert.Contains("MSA Alsace", browser.Page.QuerySelector("header .wordmark")!.TextContent, StringComparison.Ordinal);
    }

    // As the page has it: a form of its own for each of the two.
    private static Task Choose(Browser browser, string field, string value) => browser.Post(
        "/changer-de-region",
        (field, value), ("Return", browser.ValueOf("Return") ?? ""), ("__RequestVerificationToken", browser.ValueOf("__RequestVerificationToken")!));
}
