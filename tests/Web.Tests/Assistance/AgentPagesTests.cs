using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Testing;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Tests.Operations;

namespace MsaOrleans.Web.Tests.Assistance;

/// <summary>A site whose clock can be put forward.</summary>
public sealed class SiteAheadOfTime() : Site([], population: 1)
{
    private readonly Shifted clock = new();

    public TimeSpan Ahead
    {
        get => clock.By;
        set => clock.By = value;
    }

    protected override void Configure(IServiceCollection services) => services.AddSingleton<TimeProvider>(clock);

    private sealed class Shifted : TimeProvider
    {
        public TimeSpan By { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
    }
}

public sealed class AgentPagesTests(Site site, SiteAheadOfTime ahead, SiteWithDashboards dashboards) : IClassFixture<SiteAheadOfTime>, IClassFixture<SiteWithDashboards>
{
    private const string Cookie = "msa-assistance";

    public static TheoryData<string> Closed => ["/assistance", "/assistance/", "/ASSISTANCE", "/assistance/mot-de-passe", "/assistance/mot-de-passe/modifier", "/assistance/code"];

    [Fact]
    public async Task The_first_sign_in_shows_the_image_enrols_the_telephone_and_forces_a_change_of_password()
    {
        using var browser = site.NewBrowser();
        var marie = await SiteAgent.New(site);
        await marie.GivePassword(browser);
        Assert.Equal("Votre téléphone comme seconde clé", browser.Heading);
        Assert.NotNull(browser.Page.QuerySelector("svg.qr path"));
        Assert.Contains("no-store", browser.Response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);

        await browser.Send(("Code", "12 34"));
        Assert.Equal((400, "Ce code n’est pas le bon, ou il a déjà servi. Attendez que l’application en affiche un nouveau. Vérifiez aussi que l’heure de votre téléphone est réglée automatiquement."), (browser.Status, browser.ErrorOn("Code")));
        Assert.NotNull(browser.Page.QuerySelector("svg.qr path"));

        var code = marie.Code();
        await browser.Send(("Code", $"{code[..3]} {code[3..]}"));
        Assert.Equal((200, "/assistance/mot-de-passe"), (browser.Status, browser.Path));
        await browser.Open("/assistance");
        Assert.Equal("/assistance/mot-de-passe", browser.Path);
        await browser.Send(("NewPassword", "Durand-84729"), ("ConfirmPassword", "Durand-84729"));
        Assert.Equal((400, "Ce mot de passe ne convient pas. Retirez votre nom ou votre prénom."), (browser.Status, browser.ErrorOn("NewPassword")));
        await browser.Send(("NewPassword", SiteAgent.OwnPassword), ("ConfirmPassword", SiteAgent.OwnPassword));
        Assert.Equal((200, "/assistance", "Bonjour Marie Durand"), (browser.Status, browser.Path, browser.Heading));
        Assert.Contains("Votre mot de passe est enregistré.", browser.Words, StringComparison.Ordinal);
        await browser.Open("/assistance/mot-de-passe");
        Assert.Equal("/assistance", browser.Path);
    }

