using MsaOrleans.Testing;
using MsaOrleans.Web.Hosting;

namespace MsaOrleans.Web.Tests;

/// <summary>Settings that cannot be used.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("Verification:Attempts", "trois")]
    [InlineData("Adherents:PseudonymKey", "bm90IGEga2V5")]
    [InlineData("Mail:From", "personne")]
    [InlineData("ConnectionStrings:Msa", "Host=127.0.0.1")]
    [InlineData("Site:Proxies", "proxy")]
    [InlineData("Site:Proxies:0", "10.0.0.0/33")]
    [InlineData("FORWARDEDHEADERS_ENABLED", "true")]
    [InlineData("RateLimiting:Enabled", "oui")]
    [InlineData("RateLimiting:GeneralRule:0:Limit", "10")]
    [InlineData("RateLimiting:GeneralRules", "post:/connexion")]
    [InlineData("RateLimiting:GeneralRules:0:Endpoint", "post:/connexion")]
    [InlineData("RateLimiting:IpWhitelist:0", "localhost")]
    [InlineData("RateLimiting:EndpointWhitelist:0", "/aide")]
    [InlineData("RateLimiting:HttpStatusCode", "503")]
    [InlineData("RateLimiting:EnableEndpointRateLimiting", "false")]
    [InlineData("FranceConnect:Provider:Client", "fc")]
    [InlineData("FranceConnect:Provider:Clients", "fc")]
    [InlineData("FranceConnect:Provider:Clients:0:Id", "fc")]
    public Task A_setting_that_cannot_be_used_ends_the_program_instead_of_being_ignored(string key, string value) => Refused($"--{key}={value}");

    [Theory]
    [InlineData("Issuer", "")]
    [InlineData("Issuer", "http://oidc.example/api/v2")]
    [InlineData("Issuer", "oidc.example")]
    [InlineData("ClientId", "")]
    [InlineData("ClientSecret", "")]
    [InlineData("TokenEndpoint", "/token")]
    [InlineData("MetadataAddress", "https://oidc.example/metadata")]
    [InlineData("Acr", "eidas4")]
    [InlineData("Acr", "EIDAS1")]
    [InlineData("Timeout", "6")]
    [InlineData("Timeout", "00:00:00")]
    [InlineData("Scope", "openid")]
    public Task FranceConnect_is_told_in_full_or_not_at_all(string key, string value) => Refused(
    [
        "--FranceConnect:SignIn:Issuer=https://oidc.example/api/v2", "--FranceConnect:SignIn:ClientId=msa", "--FranceConnect:SignIn:ClientSecret=secret",
        "--FranceConnect:SignIn:JwksUri=https://oidc.example/jwks", $"--FranceConnect:SignIn:{key}={value}",
    ]);

    private static async Task Refused(params string[] settings)
    {
        using var data = new TempFolder();
        Assert.Equal(2, await MsaSite.Run(
            ["--urls", $"http://127.0.0.1:{FreePort.Next()}", "--environment", "Production", "--Data:Directory", data.Path, "--Logging:LogLevel:Default=None", .. settings]));
    }
}
