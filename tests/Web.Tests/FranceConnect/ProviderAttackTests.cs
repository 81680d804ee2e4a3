using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Web.Tests.FranceConnect;

/// <summary>What somebody may try who is not FranceConnect, or not the adherent.</summary>
public sealed class ProviderAttackTests(ProviderSite site) : IClassFixture<ProviderSite>
{
    private const string ProofCookie = "msa-franceconnect";

    [Theory]
    [InlineData("redirect_uri", "http://127.0.0.1:9/api/v2/oidc-callback/")]
    [InlineData("redirect_uri", "http://127.0.0.1:9/api/v2/oidc-callback?suite=ailleurs")]
    [InlineData("redirect_uri", "https://pirate.example/")]
    [InlineData("redirect_uri", null)]
    [InlineData("client_id", "inconnu")]
    [InlineData("client_id", null)]
    [InlineData("response_type", "token")]
    [InlineData("response_type", "code id_token")]
    [InlineData("response_mode", "form_post")]
    [InlineData("request_uri", "https://pirate.example/requete")]
    public async Task A_request_that_is_not_FranceConnects_leads_nowhere(string parameter, string? value)
    {
        using var visit = new Visit(site);
        await visit.Open("/franceconnect/authorize" + Visit.Request(changed: (parameter, value)));
        Assert.Equal((HttpStatusCode.BadRequest, null, "Demande inconnue"), (visit.Status, visit.Location, visit.Heading));
    }

    [Fact]
    public async Task Nobody_is_asked_for_his_password_on_behalf_of_an_unknown_site()
    {
        using var visit = new Visit(site);
        await visit.Open("/franceconnect/connexion" + Visit.Request("inconnu"));
        Assert.Equal((HttpStatusCode.BadRequest, "Demande inconnue"), (visit.Status, visit.Heading));
        Assert.Empty(visit.Page.QuerySelectorAll("input"));
    }

    [Fact]
    public async Task A_code_that_comes_twice_ends_the_tokens_that_it_gave()
    {
        using var visit = new Visit(site);
        var code = (await visit.SignIn(site.NewAdherent(), Visit.Request()))["code"];
        var token = (await visit.Redeem(code)).Answer.GetProperty("access_token").GetString()!;
        Assert.Equal(HttpStatusCode.OK, (await visit.UserInfo(token)).Status);
        await Refused(visit.Redeem(code), "invalid_grant");
        Assert.Equal(HttpStatusCode.Unauthorized, (await visit.UserInfo(token)).Status);
    }