    [Fact]
    public async Task The_image_is_not_shown_again()
    {
        using var browser = site.NewBrowser();
        var marie = await SiteAgent.New(site);
        await marie.Begin(browser);
        await SignOut(browser);
        await marie.GivePassword(browser);
        Assert.Equal("Code de votre téléphone", browser.Heading);
        Assert.Null(browser.Page.QuerySelector("svg.qr"));
        Assert.DoesNotContain(marie.Telephone!.Base32, browser.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        await browser.Send(("Code", marie.Code()));
        Assert.Equal("/assistance", browser.Path);
        await browser.Open("/assistance/code");
        Assert.Equal("/assistance", browser.Path);
    }

    [Theory]
    [MemberData(nameof(Closed))]
    public async Task Without_a_session_nothing_is_open(string path)
    {
        using var browser = site.NewBrowser();
        await browser.Open(path);
        Assert.Equal((200, "/assistance/connexion"), (browser.Status, browser.Path));
    }

    [Fact]
    public async Task Without_the_code_the_password_opens_nothing()
    {
        using var browser = site.NewBrowser();
        var marie = await SiteAgent.New(site);
        await marie.GivePassword(browser);
        foreach (var path in (string[])["/assistance", "/assistance/mot-de-passe"])
        {
            await browser.Open(path);
            Assert.Equal("/assistance/connexion", browser.Path);
        }
        Assert.Null(browser.Cookies[Cookie]);

        // Nor does what the browser holds in between pass for a session.
        browser.Cookies.Set(Cookie, browser.Cookies["msa-assistance-code"]!);
        await browser.Open("/assistance");
        Assert.Equal("/assistance/connexion", browser.Path);
    }

    [Fact]
    public async Task Wrong_unknown_and_locked_get_the_same_answer_and_the_login_stays()
    {
        using var browser = site.NewBrowser();
        var marie = await SiteAgent.New(site);
        var answers = new HashSet<(int, string, string?, string?)>();
        foreach (var login in (string[])[marie.Login.Value, "personne.ici", "<b>&\uFFFE", new string('x', 5_000)])
        {
            for (var i = 0; i < 6; i++)
            {
                await browser.Fill("/assistance/connexion", ("Login", login), ("Password", "Mauvais-Mot-1"));
                answers.Add((browser.Status, browser.Summary.ReplaceLineEndings(""), browser.ErrorOn("Login"), browser.ErrorOn("Password")));
            }
            Assert.Equal(login.Length > 100 ? login : login.Replace("\uFFFE", "\uFFFD", StringComparison.Ordinal), browser.ValueOf("Login")!.Replace("\uFFFE", "\uFFFD", StringComparison.Ordinal));
            Assert.Equal("", browser.ValueOf("Password"));
        }
        await browser.Send(("Login", marie.Login.Value), ("Password", marie.Password));
        answers.Add((browser.Status, browser.Summary.ReplaceLineEndings(""), browser.ErrorOn("Login"), browser.ErrorOn("Password")));
        Assert.Equal(400, Assert.Single(answers).Item1);
        Assert.Contains("patientez un quart d’heure", answers.Single().Item2, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_does_not_tell_who_is_an_agent()
    {
        using var browser = new Observer(site);
        await browser.Open("/assistance/connexion");
        List<double> known = [], unknown = [];
        for (var round = 0; round < 12; round++)
        {
            var marie = await SiteAgent.New(site);
            for (var i = 0; i < 4; i++) // the fifth locks
            {
                known.Add(await Milliseconds(marie.Login.Value));
                unknown.Add(await Milliseconds($"personne{round}"));
            }
        }
        Durations.AssertAlike("agents", known, unknown);

        async Task<double> Milliseconds(string login)
        {
            var answer = await browser.Send("/assistance/connexion", ("Login", login), ("Password", "Mauvais-Mot-1"));
            Assert.Equal(400, answer.Status);
            return answer.Time.TotalMilliseconds;
        }
    }

    [Fact]
    public async Task After_too_many_wrong_codes_it_begins_again()
    {
        using var browser = site.NewBrowser();
        var marie = await SiteAgent.New(site);
        await marie.GivePassword(browser);
        for (var i = 0; i < 4; i++)
            await browser.Send(("Code", "x"));
        Assert.Equal("Votre téléphone comme seconde clé", browser.Heading);
        await browser.Send(("Code", "x"));
        Assert.Equal("Connexion interrompue", browser.Heading);
        await browser.Open("/assistance/code");
        Assert.Equal("/assistance/connexion", browser.Path);
    }

    [Fact]
    public async Task An_empty_form_says_what_is_missing()
    {
        using var browser = site.NewBrowser();
        await browser.Fill("/assistance/connexion");
        Assert.Equal((400, "Saisissez votre identifiant.", "Saisissez votre mot de passe."), (browser.Status, browser.ErrorOn("Login"), browser.ErrorOn("Password")));
        Assert.StartsWith("Erreur : ", browser.Title, StringComparison.Ordinal);
        await (await SiteAgent.New(site)).GivePassword(browser);
        await browser.Send(("Code", " "));
        Assert.Equal((400, "Saisissez le code que votre téléphone affiche."), (browser.Status, browser.ErrorOn("Code")));
    }

    [Fact]
    public async Task A_form_that_another_site_sends_is_refused()
    {
        using var browser = site.NewBrowser();
        var marie = await SiteAgent.New(site);
        await marie.Begin(browser);
        await browser.Post("/assistance/deconnexion");
        Assert.Equal(400, browser.Status);
        await browser.Open("/assistance");
        Assert.Equal("/assistance", browser.Path);
    }

    [Fact]
    public async Task Signed_out_a_copy_of_the_cookie_is_worth_nothing()
    {
        using var browser = site.NewBrowser();
        var marie = await SiteAgent.New(site);
        await marie.Begin(browser);
        var copy = browser.Cookies[Cookie]!;
        Assert.True(await IsWorthSomething(copy));
        await SignOut(browser);
        Assert.Equal("Vous êtes déconnecté", browser.Heading);
        Assert.False(await IsWorthSomething(copy));
        await browser.Open("/assistance");
        Assert.Equal("/assistance/connexion", browser.Path);
    }

    [Fact]
    public async Task The_cookie_of_the_forced_change_is_worth_nothing_after_it()
    {
        using var browser = site.NewBrowser();
        var marie = await SiteAgent.New(site);
        await marie.Enter(browser);
        var copy = browser.Cookies[Cookie]!;
        await browser.Send(("NewPassword", SiteAgent.OwnPassword), ("ConfirmPassword", SiteAgent.OwnPassword));
        Assert.False(await IsWorthSomething(copy));
    }

    [Fact]
    public async Task Whoever_is_removed_or_reset_while_signed_in_is_out_with_the_next_request()
    {
        using var browser = site.NewBrowser();
        foreach (var end in (Func<SiteAgent, Task>[])[agent => agent.Account.Remove(new("console:test", "agent remove")), agent => agent.Account.Reset(new("console:test", "agent reset"))])
        {
            var marie = await SiteAgent.New(site);
            await marie.Begin(browser);
            await end(marie);
            await browser.Open("/assistance");
            Assert.Equal("/assistance/connexion", browser.Path);
        }
    }

    [Fact]
    public async Task A_session_left_alone_ends_and_is_kept_alive_by_use()
    {
        using var browser = ahead.NewBrowser();
        var marie = await SiteAgent.New(ahead);
        await marie.Begin(browser);
        ahead.Ahead += TimeSpan.FromMinutes(14);
        await browser.Open("/assistance");
        Assert.Equal("/assistance", browser.Path);
        ahead.Ahead += TimeSpan.FromMinutes(14);
        await browser.Open("/assistance");
        Assert.Equal("/assistance", browser.Path);
        ahead.Ahead += TimeSpan.FromMinutes(17);
        await browser.Open("/assistance");
        Assert.Equal("/assistance/connexion", browser.Path);
    }

    [Fact]
    public async Task Signing_in_leads_back_to_the_page_that_was_asked_for_and_once()
    {
        using var browser = site.NewBrowser();
        var marie = await SiteAgent.New(site);
        await marie.Begin(browser);
        await SignOut(browser);
        await browser.Open("/assistance/mot-de-passe/modifier");
        Assert.Equal("/assistance/connexion", browser.Path);
        await marie.GivePassword(browser);
        await browser.Send(("Code", marie.Code()));
        Assert.Equal((200, "/assistance/mot-de-passe/modifier"), (browser.Status, browser.Path));

        await SignOut(browser);
        await marie.GivePassword(browser);
        await browser.Send(("Code", marie.Code(1)));
        Assert.Equal("/assistance", browser.Path);
    }

    [Fact]
    public async Task An_agent_changes_his_password_when_he_gives_the_one_he_has_and_not_when_he_has_guessed_too_often()
    {
        (string, string)[] chosen = [("NewPassword", "Tilleul-Ardoise7"), ("ConfirmPassword", "Tilleul-Ardoise7")];
        using var browser = site.NewBrowser();
        await (await SiteAgent.New(site)).Begin(browser);

        await browser.Fill("/assistance/mot-de-passe/modifier", [("CurrentPassword", "Mauvais-Mot-1"), .. chosen]);
        Assert.Equal((400, Messages.WrongCurrentPassword), (browser.Status, browser.ErrorOn("CurrentPassword")));
        await browser.Send([("CurrentPassword", SiteAgent.OwnPassword), .. chosen]);
        Assert.Equal("/assistance", browser.Path);
        Assert.Contains("Votre mot de passe est modifié.", browser.Words, StringComparison.Ordinal);

        for (var i = 0; i < 6; i++)
            await browser.Fill("/assistance/mot-de-passe/modifier", [("CurrentPassword", "Mauvais-Mot-1"), .. chosen]);
        Assert.Equal("/assistance/mot-de-passe/modifier", browser.Path);
        Assert.StartsWith("Trop de mots de passe erronés", browser.ErrorOn("CurrentPassword"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_adherent_asked_for_is_nothing_to_an_agent()
    {
        using var browser = site.NewBrowser();
        var marie = await SiteAgent.New(site);
        await marie.Begin(browser);
        await SignOut(browser);
        await browser.Open("/mon-compte/adresse");
        Assert.Equal("/connexion", browser.Path);
        await marie.GivePassword(browser);
        await browser.Send(("Code", marie.Code()));
        Assert.Equal("/assistance", browser.Path);
    }

    [Fact]
    public async Task The_pages_tell_when_the_session_ends_and_it_can_be_prolonged()
    {
        using var browser = ahead.NewBrowser();
        var marie = await SiteAgent.New(ahead);
        await browser.Post("/assistance/prolongation");
        Assert.Equal(401, browser.Status);
        await marie.Begin(browser);
        var body = browser.Page.Body!;
        Assert.Equal(("900", "/assistance/prolongation"), (body.GetAttribute("data-session-idle"), body.GetAttribute("data-session-prolong")));
        Assert.InRange(long.Parse(body.GetAttribute("data-session-ends")!, CultureInfo.InvariantCulture) - ahead.Get<TimeProvider>().GetUtcNow().ToUnixTimeSeconds(), 35_900, 36_000);
        ahead.Ahead += TimeSpan.FromMinutes(14);
        await browser.Post("/assistance/prolongation");
        Assert.Equal(204, browser.Status);
        ahead.Ahead += TimeSpan.FromMinutes(14);
        await browser.Open("/assistance");
        Assert.Equal("/assistance", browser.Path);
    }

    [Fact]
    public async Task He_changes_his_password_when_he_wants()
    {
        using var browser = site.NewBrowser();
        var marie = await SiteAgent.New(site);
        await marie.Begin(browser);
        var copy = browser.Cookies[Cookie]!;
        await browser.Follow("Mot de passe");
        await browser.Send();
        Assert.Equal((400, "Saisissez votre mot de passe actuel.", "Choisissez un mot de passe."), (browser.Status, browser.ErrorOn("CurrentPassword"), browser.ErrorOn("NewPassword")));
        await browser.Send(("CurrentPassword", "Mauvais-Mot-1"), ("NewPassword", "Verger-Lampion-3"), ("ConfirmPassword", "Verger-Lampion-3"));
        Assert.Equal((400, "Ce mot de passe n’est pas le vôtre. Saisissez celui avec lequel vous vous connectez."), (browser.Status, browser.ErrorOn("CurrentPassword")));
        await browser.Send(("CurrentPassword", SiteAgent.OwnPassword), ("NewPassword", SiteAgent.OwnPassword), ("ConfirmPassword", SiteAgent.OwnPassword));
        Assert.Equal((400, "Ce mot de passe ne convient pas. C’est votre mot de passe actuel : choisissez-en un autre."), (browser.Status, browser.ErrorOn("NewPassword")));
        await browser.Send(("CurrentPassword", SiteAgent.OwnPassword), ("NewPassword", "Verger-Lampion-3"), ("ConfirmPassword", "Verger-Lampion-3"));
        Assert.Equal((200, "/assistance"), (browser.Status, browser.Path));
        Assert.Contains("Votre mot de passe est modifié.", browser.Words, StringComparison.Ordinal);
        Assert.False(await IsWorthSomething(copy));
    }

    [Fact]
    public async Task An_adherent_s_session_opens_nothing_of_the_hotline_and_an_agent_s_nothing_of_the_private_space()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        await browser.Open("/assistance");
        Assert.Equal("/assistance/connexion", browser.Path);
        browser.Cookies.Set(Cookie, browser.Cookies["msa-session"]!); // nor under the other name
        await browser.Open("/assistance");
        Assert.Equal("/assistance/connexion", browser.Path);

        using var agent = site.NewBrowser();
        await (await SiteAgent.New(site, AgentRole.Supervisor)).Begin(agent);
        agent.Cookies.Set("msa-session", agent.Cookies[Cookie]!);
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
    public async Task The_cookie_stays_on_this_site_and_away_from_scripts()
    {
        using var browser = site.NewBrowser();
        var marie = await SiteAgent.New(site);
        await marie.GivePassword(browser);
        using var observer = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(site.Address) };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/assistance/code") { Content = new FormUrlEncodedContent([new("Code", marie.Code()), new("__RequestVerificationToken", browser.ValueOf("__RequestVerificationToken")!)]) };
        request.Headers.Add("Cookie", $"msa-assistance-code={browser.Cookies["msa-assistance-code"]}; msa-antiforgery={browser.Cookies["msa-antiforgery"]}");
        using var response = await observer.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"), set => set.StartsWith(Cookie + "=", StringComparison.Ordinal));
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("expires", cookie, StringComparison.Ordinal);
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

    [Fact]
    public async Task The_agents_of_the_demonstration_get_in_with_what_their_page_shows()
    {
        foreach (var login in (string[])["agent.demo", "superviseur.demo"])
        {
            using var browser = ahead.NewBrowser();
            await browser.Open("/demo/assistance");
            var shown = browser.Page.QuerySelector($"[data-login='{login}']")!;
            var (password, code) = (shown.QuerySelector("[data-password-of]")!.TextContent, shown.QuerySelector("[data-code-of]")!.TextContent);
            await browser.Fill("/assistance/connexion", ("Login", login), ("Password", password));
            Assert.Equal("Code de votre téléphone", browser.Heading);
            await browser.Send(("Code", code));
            Assert.Equal((200, "/assistance"), (browser.Status, browser.Path));
        }
    }

    private static Task SignOut(Browser browser) =>
        browser.Post("/assistance/deconnexion", ("__RequestVerificationToken", browser.ValueOf("__RequestVerificationToken")!));

    private async Task<bool> IsWorthSomething(string cookie)
    {
        using var thief = site.NewBrowser();
        thief.Cookies.Set(Cookie, cookie);
        await thief.Open("/assistance");
        return thief.Path == "/assistance";
    }
}
