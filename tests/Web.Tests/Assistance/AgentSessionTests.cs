using System.Globalization;
using System.Net;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Tests.Assistance;

/// <summary>An agent's session: what holds it, and what ends it: time, he himself, a new password, whoever removes him.</summary>
public sealed class AgentSessionTests(Site site, SiteAheadOfTime ahead) : IClassFixture<SiteAheadOfTime>
{
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
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"), set => set.StartsWith(SiteAgent.Cookie + "=", StringComparison.Ordinal));
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("expires", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signed_out_a_copy_of_the_cookie_is_worth_nothing()
    {
        using var browser = site.NewBrowser();
        var marie = await SiteAgent.New(site);
        await marie.Begin(browser);
        var copy = browser.Cookies[SiteAgent.Cookie]!;
        Assert.True(await IsWorthSomething(copy));
        await SiteAgent.SignOut(browser);
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
        var copy = browser.Cookies[SiteAgent.Cookie]!;
        await browser.Send(("NewPassword", SiteAgent.OwnPassword), ("ConfirmPassword", SiteAgent.OwnPassword));
        Assert.False(await IsWorthSomething(copy));
    }

    [Fact]
    public async Task He_changes_his_password_when_he_wants()
    {
        using var browser = site.NewBrowser();
        var marie = await SiteAgent.New(site);
        await marie.Begin(browser);
        var copy = browser.Cookies[SiteAgent.Cookie]!;
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

    private async Task<bool> IsWorthSomething(string cookie)
    {
        using var thief = site.NewBrowser();
        thief.Cookies.Set(SiteAgent.Cookie, cookie);
        await thief.Open("/assistance");
        return thief.Path == "/assistance";
    }
}
