using AngleSharp.Html.Dom;
using MsaOrleans.Testing;
using MsaOrleans.Web.Content;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>News, help and the search, as visitors read them.</summary>
public sealed class PublicContentTests(Site site)
{
    public static TheoryData<string> Articles => [.. Everything().Select(article => article.Path)];

    [Theory]
    [MemberData(nameof(Articles))]
    public async Task What_is_written_is_shown_and_leads_somewhere(string path)
    {
        var article = Everything().Single(one => one.Path == path);
        using var browser = site.NewBrowser();
        await browser.Open(path);
        Assert.Equal((200, Plain(article.Title)), (browser.Status, browser.Heading));
        Assert.Single(browser.Page.QuerySelectorAll("h1"));
        var links = browser.Page.QuerySelectorAll(".article a").OfType<IHtmlAnchorElement>().Select(link => link.GetAttribute("href")!).Distinct().ToList();
        Assert.All(links.Where(link => link.StartsWith('#')), link => Assert.NotNull(browser.Page.GetElementById(link[1..])));
        Assert.All(links.Where(link => link.StartsWith("tel:", StringComparison.Ordinal)), link => Assert.Equal(Hotline.Link, link));
        foreach (var link in links.Where(link => link.StartsWith('/')))
        {
            await browser.Open(link);
            Assert.True(browser.Status == 200, $"{path} leads to {link}, which answers {browser.Status}.");
        }
    }

    [Fact]
    public async Task Each_picture_of_the_leaflet_is_there_and_says_its_size()
    {
        using var browser = site.NewBrowser();
        await browser.Open("/aide/creer-mon-espace");
        Assert.NotEmpty(browser.Page.QuerySelectorAll("nav[aria-labelledby=sommaire] a"));
        var pictures = browser.Page.QuerySelectorAll(".article img").ToList();
        Assert.True(pictures.Count > 15);
        Assert.All(pictures, picture => Assert.All(["alt", "width", "height", "loading"], attribute => Assert.False(string.IsNullOrEmpty(picture.GetAttribute(attribute)))));
        foreach (var picture in pictures)
        {
            await browser.Open(picture.GetAttribute("src")!);
            Assert.Equal((200, "image/webp"), (browser.Status, browser.Response.Content.Headers.ContentType!.MediaType));
        }
    }

    [Fact]
    public async Task News_are_those_of_the_caisse_newest_first()
    {
        using var browser = site.NewBrowser();
        await browser.Open("/actualites");
        var (titles, dates) = (browser.Page.QuerySelectorAll("main .list-title").Select(title => title.TextContent).ToList(), browser.Page.QuerySelectorAll("main time").Select(time => time.GetAttribute("datetime")!).ToList());
        Assert.Contains(titles, title => title.StartsWith("Alsace", StringComparison.Ordinal));
        Assert.DoesNotContain(titles, title => title.Contains("Corse", StringComparison.Ordinal));
        Assert.Equal(dates.OrderDescending(), dates);
        await browser.Follow(titles[0]);
        Assert.Equal(Plain(titles[0]), browser.Heading);
    }

    [Theory]
    [InlineData("/aide/nulle-part")]
    [InlineData("/actualites/nulle-part")]
    public async Task What_is_not_written_is_not_found(string path)
    {
        using var browser = site.NewBrowser();
        await browser.Open(path);
        Assert.Equal(404, browser.Status);
    }

