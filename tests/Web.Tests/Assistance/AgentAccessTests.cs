using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Web.Tests.Operations;

namespace MsaOrleans.Web.Tests.Assistance;

/// <summary>To whom the hotline is open, and what of it: to nobody without a session, to no adherent; dashboards to supervisors alone.</summary>
public sealed class AgentAccessTests(Site site, SiteWithDashboards dashboards) : IClassFixture<SiteWithDashboards>
{
    public static TheoryData<string> Closed => ["/assistance", "/assistance/", "/ASSISTANCE", "/assistance/mot-de-passe", "/assistance/mot-de-passe/modifier", "/assistance/code"];

    [Theory]
    [MemberData(nameof(Closed))]
    public async Task Without_a_session_nothing_is_open(string path)
    {
        using var browser = site.NewBrowser();
        await browser.Open(path);
        Assert.Equal((200, "/assistance/connexion"), (browser.Status, browser.Path));
    }

    [Fact]
    public async Task An_adherent_s_session_opens_nothing_of_the_hotline_and_an_agent_s_nothing_of_the_private_space()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        await browser.Open("/assistance");
        Assert.Equal("/assistance/connexion", browser.Path);
        browser.Cookies.Set(SiteAgent.Cookie, browser.Cookies["msa-session"]!); // nor under the other name
        await browser.Open("/assistance");
        Assert.Equal("/assistance/connexion", browser.Path);

        using var agent = site.NewBrowser();
        await (await SiteAgent.New(site, AgentRole.Supervisor)).Begin(agent);
        agent.Cookies.Set("msa-session", agent.Cookies[SiteAgent.Cookie]!);
        foreach (var path in (string[])["/espace-prive", "/mon-compte"])
        {
            await agent.Open(path);
            Assert.Equal("/connexion", agent.Path);
        }
    }

    [Fact]
    public async Task One_browser_may_hold_both_and_neither_shows_in_the_other_s_pages()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        await (await SiteAgent.New(site)).Begin(browser);
        Assert.Null(browser.Page.QuerySelector("a[href='/mon-compte']"));
        await browser.Open("/espace-prive");
        Assert.Equal("/espace-prive", browser.Path);
        Assert.DoesNotContain("Marie Durand", browser.Page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_supervisor_sees_the_dashboards_and_an_agent_nothing_there()
    {
        using var browser = dashboards.NewBrowser();
        var paul = await SiteAgent.New(dashboards, AgentRole.Supervisor);
        await paul.Enter(browser);
        await browser.Open("/assistance/orleans/");
        Assert.Equal((404, "Cette page n'existe pas"), (browser.Status, browser.Heading)); // not before the password is his own
        await browser.Open("/assistance/mot-de-passe");
        await browser.Send(("NewPassword", SiteAgent.OwnPassword), ("ConfirmPassword", SiteAgent.OwnPassword));
        foreach (var link in (string[])["/assistance/orleans/", "/assistance/hangfire"])
        {
            await browser.Open("/assistance");
            Assert.NotNull(browser.Page.QuerySelector($"main a[href='{link}']"));
            await browser.Open(link);
            Assert.Equal(200, browser.Status);
        }
        await paul.Account.Remove(new("console:test", "agent remove"));
        await browser.Open("/assistance/hangfire");
        Assert.Equal(404, browser.Status);

        using var other = dashboards.NewBrowser();
        await (await SiteAgent.New(dashboards)).Begin(other);
        Assert.Empty(other.Page.QuerySelectorAll("main a"));
        foreach (var address in DashboardTests.Addresses)
        {
            await other.Open(address);
            Assert.Equal((404, "Cette page n'existe pas"), (other.Status, other.Heading));
        }
    }

    [Fact]
    public async Task Where_there_are_no_dashboards_supervisors_are_led_to_the_record_alone()
    {
        using var browser = site.NewBrowser();
        await (await SiteAgent.New(site, AgentRole.Supervisor)).Begin(browser);
        Assert.Equal("/assistance/journal", Assert.Single(browser.Page.QuerySelectorAll("main a")).GetAttribute("href"));
        Assert.Contains("Superviseur", browser.Words, StringComparison.Ordinal);
    }
}
