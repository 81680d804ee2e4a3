using System.Globalization;
using MsaOrleans.Testing;
using MsaOrleans.Web.Limits;

namespace MsaOrleans.Web.Tests.FranceConnect;

/// <summary>A site that FranceConnect does not know, and one whose FranceConnect is away.</summary>
public sealed class FranceConnectDoorTests(Site site, LonelySite lonely) : IClassFixture<LonelySite>
{
    [Theory]
    [InlineData("/connexion/franceconnect")]
    [InlineData("/connexion/franceconnect/retour?code=x&state=y")]
    [InlineData("/connexion/franceconnect/indisponible")]
    [InlineData("/deconnexion/retour")]
    public async Task Unknown_to_FranceConnect_the_site_has_no_such_page(string path)
    {
        using var browser = site.NewBrowser();
        await browser.Open(path);
        Assert.Equal(404, browser.Status);
    }

    [Fact]
    public async Task Unknown_to_FranceConnect_the_site_does_not_speak_of_it_at_its_door()
    {
        using var browser = site.NewBrowser();
        await browser.Open("/connexion");
        Assert.DoesNotContain("FranceConnect", browser.Words, StringComparison.Ordinal);
        await browser.Open("/aide/franceconnect");
        Assert.Contains("ne propose pas encore", browser.Words, StringComparison.Ordinal);
        Assert.Contains("NIR certifié", browser.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_FranceConnect_is_away_nobody_is_sent_there_and_other_ways_are_told()
    {
        using var browser = lonely.NewBrowser();
        await browser.Open("/connexion");
        var button = browser.Page.QuerySelector("a.franceconnect-button")!;
        Assert.Equal("S'identifier avec FranceConnect", button.TextContent);
        Assert.Null(button.GetAttribute("target"));
        await browser.Follow("Qu'est-ce que FranceConnect\u00a0?");
        Assert.Equal("/aide/franceconnect", browser.Path);
        await browser.Open("/connexion/franceconnect");
        Assert.Equal("/connexion/franceconnect/indisponible", browser.Path);
        await browser.Follow("Se connecter avec mon identifiant");
        Assert.Equal("/connexion", browser.Path);
        await browser.Open("/connexion/franceconnect/autre-chose");
        Assert.Equal(404, browser.Status);
    }

    [Theory]
    [InlineData("GET", "/connexion/franceconnect")]
    [InlineData("GET", "/connexion/franceconnect/retour")]
    [InlineData("POST", "/connexion/franceconnect/retour")]
    public void The_ways_there_and_back_are_limited_as_the_door_is(string method, string path)
    {
        var (_, period, limit) = LimitSettings.Standard.Single(rule => rule.Endpoint != "*" && EndpointPattern.TryParse(rule.Endpoint, out var pattern) && pattern.Matches(method, path));
        Assert.Equal(("15m", 120), (period, limit)); // one way there, one back
    }
}

/// <summary>A site whose FranceConnect does not answer.</summary>
public sealed class LonelySite() : Site(
    [
        string.Create(CultureInfo.InvariantCulture, $"--FranceConnect:SignIn:Issuer=http://127.0.0.1:{FreePort.Next()}/api/v2"),
        "--FranceConnect:SignIn:ClientId=msa", "--FranceConnect:SignIn:ClientSecret=secret",
    ],
    population: 3);