    [Fact]
    public async Task Of_many_who_come_with_one_code_at_once_one_at_most_is_served()
    {
        using var visit = new Visit(site);
        var code = (await visit.SignIn(site.NewAdherent(), Visit.Request()))["code"];
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => visit.Redeem(code))));
        Assert.InRange(answers.Count(answer => answer.Status == HttpStatusCode.OK), 0, 1);
    }

    [Fact]
    public async Task A_code_is_good_for_the_client_it_was_made_for_alone()
    {
        using var visit = new Visit(site);
        await Refused(visit.Redeem((await visit.SignIn(site.NewAdherent(), Visit.Request()))["code"], ProviderSite.Jwt), "invalid_grant");
        await Refused(visit.Redeem((await visit.SignIn(site.NewAdherent(), Visit.Request()))["code"], redirectUri: "http://127.0.0.1:9/ailleurs"), "invalid_grant");
        await Refused(visit.Redeem("un-code-invente"), "invalid_grant");
    }

    [Theory]
    [InlineData(29, true)]
    [InlineData(31, false)]
    public async Task A_code_lives_for_30_seconds(int seconds, bool good)
    {
        using var visit = new Visit(site);
        var code = (await visit.SignIn(site.NewAdherent(), Visit.Request()))["code"];
        site.Pass(TimeSpan.FromSeconds(seconds - 1)); // some time has passed already
        if (good)
            Assert.Equal(HttpStatusCode.OK, (await visit.Redeem(code)).Status);
        else
        {
            site.Pass(TimeSpan.FromSeconds(1));
            await Refused(visit.Redeem(code), "invalid_grant");
        }
    }

    [Theory]
    [InlineData("", "invalid_client")]
    [InlineData("un-secret-de-test-qui-est-assez-lonG", "invalid_client")]
    public async Task Without_the_secret_a_code_is_worth_nothing(string secret, string error)
    {
        using var visit = new Visit(site);
        var code = (await visit.SignIn(site.NewAdherent(), Visit.Request()))["code"];
        await Refused(visit.Redeem(code, secret: secret), error);
        await Refused(visit.Redeem(code, secret: secret, basic: true), error);
    }

    [Fact]
    public async Task Who_binds_his_request_to_a_secret_of_his_own_must_show_it()
    {
        var challenge = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(new string('v', 43))));
        using var visit = new Visit(site);
        var returned = await visit.SignIn(site.NewAdherent(), Visit.Request(changed: [("code_challenge", challenge), ("code_challenge_method", "S256")]));
        await Refused(visit.Redeem(returned["code"]), "invalid_request");
    }

    [Fact]
    public async Task An_access_token_that_was_altered_or_made_elsewhere_opens_nothing()
    {
        using var visit = new Visit(site);
        var (access, id) = await visit.Tokens(site.NewAdherent(), Visit.Request());
        var parts = access.Split('.');
        Assert.Equal(5, parts.Length); // sealed: nobody but us reads whose it is
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forged = new SecurityTokenDescriptor { Issuer = site.Address + "/", Claims = new Dictionary<string, object> { ["sub"] = "x", ["scope"] = "openid" }, TokenType = "at+jwt" };
        var handler = new JsonWebTokenHandler();
        var unsigned = handler.CreateToken(forged);
        forged.SigningCredentials = new(new ECDsaSecurityKey(key) { KeyId = new JsonWebToken(id).Kid }, SecurityAlgorithms.EcdsaSha256);
        foreach (var token in (string[])[$"{parts[0]}.{parts[1]}.{parts[2]}.{Other(parts[3])}.{parts[4]}", unsigned, handler.CreateToken(forged), id, ""])
        {
            var answer = await visit.UserInfo(token);
            Assert.Contains(answer.Status, (HttpStatusCode[])[HttpStatusCode.Unauthorized, HttpStatusCode.BadRequest]);
            Assert.DoesNotContain("LAMY", answer.Body, StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.OK, (await visit.UserInfo(access)).Status);

        static string Other(string part) => (part[0] == 'A' ? 'B' : 'A') + part[1..];
    }

    [Fact]
    public async Task An_access_token_lives_for_60_seconds()
    {
        using var visit = new Visit(site);
        var (access, _) = await visit.Tokens(site.NewAdherent(), Visit.Request());
        site.Pass(TimeSpan.FromSeconds(55));
        Assert.Equal(HttpStatusCode.OK, (await visit.UserInfo(access)).Status);
        site.Pass(TimeSpan.FromSeconds(6));
        Assert.Equal(HttpStatusCode.Unauthorized, (await visit.UserInfo(access)).Status);
    }

    [Fact]
    public async Task The_proof_of_a_password_is_good_once()
    {
        var request = Visit.Request();
        using var visit = new Visit(site);
        var proof = await Prove(visit, request);
        await visit.Open(visit.GoesOnTo!);
        Assert.NotEmpty(visit.Returned()["code"]);

        using var thief = new Visit(site);
        thief.Cookies.Add(new Uri(site.Address), new Cookie(ProofCookie, proof));
        await LedToTheDoor(thief, request);
    }

    [Fact]
    public async Task The_proof_of_a_password_is_good_for_the_request_for_which_it_was_given()
    {
        using var visit = new Visit(site);
        await Prove(visit, Visit.Request());
        await LedToTheDoor(visit, Visit.Request(changed: ("state", "un-autre-etat-un-autre-etat-un-autre")));
        await LedToTheDoor(visit, Visit.Request()); // taken away by the first try
    }

    [Fact]
    public async Task The_proof_of_a_password_is_good_for_a_minute()
    {
        using var visit = new Visit(site);
        await Prove(visit, Visit.Request());
        site.Pass(TimeSpan.FromSeconds(61));
        await LedToTheDoor(visit, Visit.Request());
    }

    [Fact]
    public async Task A_proof_of_ones_own_making_is_none()
    {
        using var visit = new Visit(site);
        visit.Cookies.Add(new Uri(site.Address), new Cookie(ProofCookie, "CfDJ8invente"));
        await LedToTheDoor(visit, Visit.Request());
    }

    [Fact]
    public async Task Nobody_is_sent_elsewhere_or_signed_out_by_a_forged_end_of_session()
    {
        using var browser = site.NewBrowser();
        await browser.OpenSpace(site);
        foreach (var query in (string[])["", "?post_logout_redirect_uri=https%3A%2F%2Fpirate.example%2F", $"?client_id={ProviderSite.Json}&id_token_hint=invente"])
        {
            await browser.Open("/franceconnect/logout" + query);
            Assert.Equal(("/franceconnect/logout", query.Contains("pirate", StringComparison.Ordinal) ? 400 : 200), (browser.Path, browser.Status));
            await browser.Post("/franceconnect/logout" + query);
            await browser.Open("/espace-prive");
            Assert.Equal(("/espace-prive", 200), (browser.Path, browser.Status));
        }
    }

    [Fact]
    public async Task Nothing_of_anybody_is_in_the_log_or_readable_in_the_tables()
    {
        var adherent = site.NewAdherent();
        using var visit = new Visit(site);
        await visit.Come(Visit.Request());
        await visit.Answer(adherent.Nir, "Un-Mot-De-Passe-Faux-1");
        var code = (await visit.SignIn(adherent, Visit.Request()))["code"];
        var token = (await visit.Redeem(code)).Answer.GetProperty("access_token").GetString()!;
        await visit.UserInfo(token);
        var pseudonym = site.Get<AdherentKeys>().For(Nir.Parse(adherent.Nir));
        string[] secrets =
        [
            adherent.Nir, ProviderSite.Password, "Un-Mot-De-Passe-Faux-1", ProviderSite.Secret, code, token, "Élodie", "elodie.fritz", "1963-09-12", adherent.Subject, Guid.Parse(adherent.Subject).ToString(),
            pseudonym.ToString(), pseudonym.ToString("N"),
        ];
        var tables = await Tables();
        Assert.Contains("authorization_code", tables, StringComparison.Ordinal); // the right tables
        Assert.Contains("/franceconnect/token", site.Log.All, StringComparison.Ordinal);
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, tables, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, site.Log.All, StringComparison.OrdinalIgnoreCase);
        }
        foreach (var place in (string[])[tables, site.Log.All])
            Assert.DoesNotMatch(@"(?i)\bLAMY\b", place); // as a word: ciphertext may have four letters in it
    }

    private async Task<string> Prove(Visit visit, string request)
    {
        await visit.Come(request);
        await visit.Answer(site.NewAdherent().Nir);
        return visit.Cookies.GetCookies(new Uri(site.Address))[ProofCookie]!.Value;
    }

    private static async Task LedToTheDoor(Visit visit, string request)
    {
        await visit.Open("/franceconnect/authorize" + request);
        Assert.Equal((HttpStatusCode.Found, "/franceconnect/connexion" + request), (visit.Status, visit.Location));
    }

    private static async Task Refused(Task<(HttpStatusCode Status, System.Text.Json.JsonElement Answer)> asked, string error)
    {
        var (status, answer) = await asked;
        Assert.Contains(status, (HttpStatusCode[])[HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized]);
        Assert.Equal(error, answer.GetProperty("error").GetString());
        Assert.False(answer.TryGetProperty("access_token", out _));
    }

    private async Task<string> Tables()
    {
        var all = new StringBuilder();
        await using var connection = await site.Get<Database>().Reads.OpenConnectionAsync();
        foreach (var table in (string[])["FranceConnectClients", "FranceConnectAuthorizations", "FranceConnectTokens", "FranceConnectKeys"])
        {
            await using var query = connection.CreateCommand();
            query.CommandText = $"SELECT * FROM {table}";
            await using var reader = await query.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                    all.Append(reader.GetValue(i) is byte[] bytes ? Encoding.Latin1.GetString(bytes) : reader.GetValue(i)).Append(' ');
            }
        }
        return all.ToString();
    }
}
