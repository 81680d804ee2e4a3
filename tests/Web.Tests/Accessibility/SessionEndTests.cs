using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Testing;
using MsaOrleans.Web.Tests.Assistance;

namespace MsaOrleans.Web.Tests.Accessibility;

/// <summary>The idle limit, for whoever has no script: told on every page of a session, and put off by a link beside it (RGAA 13.1.4).</summary>
public sealed class SessionEndTests(HurriedSite site) : IClassFixture<HurriedSite>
{
    private const string Stay = "Rester connecté plus longtemps (nouvel onglet)";

    // One test, since there is one clock.
    [Fact]
    public async Task An_adherent_without_scripts_is_told_when_his_session_ends_and_puts_it_off_by_a_link()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        var before = TimeIn(20);
        await browser.Open("/mon-compte/adresse");
        Assert.Contains($"votre session se fermera à {browser.Page.QuerySelector("noscript aside strong")!.TextContent}", browser.Page.QuerySelector("noscript aside")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(browser.Page.QuerySelector("noscript aside strong")!.TextContent, (string[])[before, TimeIn(20)]);
        for (var waited = TimeSpan.Zero; waited < TimeSpan.FromHours(7.75); waited += TimeSpan.FromMinutes(15))
        {
            site.Pass(TimeSpan.FromMinutes(15));
            await browser.Open("/session");
        }
        Assert.Equal(("/session", "Vous restez connecté"), (browser.Path, browser.Heading));
        Assert.Contains("a atteint sa durée maximale : elle se fermera à", Note(browser), StringComparison.Ordinal);
        site.Pass(TimeSpan.FromMinutes(15));
        await browser.Open("/session");
        Assert.Equal("/connexion", browser.Path);
        Assert.Null(browser.Page.QuerySelector("noscript aside"));
    }

    [Fact]
    public async Task The_link_is_there_in_a_first_connection_and_for_an_agent_and_opens_beside_the_page()
    {
        using var newcomer = site.NewBrowser();
        var person = site.NextPerson();
        await newcomer.SignUp(person);
        await newcomer.SignIn(person.Nir, (await site.Mails.To(person.Email)).ProvisionalPassword);
        await Stays(newcomer, "/session");

        using var browser = site.NewBrowser();
        var agent = await SiteAgent.New(site, AgentRole.Agent);
        await agent.Begin(browser);
        await Stays(browser, "/assistance/session");

        async Task Stays(Browser browser, string path)
        {
            Assert.Equal("_blank", browser.Page.QuerySelectorAll("noscript aside a").Single().GetAttribute("target"));
            await browser.Follow(Stay);
            Assert.Equal((200, path, "Vous restez connecté"), (browser.Status, browser.Path, browser.Heading));
        }
    }

    private static string Note(Browser browser) => browser.Page.QuerySelector("noscript aside")!.TextContent.Replace('\u00a0', ' ');

    private string TimeIn(int minutes) => FrenchCalendar.Hour(site.Clock.GetUtcNow().AddMinutes(minutes));
}
