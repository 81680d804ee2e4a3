using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>A provisional password used too late. On this site they live for a second.</summary>
public sealed class ExpiredPasswordTests(ExpiringSite site) : IClassFixture<ExpiringSite>
{
    private const string Expired = "/mot-de-passe/expire";

    [Fact]
    public async Task Who_shows_an_expired_password_may_have_another_sent_to_the_same_address()
    {
        using var browser = site.NewBrowser();
        var (person, expired) = await TooLate(browser);
        Assert.Equal("Mot de passe provisoire expiré", browser.Heading);
        await browser.Send();
        Assert.Equal((200, Expired), (browser.Status, browser.Path));
        Assert.Contains("à la même adresse que le précédent", browser.Words, StringComparison.Ordinal);

        var another = (await site.Mails.To(person.Email, 2))[^1];
        Assert.Equal("Votre nouveau mot de passe provisoire", another.Subject);
        Assert.NotEqual(expired, another.ProvisionalPassword);
        await browser.SignIn(person.Nir, another.ProvisionalPassword);
        Assert.Contains(browser.Path, (string[])["/premiere-connexion/mot-de-passe", Expired]); // it is right; it lives for a second, too
        using var late = site.NewBrowser();
        await late.SignIn(person.Nir, expired);
        Assert.Equal((400, "/connexion"), (late.Status, late.Path));
    }

    [Fact]
    public async Task The_page_is_closed_to_whoever_has_not_shown_one()
    {
        using var browser = site.NewBrowser();
        var (person, _) = await TooLate(browser);
        using var stranger = site.NewBrowser();
        await stranger.Open(Expired);
        Assert.Equal("/connexion", stranger.Path);
        var token = stranger.ValueOf("__RequestVerificationToken")!;
        await stranger.Post(Expired, ("__RequestVerificationToken", token));
        Assert.Equal("/connexion", stranger.Path);

        var cookie = browser.Cookies["msa-expire"]!;
        stranger.Cookies.Set("msa-expire", cookie[..^8] + "AAAAAAAA");
        await stranger.Open(Expired);
        Assert.Equal("/connexion", stranger.Path);
        Assert.Single(site.Mails.All, mail => mail.To == person.Email);
    }

    [Fact]
    public async Task The_button_serves_once()
    {
        using var browser = site.NewBrowser();
        await TooLate(browser);
        await browser.Send();
        await browser.Open(Expired);
        Assert.Equal("/connexion", browser.Path);
    }

    [Fact]
    public async Task A_wrong_password_for_the_same_account_is_refused_like_any_other()
    {
        using var browser = site.NewBrowser();
        var (person, expired) = await TooLate(browser);
        using var other = site.NewBrowser();
        var wrong = await Told(person.Nir, (expired[0] == 'A' ? 'B' : 'A') + expired[1..]);
        Assert.Contains("n’est pas correct", wrong, StringComparison.Ordinal);
        Assert.Equal(wrong, await Told(site.NextPerson().Nir, expired));
        Assert.Equal(wrong, await Told(person.Nir, "Mauvais-Mot-1"));
        await other.Open(Expired);
        Assert.Equal("/connexion", other.Path);

        async Task<string> Told(string nir, string password)
        {
            await other.SignIn(nir, password);
            return $"{other.Status} {other.Path} {other.Summary} {other.ErrorOn("Identifier")} {other.ErrorOn("Password")}";
        }
    }

    [Fact]
    public async Task Who_cannot_open_his_account_any_more_may_sign_up_again()
    {
        using var browser = site.NewBrowser();
        var (person, _) = await TooLate(browser);
        await browser.BeginSignUp(person.Nir);
        Assert.Equal("/inscription/a-preparer", browser.Path);
    }

    /// <summary>Somebody signs up, and comes with his provisional password when it has expired.</summary>
    private async Task<(Person, string Expired)> TooLate(Browser browser)
    {
        var person = site.NextPerson();
        using (var signingUp = site.NewBrowser())
            await signingUp.SignUp(person);
        var expired = (await site.Mails.To(person.Email)).ProvisionalPassword;
        await Waiting.For(() => SignIn(), () => "the provisional password to expire");
        return (person, expired);

        async Task<string?> SignIn()
        {
            using var early = site.NewBrowser();
            await early.SignIn(person.Nir, expired);
            if (early.Path != Expired)
                return null;
            await browser.SignIn(person.Nir, expired);
            Assert.Equal(Expired, browser.Path);
            return browser.Path;
        }
    }
}
