using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>Answers as a whole: what caches may keep of them, and what is said when a form comes without its token.</summary>
public sealed class AnswerTests(Site site)
{
    [Fact]
    public async Task His_data_and_every_answer_of_the_private_space_are_kept_in_no_cache()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        await browser.Fill("/mon-compte/mes-donnees", ("CurrentPassword", Journeys.GoodPassword));
        Assert.Equal("application/zip", browser.Response.Content.Headers.ContentType!.MediaType);
        Assert.True(browser.Response.Headers.CacheControl?.NoStore);
    }

    [Theory]
    [InlineData("/mot-de-passe/oublie/envoi")]
    [InlineData("/compte-ferme")]
    [InlineData("/deconnexion")]
    public async Task A_page_without_a_form_is_kept_in_no_cache_either(string page)
    {
        using var browser = site.NewBrowser();
        await browser.Open(page);
        Assert.Equal((200, page), (browser.Status, browser.Path));
        Assert.True(browser.Response.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Closing_other_sessions_without_the_token_gets_the_page_again_and_closes_none()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        using var other = site.NewBrowser();
        await other.SignIn(person.Nir, Journeys.GoodPassword);
        await browser.Post("/mon-compte/connexions");
        Assert.Equal((400, "/mon-compte/connexions"), (browser.Status, browser.Path));
        Assert.Contains("ouverte trop longtemps", browser.Summary, StringComparison.Ordinal);
        await other.Open("/mon-compte");
        Assert.Equal("/mon-compte", other.Path);
    }

    [Fact]
    public async Task A_password_typed_twice_on_two_keyboards_is_the_same_password()
    {
        var person = site.NextPerson();
        using var browser = site.NewBrowser();
        await browser.SignUp(person);
        await browser.SignIn(person.Nir, (await site.Mails.To(person.Email)).ProvisionalPassword);
        await browser.Send(("NewPassword", "Forêt-Ardoise-7".Normalize(System.Text.NormalizationForm.FormC)), ("ConfirmPassword", "Forêt-Ardoise-7".Normalize(System.Text.NormalizationForm.FormD)));
        Assert.Equal("/premiere-connexion/confirmation", browser.Path);
    }

    [Fact]
    public async Task The_page_of_his_data_is_in_French_throughout()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        await browser.Fill("/mon-compte/mes-donnees", ("CurrentPassword", Journeys.GoodPassword));
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(await browser.Response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
        using var page = new StreamReader(zip.GetEntry("mes-donnees.html")!.Open());
        Assert.DoesNotContain("ProvisionalPassword", await page.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
