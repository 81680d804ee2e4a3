using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>What somebody might try with the cookie of a session.</summary>
public sealed class SessionAttackTests(Site site, HurriedSite hurried) : IClassFixture<HurriedSite>
{
    private const string Session = "msa-session";
    private const string Prolongation = "/session/prolongation";

    [Fact]
    public async Task A_stolen_cookie_dies_with_the_sign_out()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        var stolen = browser.Cookies[Session];
        Assert.True(await site.IsWorthSomething(stolen));
        await browser.SignOut();
        Assert.False(await site.IsWorthSomething(stolen));
    }

    [Fact]
    public async Task A_stolen_cookie_dies_with_a_change_of_password_and_the_owner_gets_another()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        var stolen = browser.Cookies[Session];
        await browser.Fill(
            "/mon-compte/mot-de-passe", ("CurrentPassword", Journeys.GoodPassword), ("NewPassword", "Bruyere-Comptoir-9"), ("ConfirmPassword", "Bruyere-Comptoir-9"));
        Assert.Equal("/mon-compte", browser.Path);
        Assert.NotEqual(stolen, browser.Cookies[Session]);
        Assert.False(await site.IsWorthSomething(stolen));
        Assert.True(await site.IsWorthSomething(browser.Cookies[Session]));
    }

    [Fact]
    public async Task The_cookies_of_the_first_connection_are_worth_nothing_after_it()
    {
        var person = site.NextPerson();
        using var browser = site.NewBrowser();
        await browser.SignUp(person);
        await browser.SignIn(person.Nir, (await site.Mails.To(person.Email)).ProvisionalPassword);
        var obliged = browser.Cookies[Session];
        await browser.Send(("NewPassword", Journeys.GoodPassword), ("ConfirmPassword", Journeys.GoodPassword));
        Assert.NotEqual(obliged, browser.Cookies[Session]);
        Assert.False(await site.IsWorthSomething(obliged));
    }

    [Fact]
    public async Task Signing_in_again_in_the_same_browser_ends_the_session_that_was()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        await browser.SignOut();
        await browser.Open("/connexion"); // left open in one tab
        var token = browser.ValueOf("__RequestVerificationToken")!;
        await browser.Send(("Identifier", person.Nir), ("Password", Journeys.GoodPassword));
        var first = browser.Cookies[Session];

        await browser.Post("/connexion", ("Identifier", person.Nir), ("Password", Journeys.GoodPassword), ("__RequestVerificationToken", token));
        Assert.Equal((400, "/connexion"), (browser.Status, browser.Path)); // the tab is from before; what was typed is there
        Assert.Equal(person.Nir, browser.ValueOf("Identifier"));
        Assert.Equal(first, browser.Cookies[Session]);
        await browser.Send(("Password", Journeys.GoodPassword));
        Assert.Equal("/espace-prive", browser.Path);
        Assert.NotEqual(first, browser.Cookies[Session]);
        Assert.False(await site.IsWorthSomething(first));
        await browser.Open("/mon-compte");
        Assert.Contains("Vous êtes connecté sur cet appareil seulement.", browser.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cookie_planted_before_the_sign_in_is_not_the_one_after_it_and_opens_nothing_of_the_victims()
    {
        using var attacker = site.NewBrowser();
        var attackersSelf = await attacker.OpenSpace(site);
        using var browser = site.NewBrowser();
        var victim = await browser.OpenSpace(site);
        var victimsName = NameShown();
        await browser.SignOut();
        var planted = attacker.Cookies[Session]!;

        await browser.Open("/connexion");
        browser.Cookies.Set(Session, planted);
        await browser.Send(("Identifier", victim.Nir), ("Password", Journeys.GoodPassword));
        Assert.Equal((400, "/connexion"), (browser.Status, browser.Path)); // the form was of somebody else: asked again
        await browser.Send(("Password", Journeys.GoodPassword));
        Assert.Equal("/espace-prive", browser.Path);
        Assert.Equal(victimsName, NameShown());
        Assert.NotEqual(planted, browser.Cookies[Session]);
        Assert.False(await site.IsWorthSomething(planted));
        await attacker.Open("/mon-compte");
        Assert.Equal("/connexion", attacker.Path);
        Assert.NotEqual(attackersSelf.Nir, victim.Nir);

        string NameShown() => browser.Page.QuerySelector(".header-name")!.TextContent;
    }

    [Theory]
    [InlineData("planted")]
    [InlineData("")]
    [InlineData("chunks-7")] // the form of a cookie cut into pieces, without the pieces
    public async Task A_planted_cookie_that_is_no_session_hinders_nobody_and_does_not_survive(string planted)
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        using var victim = site.NewBrowser();
        victim.Cookies.Set(Session, planted);
        await victim.SignIn(person.Nir, Journeys.GoodPassword);
        Assert.Equal((200, "/espace-prive"), (victim.Status, victim.Path));
        Assert.NotEqual(planted, victim.Cookies[Session]);
        Assert.False(await site.IsWorthSomething(planted));
    }

    [Fact]
    public async Task A_cookie_with_one_letter_changed_is_worth_nothing()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        var cookie = browser.Cookies[Session]!;
        foreach (var at in (int[])[0, 12, cookie.Length / 3, cookie.Length / 2, cookie.Length - 5])
            Assert.False(await site.IsWorthSomething($"{cookie[..at]}{(cookie[at] == 'A' ? 'B' : 'A')}{cookie[(at + 1)..]}"));
        Assert.False(await site.IsWorthSomething(cookie[..^20]));
        Assert.False(await site.IsWorthSomething(cookie + cookie));
        Assert.True(await site.IsWorthSomething(cookie));
    }

    [Fact]
    public async Task The_cookie_of_something_else_is_no_session()
    {
        using var browser = site.NewBrowser();
        await browser.SignUpToVerification(site.NextPerson());
        Assert.False(await site.IsWorthSomething(browser.Cookies["msa-inscription"]));
        Assert.False(await site.IsWorthSomething(browser.Cookies["msa-antiforgery"]));
    }

    [Fact]
    public async Task A_cookie_of_another_installation_is_worth_nothing()
    {
        await using var other = new OtherSite();
        await other.InitializeAsync();
        using var browser = other.NewBrowser();
        await browser.OpenSpace(other);
        Assert.True(await other.IsWorthSomething(browser.Cookies[Session]));
        Assert.False(await site.IsWorthSomething(browser.Cookies[Session]));
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_of_other_sites()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        using var observer = new Observer(site);
        var answer = await observer.Fill("/connexion", ("Identifier", person.Nir), ("Password", Journeys.GoodPassword));
        var cookie = Assert.Single(answer.Headers, header => header.StartsWith($"Set-Cookie: {Session}=", StringComparison.Ordinal));
        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; path=/", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("; expires", cookie, StringComparison.OrdinalIgnoreCase); // gone with the browser
        Assert.DoesNotContain("; domain", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Prolonging_takes_a_session()
    {
        using var visitor = site.NewBrowser();
        await visitor.Post(Prolongation);
        Assert.Equal(401, visitor.Status);
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        var cookie = browser.Cookies[Session];
        await browser.Post(Prolongation);
        Assert.Equal((204, Prolongation), (browser.Status, browser.Path));
        Assert.Equal(cookie, browser.Cookies[Session]);
        await browser.Open("/mon-compte");
        await browser.SignOut();
        await browser.Post(Prolongation);
        Assert.Equal(401, browser.Status);
    }

    // One test, since there is one clock.
    [Fact]
    public async Task Prolonging_keeps_a_session_alive_beyond_its_idle_limit_but_not_beyond_its_end()
    {
        using var prolonged = hurried.NewBrowser();
        var person = await prolonged.OpenSpace(hurried);
        using var idle = hurried.NewBrowser();
        await idle.SignIn(person.Nir, Journeys.GoodPassword);
        using var active = hurried.NewBrowser();
        await active.SignIn(person.Nir, Journeys.GoodPassword);

        hurried.Pass(TimeSpan.FromMinutes(15));
        await Prolong();
        await active.Open("/espace-prive");
        hurried.Pass(TimeSpan.FromMinutes(15));
        await Prolong();
        await active.Open("/espace-prive");
        Assert.Equal("/espace-prive", active.Path);
        await idle.Post(Prolongation);
        Assert.Equal(401, idle.Status);
        await idle.Open("/espace-prive");
        Assert.Equal("/connexion", idle.Path);

        for (var waited = TimeSpan.FromMinutes(45); waited < TimeSpan.FromHours(8); waited += TimeSpan.FromMinutes(15))
        {
            hurried.Pass(TimeSpan.FromMinutes(15));
            await Prolong();
        }
        hurried.Pass(TimeSpan.FromMinutes(15));
        await prolonged.Post(Prolongation);
        Assert.Equal(401, prolonged.Status);
        await prolonged.Open("/espace-prive");
        Assert.Equal("/connexion", prolonged.Path);

        async Task Prolong()
        {
            await prolonged.Post(Prolongation);
            Assert.Equal(204, prolonged.Status);
        }
    }
}
