using System.Text;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.PrivateSpace;

/// <summary>The page of all payments.</summary>
public sealed class PaymentsTests(Site site)
{
    private const string Page = "/espace-prive/paiements";

    [Fact]
    public async Task All_payments_are_there_with_their_sums_a_chart_and_its_table()
    {
        using var browser = await Opened("1900-02-28;Prime ancienne;3.00", "2024-05-06;Zèbre;1000.00", "2024-05-07;Zèbre;-250.50");
        await browser.Follow("Voir tous mes paiements");
        Assert.Equal((200, Page, "Mes paiements"), (browser.Status, browser.Path, browser.Heading));
        Assert.Contains("no-store", browser.Response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("Mes paiements", browser.Title, StringComparison.Ordinal);
        Assert.Equal("page", browser.Page.QuerySelector(".rooms a[href='/espace-prive/paiements']")!.GetAttribute("aria-current"));

        var lines = browser.Page.QuerySelectorAll(".table-ledger tbody tr").Select(row => string.Join(" | ", row.Children.Select(cell => Plain(cell.TextContent)))).ToList();
        Assert.Equal("28 février 1900 | Prime ancienne | 3,00 €", lines[^1]);
        Assert.Contains("7 mai 2024 | Zèbre Somme reprise | −250,50 €", lines);
        Assert.Equal("−250,50 €", Plain(browser.Page.QuerySelectorAll(".sums dd")[1].TextContent));
        Assert.NotNull(browser.Page.QuerySelector("svg.chart-drawing"));
        Assert.Equal(12, browser.Page.QuerySelectorAll("#mois-tableau tbody tr").Length);
        Assert.Contains("1900", Rows(browser, "par-annee"), StringComparer.Ordinal);
        Assert.Contains("Prime ancienne", Rows(browser, "par-nature"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_year_and_a_kind_are_chosen_without_a_script_and_no_kind_is_in_the_address()
    {
        using var browser = await Opened("2024-05-06;Zèbre;1000.00", "2024-05-06;Autruche;7.00", "2023-05-06;Zèbre;30.00");
        await browser.Open(Page);
        var form = browser.Page.QuerySelector("main form")!;
        Assert.Equal(("get", null), (form.GetAttribute("method"), form.QuerySelector("[name=__RequestVerificationToken]")?.OuterHtml));
        var zebra = browser.Page.QuerySelectorAll("#nature option").Single(option => option.TextContent == "Zèbre").GetAttribute("value")!;
        Assert.DoesNotContain("bre", zebra, StringComparison.OrdinalIgnoreCase);

        await browser.Open($"{Page}?annee=2024&nature=");
        Assert.Equal("2 paiements", browser.Page.QuerySelector("#liste")!.TextContent);
        await browser.Open($"{Page}?annee=2024&nature={zebra}");
        Assert.Equal(("Un paiement", "2024", zebra), (browser.Page.QuerySelector("#liste")!.TextContent, browser.ValueOf("annee"), browser.ValueOf("nature")));
        Assert.Equal(["1 000,00 €"], browser.Page.QuerySelectorAll(".sums dd").Select(sum => Plain(sum.TextContent)));
        Assert.Contains("Mois par mois, en 2024", browser.Words, StringComparison.Ordinal);
        await browser.Follow("Tout afficher");
        Assert.Equal(("", ""), (browser.ValueOf("annee"), browser.ValueOf("nature")));
    }

    [Theory]
    [InlineData("annee=deux-mille", "l'année demandée")]
    [InlineData("annee=2031", "l'année demandée")]
    [InlineData("annee=-5", "l'année demandée")]
    [InlineData("annee=99999999999999999999", "l'année demandée")]
    [InlineData("annee=2024&nature=%27+OR+1%3D1", "la nature demandée")]
    [InlineData("nature=%3Cscript%3E", "la nature demandée")]
    public async Task A_bad_choice_gets_a_sentence_and_the_page(string query, string about)
    {
        using var browser = await Opened("2024-05-06;Santé;1000.00");
        await browser.Open($"{Page}?{query}");
        Assert.Equal(200, browser.Status);
        Assert.Contains(about, Assert.Single(browser.Page.QuerySelectorAll(".panel-warning")).TextContent.Replace('’', '\''), StringComparison.Ordinal);
        Assert.NotEmpty(browser.Page.QuerySelectorAll(".table-ledger tbody tr"));
        Assert.Empty(browser.Page.QuerySelectorAll("main script"));
    }

    [Theory]
    [InlineData("feuille=abc", 1)]
    [InlineData("feuille=0", 1)]
    [InlineData("feuille=-1", 1)]
    [InlineData("feuille=99999999999", 1)]
    [InlineData("feuille=400", 5)]
    [InlineData("feuille=2", 2)]
    [InlineData("format=pdf", 1)]
    public async Task Many_payments_come_by_pages_and_a_page_that_there_is_not_is_another(string query, int page)
    {
        using var browser = await Opened([.. Enumerable.Range(0, 120).Select(i => $"2019-{(i % 12) + 1:00}-{(i % 28) + 1:00};Longue série;{i + 1}.00")]);
        await browser.Open($"{Page}?annee=2019&{query}");
        Assert.Equal(200, browser.Status);
        Assert.Equal($"120 paiements, page {page} sur 5", browser.Page.QuerySelector("#liste")!.TextContent);
        Assert.Equal(page == 5 ? 20 : 25, browser.Page.QuerySelectorAll(".table-ledger tbody tr").Length);
        Assert.Equal((page > 1, page < 5), (browser.Page.QuerySelector("a[rel=prev]") is not null, browser.Page.QuerySelector("a[rel=next]") is not null));
        if (page == 5)
            return;
        await browser.Follow("Paiements plus anciens");
        Assert.Equal($"120 paiements, page {page + 1} sur 5", browser.Page.QuerySelector("#liste")!.TextContent);
    }

    [Fact]
    public async Task What_is_chosen_is_downloaded_whole_as_a_file()
    {
        using var browser = await Opened([.. Enumerable.Range(0, 2_500).Select(i => $"2019-{(i % 12) + 1:00}-{(i % 28) + 1:00};=Série;{(i == 0 ? "-" : "")}{i + 1}.25"), "2018-01-01;Autre;1.00"]);
        await browser.Open($"{Page}?annee=2019");
        await browser.Follow(browser.Page.QuerySelectorAll("main a").Single(link => link.TextContent.Contains("CSV", StringComparison.Ordinal)).TextContent.Trim());
        Assert.Equal((200, "text/csv; charset=utf-8"), (browser.Status, $"{browser.Response.Content.Headers.ContentType}"));
        Assert.Contains("mes-paiements-msa-2019.csv", $"{browser.Response.Content.Headers.ContentDisposition}", StringComparison.Ordinal);
        Assert.Contains("no-store", browser.Response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        var bytes = await browser.Response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2_501, lines.Length);
        Assert.Equal("Date;Nature;Montant en euros", lines[0]);
        Assert.Contains("01/01/2019;\"'=Série\";-1,25", lines);
        Assert.Equal(2_501, lines.Distinct().Count());
        Assert.DoesNotContain(lines, line => line.Contains("/2018;", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Kinds_are_text_whatever_they_look_like()
    {
        using var browser = await Opened("2024-05-06;<b>Prime</b> & <script>alert(1)</script>;10.00");
        await browser.Open($"{Page}?annee=2024");
        Assert.Empty(browser.Page.QuerySelectorAll("main b, main script"));
        Assert.Contains("<b>Prime</b> & <script>alert(1)</script>", browser.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_sees_it()
    {
        using var nobody = site.NewBrowser();
        foreach (var path in new[] { Page, $"{Page}?format=csv", "/espace-prive/demandes" })
        {
            await nobody.Open(path);
            Assert.Equal("/connexion", nobody.Path);
        }
    }

    /// <summary>Somebody whom the caisses have paid these, too, has opened his space.</summary>
    private async Task<Browser> Opened(params string[] payments)
    {
        var (browser, person) = (site.NewBrowser(), site.NextPerson());
        var file = new StringBuilder("nir;date;kind;amount\n");
        foreach (var payment in payments)
            file.Append(person.Nir).Append(';').Append(payment).Append('\n');
        var rejected = new List<RejectedLine>();
        await site.Get<RegistryImporter>().ImportPayments(new StringReader(file.ToString()), rejected.Add);
        Assert.Empty(rejected);
        await browser.OpenSpace(site, person);
        return browser;
    }

    private static IEnumerable<string> Rows(Browser browser, string section) => browser.Page.QuerySelectorAll($"[aria-labelledby={section}] tbody th").Select(row => row.TextContent);

    private static string Plain(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ');
}
