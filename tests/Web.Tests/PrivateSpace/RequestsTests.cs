using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.PrivateSpace;

/// <summary>The page of requests, and the ways between the rooms of the private space.</summary>
public sealed class RequestsTests(Site site)
{
    private const string Page = "/espace-prive/demandes";

    [Fact]
    public async Task Who_asked_for_nothing_is_told_what_he_may_ask_for()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        await browser.Follow("Mes demandes");
        Assert.Equal((200, Page, "Mes demandes"), (browser.Status, browser.Path, browser.Heading));
        Assert.Contains("Vous n'avez fait aucune demande", browser.Words, StringComparison.Ordinal);
        Assert.Contains("no-store", browser.Response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        foreach (var (way, path) in new[] { ("Poser une question à ma caisse", "/espace-prive/contact"), ("Signaler un changement d'adresse", "/mon-compte/adresse"), ("M'inscrire dans un autre département", "/complement-inscription/departement") })
        {
            await browser.Open(Page);
            await browser.Follow(way);
            Assert.Equal((200, path), (browser.Status, browser.Path));
        }
    }

    [Fact]
    public async Task Requests_come_latest_first_each_with_its_steps_and_a_way_to_act()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        await browser.Fill("/complement-inscription/departement", ("Department", "13"));
        await browser.Fill("/mon-compte/adresse", ("AddressLine", "8 rue <b>Haute</b>"), ("PostalCode", "68000"), ("City", "Colmar"));
        await browser.Fill("/espace-prive/contact", ("Topic", "Payments"), ("Message", "Quand ?"));

        await browser.Open(Page);
        Assert.Contains("3 demandes sont en cours.", browser.Words.Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.Equal(
            ["Message : Paiements", "Changement d'adresse : 8 rue <b>Haute</b>, 68000 Colmar", "Inscription dans le département 13-Bouches-du-Rhône"],
            browser.Page.QuerySelectorAll(".card-title").Select(title => title.TextContent.Replace('\u00a0', ' ').Replace('\u202f', ' ').Replace('’', '\'')));
        Assert.Equal(["En attente de réponse", "Transmise à la caisse", "Code attendu"], Tags(browser));
        Assert.Equal(["Message envoyé", "Demande faite", "Demande faite", "Envoi du code prévu"], browser.Page.QuerySelectorAll(".steps dt").Select(step => step.TextContent));
        Assert.Empty(browser.Page.QuerySelectorAll("main b"));

        await Go(browser, "Lire cet échange");
        Assert.Equal((200, "Paiements"), (browser.Status, browser.Heading));
        await browser.Open(Page);
        await Go(browser, "Signaler une autre adresse");
        Assert.Equal((200, "/mon-compte/adresse"), (browser.Status, browser.Path));
        await browser.Open(Page);
        await Go(browser, "Annuler cette demande");
        await browser.Send();
        await browser.Open(Page);
        Assert.Equal(["En attente de réponse", "Transmise à la caisse", "Demande annulée"], Tags(browser));
        Assert.Contains("2 demandes sont en cours.", browser.Words.Replace('\u00a0', ' '), StringComparison.Ordinal);

        var grain = site.Adherent<IAdherentCorrespondence>(Nir.Parse(person.Nir));
        await grain.Answer(new AgentAct("marie.d", "Réponse à un message"), (await grain.Waiting())[0].Id, "Demain.", 1, close: true);
        await browser.Open(Page);
        Assert.Equal("Nouvelle réponse", Tags(browser).First());
        await Go(browser, "Lire la réponse");
        Assert.Contains("Demain.", browser.Words, StringComparison.Ordinal);
        await browser.Open(Page);
        Assert.Equal("Terminé", Tags(browser).First());
        Assert.Contains("Terminée par la MSA", browser.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_persons_request_is_not_found_by_its_address()
    {
        using var his = site.NewBrowser();
        await his.OpenSpace(site);
        await his.Fill("/espace-prive/contact", ("Topic", "Payments"), ("Message", "Quand ?"));
        await his.Open(Page);
        await Go(his, "Lire cet échange");
        using var other = site.NewBrowser();
        await other.OpenSpace(site);
        foreach (var address in new[] { his.Path, $"{Page}/{his.Path.Split('/')[^1]}", $"{Page}/1" })
        {
            await other.Open(address);
            Assert.Equal(404, other.Status);
        }
        await other.Open(Page);
        Assert.DoesNotContain("Paiements", other.Page.QuerySelector(".cards")?.TextContent ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_room_says_where_one_is_and_the_home_leads_to_all_of_them()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        var home = browser.Page.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")).ToList();
        foreach (var room in new[] { "/espace-prive/paiements", "/espace-prive/attestations", "/espace-prive/documents", Page, "/espace-prive/contact", "/mon-compte", "/complement-inscription" })
            Assert.Contains(room, home);
        foreach (var room in new[] { "/espace-prive/paiements", Page, "/espace-prive/contact", "/complement-inscription" })
        {
            await browser.Open(room);
            Assert.Equal(room, Assert.Single(browser.Page.QuerySelectorAll(".rooms a[aria-current=page]")).GetAttribute("href"));
        }
        await browser.Open("/mon-compte");
        Assert.Equal(6, browser.Page.QuerySelectorAll(".rooms a").Length);
    }

    private static Task Go(Browser browser, string beginning) =>
        browser.Open(browser.Page.QuerySelectorAll("main a").First(link => link.TextContent.TrimStart().StartsWith(beginning, StringComparison.Ordinal)).GetAttribute("href")!);

    private static IEnumerable<string> Tags(Browser browser) => browser.Page.QuerySelectorAll(".card .tag").Select(tag => tag.TextContent);
}
