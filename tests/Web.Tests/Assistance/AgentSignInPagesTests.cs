namespace MsaOrleans.Web.Tests.Assistance;

/// <summary>An agent's way in: password, image, code of his telephone; and what whoever lacks one of them learns.</summary>
public sealed class AgentSignInPagesTests(Site site, SiteAheadOfTime ahead) : IClassFixture<SiteAheadOfTime>
{
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
        await SiteAgent.SignOut(browser);
        await marie.GivePassword(browser);
        Assert.Equal("Code de votre téléphone", browser.Heading);
        Assert.Null(browser.Page.QuerySelector("svg.qr"));
        Assert.DoesNotContain(marie.Telephone!.Base32, browser.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        await browser.Send(("Code", marie.Code()));
        Assert.Equal("/assistance", browser.Path);
        await browser.Open("/assistance/code");
        Assert.Equal("/assistance", browser.Path);
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
        Assert.Null(browser.Cookies[SiteAgent.Cookie]);

        // Nor does what the browser holds in between pass for a session.
        browser.Cookies.Set(SiteAgent.Cookie, browser.Cookies["msa-assistance-code"]!);
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
    public async Task Signing_in_leads_back_to_the_page_that_was_asked_for_and_once()
    {
        using var browser = site.NewBrowser();
        var marie = await SiteAgent.New(site);
        await marie.Begin(browser);
        await SiteAgent.SignOut(browser);
        await browser.Open("/assistance/mot-de-passe/modifier");
        Assert.Equal("/assistance/connexion", browser.Path);
        await marie.GivePassword(browser);
        await browser.Send(("Code", marie.Code()));
        Assert.Equal((200, "/assistance/mot-de-passe/modifier"), (browser.Status, browser.Path));

        await SiteAgent.SignOut(browser);
        await marie.GivePassword(browser);
        await browser.Send(("Code", marie.Code(1)));
        Assert.Equal("/assistance", browser.Path);
    }

    [Fact]
    public async Task What_an_adherent_asked_for_is_nothing_to_an_agent()
    {
        using var browser = site.NewBrowser();
        var marie = await SiteAgent.New(site);
        await marie.Begin(browser);
        await SiteAgent.SignOut(browser);
        await browser.Open("/mon-compte/adresse");
        Assert.Equal("/connexion", browser.Path);
        await marie.GivePassword(browser);
        await browser.Send(("Code", marie.Code()));
        Assert.Equal("/assistance", browser.Path);
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
}
