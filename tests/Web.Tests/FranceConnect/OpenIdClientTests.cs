using System.Diagnostics;
using System.Text.Json;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.FranceConnect;

/// <summary>
/// A client that is not ours: <c>openid-client</c>, certified by the OpenID Foundation, run by node against the site, for an adherent who has signed up like
/// any other. <c>tests/run</c> installs it.
/// </summary>
public sealed class OpenIdClientTests(ProviderSite site) : IClassFixture<ProviderSite>
{
    private static readonly string folder = Path.Combine(Repository.Root, "tests/Web.Tests/FranceConnect/client");

    [Theory]
    [InlineData(ProviderSite.Json, "")]
    [InlineData(ProviderSite.Jwt, "ES256")]
    public async Task A_certified_client_signs_an_adherent_in_knows_him_and_signs_him_out(string client, string userInfoAlgorithm)
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);

        var seen = await Run(
            ("ISSUER", site.Address), ("CLIENT_ID", client), ("CLIENT_SECRET", ProviderSite.Secret), ("REDIRECT_URI", ProviderSite.Callback), ("AFTER_LOGOUT", ProviderSite.AfterLogout),
            ("IDENTIFIER", person.Nir), ("PASSWORD", Journeys.GoodPassword), ("USERINFO_ALG", userInfoAlgorithm));

        Assert.Equal("OAUTH_INVALID_RESPONSE", seen.GetProperty("wrongState").GetString());
        Assert.Equal("OAUTH_JWT_CLAIM_COMPARISON_FAILED", seen.GetProperty("wrongNonce").GetString());
        Assert.Equal(("eidas1", "pwd"), (seen.GetProperty("acr").GetString(), Assert.Single(seen.GetProperty("amr").EnumerateArray()).GetString()));
        Assert.Equal((ProviderSite.AfterLogout, true), (seen.GetProperty("loggedOutTo").GetString(), seen.GetProperty("stateKept").GetBoolean()));
        // As FranceConnect checks them (docs/franceconnect.md).
        var info = seen.GetProperty("userInfo");
        Assert.Equal(person.Email, info.GetProperty("email").GetString());
        Assert.Contains(person.GivenName, info.GetProperty("given_name").GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.Matches(@"^\d{4}-\d{2}-\d{2}$", info.GetProperty("birthdate").GetString());
        Assert.Matches("^(fe)?male$", info.GetProperty("gender").GetString());
        Assert.Matches(@"^\d{5}$", info.GetProperty("birthcountry").GetString());
        Assert.Matches(info.GetProperty("birthcountry").GetString() == "99100" ? @"^(?:2[AB]|\d{2})\d{3}$" : "^$", info.GetProperty("birthplace").GetString());
        Assert.NotEmpty(info.GetProperty("family_name").GetString()!);
    }

    private static async Task<JsonElement> Run(params (string Name, string Value)[] settings)
    {
        Assert.True(Directory.Exists(Path.Combine(folder, "node_modules")), $"The client is not installed: npm ci --prefix {folder}");
        var start = new ProcessStartInfo("node", ["flow.mjs"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        using var node = Process.Start(start)!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, await errors);
        return JsonDocument.Parse(await output).RootElement;
    }
}
