using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Testing;
using MsaOrleans.Web.Demo.StandIn;
using MsaOrleans.Web.FranceConnect.SignIn;
using MsaOrleans.Web.Hosting;

namespace MsaOrleans.Web.Tests.FranceConnect;

/// <summary>What stands in for FranceConnect is there for those who try the site, and for nobody else.</summary>
public sealed class StandInTests(StandInFixture site) : IClassFixture<StandInFixture>
{
    [Theory]
    [InlineData("--environment=Development", true)]
    [InlineData("--environment=Production", false)]
    [InlineData("--environment=Production --Demo:Enabled=true", true)]
    [InlineData("--environment=Development --Demo:Enabled=false", false)]
    [InlineData("--environment=Development --Demo:FranceConnect=false", false)]
    [InlineData("--environment=Development --urls=http://0.0.0.0:18000", false)]
    [InlineData("--environment=Development --urls=http://*:18000", false)]
    [InlineData("--environment=Development --urls=http://espace.msa.example", false)]
    [InlineData("--environment=Development --urls=https://127.0.0.1:18000", false)]
    [InlineData("--environment=Development --FranceConnect:SignIn:Issuer=https://fc.example --FranceConnect:SignIn:ClientId=a --FranceConnect:SignIn:ClientSecret=b", false)]
    [InlineData("--environment=Development --Operations:Dashboards=false --ConnectionStrings:Msa=Host=127.0.0.1;Database=none --Adherents:PseudonymKey=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", false)]
    public async Task It_is_there_on_the_embedded_default_of_a_demonstration_on_this_machine_without_the_real_one(string settings, bool there)
    {
        using var data = new TempFolder();
        await using var built = MsaSite.Build([$"--urls=http://127.0.0.1:{FreePort.Next()}", $"--Data:Directory={data.Path}", .. settings.Split(' ')]);
        Assert.Equal(there, built.Services.GetService<StandInSettings>() is not null);
        Assert.Equal(there || settings.Contains("SignIn", StringComparison.Ordinal), built.Services.GetService<Broker>() is not null);
    }

    [Fact]
    public async Task It_is_known_for_what_it_is_and_the_site_has_none_of_its_pages()
    {
        using var browser = new Browser(site.StandIn.Address);
        await browser.Open("/service-public-fictif");
        Assert.Contains("Ce site n'existe pas", browser.Page.Body!.TextContent, StringComparison.Ordinal);
        await browser.Follow("S'identifier avec le FranceConnect de démonstration");
        Assert.Equal("/choix", browser.Path);
        Assert.Contains("Ceci n'est pas FranceConnect", browser.Page.Body!.TextContent, StringComparison.Ordinal);
        using var visitor = site.NewBrowser();
        foreach (var path in (string[])["/service-public-fictif", "/choix", "/panne", "/msa", "/api/v2/authorize"])
        {
            await visitor.Open(path);
            Assert.Equal((path, 404), (path, visitor.Status));
        }
    }

    [Theory]
    [InlineData("/api/v2/authorize?response_type=code&scope=openid&client_id=msa-espace-prive&redirect_uri=https%3A%2F%2Fpirate.example%2F", 400)]
    [InlineData("/api/v2/authorize?response_type=code&scope=openid&client_id=inconnu&redirect_uri=https%3A%2F%2Fpirate.example%2F", 400)]
    [InlineData("/api/v2/session/end?post_logout_redirect_uri=https%3A%2F%2Fpirate.example%2F", 400)]
    [InlineData("/msa?suite=https://pirate.example/", 404)]
    [InlineData("/choix?suite=https://pirate.example/", 302)]
    public async Task It_sends_nobody_elsewhere(string path, int status)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var answer = await http.GetAsync(site.StandIn.Address + path, TestContext.Current.CancellationToken);
        Assert.Equal((status, status == 302 ? "/service-public-fictif" : null), ((int)answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task A_code_is_worth_nothing_without_the_secret_and_nobody_is_whom_it_does_not_know()
    {
        var client = site.StandIn.Msa;
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(site.StandIn.Address) };
        var request = QueryHelpers.AddQueryString(StandInPaths.Authorize, new Dictionary<string, string?> { ["response_type"] = "code", ["scope"] = "openid", ["client_id"] = client.Id, ["redirect_uri"] = client.RedirectUri });
        var choice = "/choix?suite=" + Uri.EscapeDataString(request);
        var token = Regex.Match(await http.GetStringAsync(choice, TestContext.Current.CancellationToken), "__RequestVerificationToken\"[^>]* value=\"([^\"]+)").Groups[1].Value;
        Assert.Equal(HttpStatusCode.BadRequest, (await Post(choice, ("Person", "99"), ("__RequestVerificationToken", token))).StatusCode);
        var chosen = await Post(choice, ("Person", "0"), ("__RequestVerificationToken", token));
        var code = QueryHelpers.ParseQuery((await http.GetAsync(chosen.Headers.Location, TestContext.Current.CancellationToken)).Headers.Location!.Query)["code"].ToString();
        Assert.Equal(HttpStatusCode.Unauthorized, (await Redeem("un-autre-secret")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Redeem(client.Secret)).StatusCode);

        Task<HttpResponseMessage> Redeem(string secret) =>
            Post(StandInPaths.Token, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", client.RedirectUri), ("client_id", client.Id), ("client_secret", secret));

        Task<HttpResponseMessage> Post(string path, params (string Name, string Value)[] fields) =>
            http.PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), TestContext.Current.CancellationToken);
    }
}

/// <summary>A site of a demonstration with its stand-in for FranceConnect.</summary>
public sealed class StandInFixture() : Site(["--Demo:FranceConnect=true"], population: 3)
{
    public StandInSettings StandIn => Get<StandInSettings>();
}
