using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>An expired password, where there is no other to be had.</summary>
public sealed class ExpiredPasswordLimitTests(ExpiringSite site) : IClassFixture<ExpiringSite>
{
    [Fact]
    public async Task Without_cookie_and_token_nobody_is_told_that_his_password_was_right()
    {
        using var stranger = site.NewBrowser();
        await stranger.Post("/mot-de-passe/expire");
        Assert.DoesNotContain("est le bon", stranger.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_beyond_the_limit_is_not_promised()
    {
        var person = site.NextPerson();
        using var browser = site.NewBrowser();
        await browser.SignUp(person);
        for (var sent = 1; sent <= 4; sent++)
        {
            var expired = (await site.Mails.To(person.Email, sent))[^1].ProvisionalPassword;
            await Waiting.For(async () =>
            {
                await browser.SignIn(person.Nir, expired);
                if (browser.Path == "/mot-de-passe/expire")
                    return browser.Path;
                await browser.SignOut();
                return null;
            }, () => "the password to expire");
            await browser.Send();
        }
        Assert.DoesNotContain("arrive dans quelques minutes", browser.Words, StringComparison.Ordinal); // the fourth within the hour: none is sent
    }
}