    [Theory]
    [InlineData("mot de passe oublié", "/aide/mot-de-passe-oublie")]
    [InlineData("mdp perdu", "/aide/mot-de-passe-oublie")]
    [InlineData("mot de pase oublier", "/aide/mot-de-passe-oublie")]
    [InlineData("je n'ai pas reçu le mail", "/aide/mail-non-recu")]
    [InlineData("compte bloqué", "/aide/compte-bloque")]
    [InlineData("changer adresse mail", "/aide/changer-adresse-email")]
    [InlineData("hameconage", "/aide/messages-frauduleux")]
    [InlineData("arnaque", "/aide/messages-frauduleux")]
    [InlineData("atestation de droits", "/aide/attestations")]
    [InlineData("remboursements", "/aide/mes-paiements")]
    [InlineData("fermer mon compte", "/aide/fermer-mon-compte")]
    [InlineData("code confidentiel", "/aide/code-confidentiel")]
    [InlineData("france connect", "/aide/franceconnect")]
    [InlineData("franceconect", "/aide/franceconnect")]
    [InlineData("numéro de sécu", "/aide/numero-securite-sociale")]
    [InlineData("NIR", "/aide/numero-securite-sociale")]
    [InlineData("numéro de série carte vitale", "/aide/numero-carte-vitale")]
    [InlineData("téléphone assistance", "/aide/assistance-internet")]
    [InlineData("créer mon espace", "/aide/creer-mon-espace")]
    [InlineData("malvoyant", "/aide/accessibilite-du-site")]
    [InlineData("RGPD", "/donnees-personnelles")]
    [InlineData("vaccin grippe", "/actualites/vaccination-grippe")]
    public async Task Who_searches_finds_it_first(string query, string path)
    {
        using var browser = site.NewBrowser();
        await browser.Open($"/recherche?q={Uri.EscapeDataString(query)}");
        Assert.Equal((200, "Rechercher"), (browser.Status, browser.Heading));
        Assert.Equal(path, browser.Page.QuerySelector(".results a")?.GetAttribute("href"));
        Assert.Matches(@"^\d+ résultats? pour", Plain(browser.Page.QuerySelector("main [role=status]")!.TextContent));
        Assert.Equal(query, Typed(browser));
    }

    [Fact]
    public async Task The_words_are_marked_as_they_are_written()
    {
        using var browser = site.NewBrowser();
        await browser.Open("/recherche?q=OUBLIER+PASE");
        Assert.Equal("J'ai <mark>oublié</mark> mon mot de <mark>passe</mark>", browser.Page.QuerySelector(".results a")!.InnerHtml);
    }

    [Fact]
    public async Task Another_caisses_news_are_not_found()
    {
        using var browser = site.NewBrowser();
        await browser.Open("/recherche?q=Ajaccio");
        Assert.Empty(browser.Page.QuerySelectorAll(".results"));
        await browser.Open("/recherche?q=Colmar");
        Assert.Equal("/actualites/alsace-deux-departements", browser.Page.QuerySelector(".results a")?.GetAttribute("href"));
    }

    [Theory]
    [InlineData("/recherche", false)]
    [InlineData("/recherche?q=", false)]
    [InlineData("/recherche?q=%20%20", false)]
    [InlineData("/recherche?q=xylophone", true)]
    [InlineData("/recherche?q=%00%FF%E2", true)]
    public async Task Who_finds_nothing_is_shown_where_to_look(string path, bool sought)
    {
        using var browser = site.NewBrowser();
        await browser.Open(path);
        Assert.Equal(200, browser.Status);
        Assert.Equal(sought, browser.Words.Contains("Aucun résultat", StringComparison.Ordinal));
        Assert.Contains("Souvent cherché", browser.Words, StringComparison.Ordinal);
        var links = browser.Page.QuerySelectorAll("main .list-title a").Select(link => link.GetAttribute("href")!).ToList();
        Assert.NotEmpty(links);
        foreach (var link in links)
        {
            await browser.Open(link);
            Assert.Equal(200, browser.Status);
        }
    }

    [Theory]
    [InlineData('a', 201)]
    [InlineData('é', 10_000)]
    public async Task A_search_without_end_gets_a_sentence(char letter, int times)
    {
        using var browser = site.NewBrowser();
        await browser.Open($"/recherche?q={Uri.EscapeDataString(new string(letter, times))}");
        Assert.Equal(400, browser.Status);
        Assert.Contains("trop longue", browser.Summary, StringComparison.Ordinal);
        Assert.Null(Typed(browser));
    }

    [Fact]
    public async Task A_number_of_social_security_is_not_sought_and_not_shown_again()
    {
        using var browser = site.NewBrowser();
        await browser.Open("/recherche?q=1+63+09+67+482+229");
        Assert.Equal(400, browser.Status);
        Assert.Contains("N’écrivez pas votre numéro de Sécurité Sociale ici", browser.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("482", browser.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markup_is_text()
    {
        using var browser = site.NewBrowser();
        await browser.Open($"/recherche?q={Uri.EscapeDataString("<script>alert(1)</script> vitale \"><img src=x>")}");
        Assert.Equal(200, browser.Status);
        Assert.Null(browser.Page.QuerySelector("main script, main img"));
    }

    private static IEnumerable<Article> Everything() => ContentLibrary.Embedded() is var content ? [.. content.Help, .. content.News] : [];

    // The header has a field of the same name.
    private static string? Typed(Browser browser) => browser.Page.QuerySelector("main [name=q]")!.GetAttribute("value");

    private static string Plain(string text) => text.Replace('\u00a0', ' ');
}
