using AngleSharp.Dom;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Testing;
using MsaOrleans.Web.Assistance;

namespace MsaOrleans.Web.Tests.Assistance;

/// <summary>A site of its own, for its figures are those of everybody who uses it.</summary>
public sealed class WatchedSite() : Site([], population: 20);

public sealed class MonitoringTests(Site site, WatchedSite watched, SiteAheadOfTime ahead) : IClassFixture<WatchedSite>, IClassFixture<SiteAheadOfTime>
{
    private const string Path = "/assistance/suivi";

    [Fact]
    public async Task Nobody_but_agents_sees_it()
    {
        using var nobody = site.NewBrowser();
        using var adherent = site.NewBrowser();
        await adherent.OpenSpace(site);
        using var thief = site.NewBrowser();
        thief.Cookies.Set("msa-assistance", adherent.Cookies["msa-session"]!);
        foreach (var browser in (Browser[])[nobody, adherent, thief])
        {
            await browser.Open(Path);
            Assert.Equal("/assistance/connexion", browser.Path);
        }
        using var provisional = site.NewBrowser();
        await (await SiteAgent.New(site)).Enter(provisional);
        await provisional.Open(Path);
        Assert.Equal("/assistance/mot-de-passe", provisional.Path);
    }

    [Fact]
    public async Task The_figures_are_true_after_a_real_sign_up()
    {
        using var browser = watched.NewBrowser();
        await browser.OpenSpace(watched);
        using var other = watched.NewBrowser();
        await other.SignUpToVerification(watched.NextPerson());
        using var agent = watched.NewBrowser();
        await (await SiteAgent.New(watched)).Begin(agent);

        await Waiting.For(async () => await Opened(agent, Path) && Cells(agent, "etapes-tableau", 1)[^1] != "0" ? "written" : null, () => "what was counted to be written");

        Assert.Equal((200, "Suivi du site", "Tout va bien."), (agent.Status, agent.Heading, Plain(agent.Page.QuerySelector("#etat")!)));
        Assert.Equal(["2", "2", "1", "1", "1", "1", "1"], Cells(agent, "etapes-tableau", 1));
        Assert.Equal(["100 %", "50 %", "100 %", "100 %", "100 %", "100 %", "–"], Cells(agent, "etapes-tableau", 2));
        Assert.Equal(("2", "1"), (Sum(agent, "inscriptions-tableau", 1), Sum(agent, "inscriptions-tableau", 2)));
        Assert.Equal(("1", "0", "0"), (Sum(agent, "verifications-tableau", 1), Sum(agent, "verifications-tableau", 2), Sum(agent, "verifications-tableau", 3)));
        Assert.Equal("1", Sum(agent, "connexions-tableau", 1));
        Assert.Contains("Base de donnéesrépond", agent.Words, StringComparison.Ordinal);
        Assert.Contains("au travail", Plain(agent.Page.QuerySelector(".rows li")!), StringComparison.Ordinal);
        Assert.DoesNotContain("Recherches des agents", agent.Words, StringComparison.Ordinal);
        Assert.Equal(24, Cells(agent, "inscriptions-tableau", 1).Count);
        Assert.Equal("24 heures", Plain(agent.Page.QuerySelector("[aria-current]")!));

        foreach (var (period, days) in ((string, int)[])[("7j", 7), ("30j", 30)])
        {
            await agent.Open($"{Path}?periode={period}");
            Assert.Equal((days, "2"), (Cells(agent, "inscriptions-tableau", 1).Count, Cells(agent, "inscriptions-tableau", 1)[^1]));
        }
        await agent.Open($"{Path}?periode=%3Cscript%3E");
        Assert.Equal((200, "24 heures"), (agent.Status, Plain(agent.Page.QuerySelector("[aria-current]")!)));
    }

    [Fact]
    public async Task Every_drawing_is_an_image_with_a_name_and_a_description_and_has_no_style()
    {
        using var agent = site.NewBrowser();
        await (await SiteAgent.New(site)).Begin(agent);
        await agent.Open(Path);
        var drawings = agent.Page.QuerySelectorAll("svg.chart-drawing");
        Assert.Equal(6, drawings.Length);
        Assert.All(drawings, drawing =>
        {
            Assert.Equal("img", drawing.GetAttribute("role"));
            Assert.NotEqual("", agent.Page.GetElementById(drawing.GetAttribute("aria-labelledby")!)!.TextContent);
            Assert.NotEqual("", agent.Page.GetElementById(drawing.GetAttribute("aria-describedby")!)!.TextContent);
            Assert.NotNull(drawing.ParentElement!.QuerySelector("details table"));
        });
        Assert.Empty(agent.Page.QuerySelectorAll("main [style]"));
        Assert.Contains("no-store", $"{agent.Response.Headers.CacheControl}", StringComparison.Ordinal);
        var ids = agent.Page.QuerySelectorAll("[id]").Select(element => element.Id).ToList();
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public async Task A_supervisor_sees_who_searches_for_numbers_that_are_nobody_s()
    {
        using var supervisor = site.NewBrowser();
        await (await SiteAgent.New(site, AgentRole.Supervisor)).Begin(supervisor);
        var directory = site.Get<IGrainFactory>().GetGrain<IAdherentDirectory>(0);
        var login = $"curieux{Guid.NewGuid():N}";
        for (var i = 1; i <= 32; i++)
            await directory.Find(new SearchQuery.ByNir(Grains.Interfaces.Adherents.Nir.Parse($"1 63 09 97 4 01 {i:000}")), new(login, "Curiosité"));

        await Waiting.For(async () => await Opened(supervisor, Path) && supervisor.Page.QuerySelector($"[data-agent='{login}']") is not null ? "seen" : null, () => "the report to be fresh");

        Assert.Equal([login, "32", "2", "30"], supervisor.Page.QuerySelectorAll($"[data-agent='{login}'] > *").Select(Plain));
    }

    [Fact]
    public async Task A_page_that_refreshes_itself_keeps_no_session_open()
    {
        using var browser = ahead.NewBrowser();
        await (await SiteAgent.New(ahead)).Begin(browser);
        using var page = new Browser(ahead.Address, (AgentSession.RefreshHeader, "1"));
        page.Cookies.Set("msa-assistance", browser.Cookies["msa-assistance"]!);
        ahead.Ahead += TimeSpan.FromMinutes(14);
        await page.Open(Path);
        Assert.Equal((200, Path), (page.Status, page.Path));
        ahead.Ahead += TimeSpan.FromMinutes(3); // 17 after the last thing that he did himself
        await page.Open(Path);
        Assert.Equal("/assistance/connexion", page.Path);
        await browser.Open("/assistance");
        Assert.Equal("/assistance/connexion", browser.Path);
    }

    private static async Task<bool> Opened(Browser browser, string path)
    {
        await browser.Open(path);
        return browser.Status == 200;
    }

    private static List<string> Cells(Browser browser, string table, int column) =>
        [.. browser.Page.QuerySelectorAll($"#{table} tbody tr > :nth-child({column + 1})").Select(Plain)];

    private static string Sum(Browser browser, string table, int column) =>
        $"{Cells(browser, table, column).Sum(cell => int.Parse(cell, System.Globalization.CultureInfo.InvariantCulture))}";

    private static string Plain(IElement element) => element.TextContent.Replace('\u00a0', ' ').Replace('\u202f', ' ').Trim();
}
