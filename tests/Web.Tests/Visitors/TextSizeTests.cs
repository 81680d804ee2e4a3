using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using MsaOrleans.Testing;
using MsaOrleans.Web.Visitors;

namespace MsaOrleans.Web.Tests.Visitors;

/// <summary>How large the text is, without a script.</summary>
public sealed class TextSizeTests(Site site)
{
    [Theory]
    [InlineData(100, 120, 100)]
    [InlineData(140, 170, 120)]
    [InlineData(200, 200, 170)]
    public void Larger_and_smaller_stop_at_the_ends(int from, int larger, int smaller) =>
        Assert.Equal((larger, smaller), (TextSize.Larger(from), TextSize.Smaller(from)));

    [Theory]
    [InlineData("140", 140)]
    [InlineData("141", 100)]
    [InlineData("-140", 100)]
    [InlineData("\"><script>", 100)]
    public void A_cookie_with_no_step_in_it_counts_for_nothing(string cookie, int percent)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Cookie = $"msa-taille={cookie}";
        Assert.Equal(percent, new TextSize(new ChunkingCookieManager()).Of(context));
    }

    [Fact]
    public async Task Three_presses_of_a_button_are_three_steps_and_the_page_is_the_same()
    {
        using var browser = site.NewBrowser();
        await browser.Open("/aide/assistance-internet?a=b&c=%C3%A9");
        Assert.Null(Class(browser));
        foreach (var step in (string[])["text-120", "text-140", "text-170"])
        {
            await Press(browser, "A+");
            Assert.Equal("?a=b&c=%C3%A9", browser.Response.RequestMessage!.RequestUri!.Query);
            Assert.Equal(("/aide/assistance-internet", step), (browser.Path, Class(browser)));
        }
        await browser.Open("/inscription/profil");
        Assert.Equal("text-170", Class(browser));
        await browser.Open("/particulier");
        await Press(browser, "A-");
        Assert.Equal("text-140", Class(browser));
        await Press(browser, "A");
        Assert.Null(Class(browser));
    }

    [Fact]
    public async Task From_an_error_page_the_way_back_is_to_what_was_asked_for()
    {
        using var browser = site.NewBrowser();
        await browser.Open("/nulle-part?a=b");
        await Press(browser, "A+");
        Assert.Equal((404, "/nulle-part", "text-120"), (browser.Status, browser.Path, Class(browser)));
    }

    [Theory]
    [InlineData("https://example.org/")]
    [InlineData("//example.org/")]
    [InlineData("/¿'\u0130")] // cannot stand in a header
    public async Task Nobody_is_sent_to_another_site(string back)
    {
        using var browser = site.NewBrowser();
        await browser.Open($"/taille-du-texte?Size=140&Return={Uri.EscapeDataString(back)}");
        Assert.Equal((200, "/taille-du-texte", "text-140"), (browser.Status, browser.Path, Class(browser)));
        Assert.Equal("140", browser.ValueOf("Size"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("150")]
    [InlineData("grand")]
    public async Task A_size_that_is_not_offered_gets_a_sentence(string size)
    {
        using var browser = site.NewBrowser();
        await browser.Open($"/taille-du-texte?Size={size}");
        Assert.Equal(400, browser.Status);
        Assert.Contains("Cette taille n’est pas proposée.", browser.ErrorOn("Size"), StringComparison.Ordinal);
        Assert.Null(browser.Cookies["msa-taille"]);
    }

    private static string? Class(Browser browser) => browser.Page.DocumentElement.GetAttribute("class") is { Length: > 0 } @class ? @class : null;

    private static Task Press(Browser browser, string button)
    {
        var form = browser.Page.QuerySelector("header form[action='/taille-du-texte']")!;
        var pressed = form.QuerySelectorAll("button").Single(b => b.FirstChild!.TextContent == button);
        return browser.Open($"/taille-du-texte?Return={Uri.EscapeDataString(form.QuerySelector("[name=Return]")!.GetAttribute("value")!)}&Size={pressed.GetAttribute("value")}");
    }
}
