using System.Net;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Silo.Jobs;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Web.Tests.FranceConnect;

/// <summary>The MSA as identity provider: what FranceConnect requires of one (docs/franceconnect.md).</summary>
public sealed class ProviderTests(ProviderSite site) : IClassFixture<ProviderSite>
{
    [Fact]
    public async Task Says_where_it_is_and_what_it_can_do()
    {
        using var visit = new Visit(site);
        var known = await visit.Json("/.well-known/openid-configuration");

        Assert.Equal(site.Address + "/", known.GetProperty("issuer").GetString());
        foreach (var (name, path) in (ReadOnlySpan<(string, string)>)[("authorization", "authorize"), ("token", "token"), ("userinfo", "userinfo"), ("end_session", "logout")])
            Assert.Equal($"{site.Address}/franceconnect/{path}", known.GetProperty(name + "_endpoint").GetString());
        Assert.Equal(["code"], Texts("response_types_supported"));
        Assert.Equal(["authorization_code"], Texts("grant_types_supported"));
        Assert.Equal(["query"], Texts("response_modes_supported"));
        Assert.Equal(["eidas1"], Texts("acr_values_supported"));
        Assert.Equal(["ES256"], Texts("id_token_signing_alg_values_supported"));
        Assert.Equal(["client_secret_basic", "client_secret_post"], Texts("token_endpoint_auth_methods_supported").Order(StringComparer.Ordinal));
        var key = Assert.Single((await visit.Json(new Uri(known.GetProperty("jwks_uri").GetString()!).AbsolutePath)).GetProperty("keys").EnumerateArray());
        Assert.Equal(("EC", "P-256"), (key.GetProperty("kty").GetString(), key.GetProperty("crv").GetString()));
        Assert.False(key.TryGetProperty("d", out _));

        IEnumerable<string> Texts(string name) => known.GetProperty(name).EnumerateArray().Select(text => text.GetString()!);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Somebody_who_gives_his_password_is_known_to_the_site_that_asked(bool basic)
    {
        var adherent = site.NewAdherent();
        using var visit = new Visit(site);
        var returned = await visit.SignIn(adherent, Visit.Request());
        Assert.Equal("0123456789abcdef0123456789abcdef+/=é&", returned["state"]);

        var (status, answer) = await visit.Redeem(returned["code"], basic: basic);
        Assert.Equal((HttpStatusCode.OK, "Bearer"), (status, answer.GetProperty("token_type").GetString()));
        Assert.False(answer.TryGetProperty("refresh_token", out _));
        var token = await Checked(visit, answer.GetProperty("id_token").GetString()!, ProviderSite.Json);
        Assert.Equal("ES256", token.Alg);
        Assert.Equal(TimeSpan.FromSeconds(60), token.ValidTo - token.IssuedAt);
        Assert.Equal(adherent.Subject, token.Subject);
        Assert.Equal("fedcba9876543210fedcba9876543210+/=é&", token.GetClaim("nonce").Value);
        Assert.Equal("eidas1", token.GetClaim("acr").Value);
        Assert.Equal("[\"pwd\"]", token.GetPayloadValue<JsonElement>("amr").GetRawText());
        Assert.InRange(token.GetPayloadValue<long>("auth_time"), new DateTimeOffset(token.IssuedAt).ToUnixTimeSeconds() - 60, new DateTimeOffset(token.IssuedAt).ToUnixTimeSeconds());
        Assert.NotEmpty(token.GetClaim("at_hash").Value);
        // Nothing else is said of him.
        Assert.Empty(token.Claims.Select(claim => claim.Type).Except(["iss", "sub", "aud", "exp", "iat", "nonce", "acr", "amr", "auth_time", "at_hash", "azp"]));

        var info = await visit.UserInfo(answer.GetProperty("access_token").GetString()!);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (info.Status, info.Type));
        Assert.Equal(
            new()
            {
                ["sub"] = adherent.Subject,
                ["given_name"] = "Élodie Marie",
                ["family_name"] = "LAMY",
                ["birthdate"] = "1963-09-12",
                ["gender"] = "female",
                ["preferred_username"] = "FRITZ",
                ["email"] = "elodie.fritz@ferme.example",
                ["birthplace"] = "67482",
                ["birthcountry"] = "99100",
            },
            JsonSerializer.Deserialize<Dictionary<string, string>>(info.Body)!);
    }

    [Theory]
    [InlineData("openid", "sub")]
    [InlineData("openid email phone_we_do_not_know", "email sub")]
    [InlineData("openid identite_pivot", "birthcountry birthdate birthplace family_name gender given_name sub")]
    [InlineData("openid preferred_username birthplace birthcountry", "birthcountry birthplace preferred_username sub")]
    [InlineData("openid gender given_name family_name birthdate", "birthdate family_name gender given_name sub")]
    public async Task No_more_is_told_than_was_asked_for(string scope, string told)
    {
        using var visit = new Visit(site);
        var tokens = await visit.Tokens(site.NewAdherent(), Visit.Request(changed: ("scope", scope)));
        var info = JsonSerializer.Deserialize<Dictionary<string, string>>((await visit.UserInfo(tokens.AccessToken)).Body)!;
        Assert.Equal(told.Split(' '), info.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Born_abroad_on_a_day_that_nobody_knows_without_another_name_is_told_as_FranceConnect_has_it()
    {
        Assert.True(CivilDate.TryParse("1950-00-00", out var date));
        using var visit = new Visit(site);
        var tokens = await visit.Tokens(site.NewAdherent(new("NGUYEN", "An", date, Sex.Male, "", "99243", null, EmailAddress.Parse("an@ferme.example"))), Visit.Request());
        var info = JsonSerializer.Deserialize<Dictionary<string, string>>((await visit.UserInfo(tokens.AccessToken)).Body)!;
        Assert.Equal(("1950-00-00", "", "99243", "male"), (info["birthdate"], info["birthplace"], info["birthcountry"], info["gender"]));
        Assert.DoesNotContain("preferred_username", info.Keys);
    }

    [Fact]
    public async Task A_client_that_wants_it_signed_gets_it_signed()
    {
        var adherent = site.NewAdherent();
        using var visit = new Visit(site);
        var tokens = await visit.Tokens(adherent, Visit.Request(ProviderSite.Jwt), ProviderSite.Jwt);
        var info = await visit.UserInfo(tokens.AccessToken);
        Assert.Equal((HttpStatusCode.OK, "application/jwt"), (info.Status, info.Type));
        var told = await Checked(visit, info.Body, ProviderSite.Jwt);
        Assert.Equal((adherent.Subject, "Élodie Marie", "67482"), (told.Subject, told.GetClaim("given_name").Value, told.GetClaim("birthplace").Value));
    }

    [Fact]
    public async Task What_is_told_is_what_holds_now()
    {
        var adherent = site.NewAdherent();
        using var visit = new Visit(site);
        var tokens = await visit.Tokens(adherent, Visit.Request());
        adherent.Identity = ProviderSite.Somebody with { Email = EmailAddress.Parse("nouvelle@ferme.example") };
        Assert.Contains("nouvelle@ferme.example", (await visit.UserInfo(tokens.AccessToken)).Body, StringComparison.Ordinal);
        adherent.Identity = null; // his account was closed
        Assert.Equal(HttpStatusCode.Unauthorized, (await visit.UserInfo(tokens.AccessToken)).Status);
    }

    [Fact]
    public async Task A_password_is_asked_for_each_time()
    {
        var adherent = site.NewAdherent();
        using var visit = new Visit(site);
        await visit.SignIn(adherent, Visit.Request());
        await visit.Come(Visit.Request());
        Assert.Equal("Se connecter avec votre compte MSA", visit.Heading);
        Assert.Equal("login_required", await ErrorOf(Visit.Request(changed: ("prompt", "none"))));
    }

    [Theory]
    [InlineData("eidas1 eidas2", null)]
    [InlineData("niveau_inconnu", null)]
    [InlineData("eidas2", "invalid_acr")]
    [InlineData("eidas3", "invalid_acr")]
    public async Task A_level_that_a_password_does_not_reach_is_refused_before_it_is_asked_for(string levels, string? error)
    {
        if (error is not null)
            Assert.Equal(error, await ErrorOf(Visit.Request(changed: ("acr_values", levels))));
        else
            await new Visit(site).Come(Visit.Request(changed: ("acr_values", levels)));
    }

    [Fact]
    public async Task Who_does_not_want_an_identity_is_refused() => Assert.Equal("invalid_scope", await ErrorOf(Visit.Request(changed: ("scope", "profile"))));

    [Fact]
    public async Task Who_gives_up_goes_back_and_the_site_that_asked_is_told()
    {
        using var visit = new Visit(site);
        await visit.Come(Visit.Request());
        await visit.Open(visit.Page.QuerySelectorAll("a").Single(link => link.TextContent == "Retourner sur FranceConnect").GetAttribute("href")!);
        var returned = visit.Returned();
        Assert.Equal(("access_denied", "0123456789abcdef0123456789abcdef+/=é&"), (returned["error"], returned["state"]));
        Assert.DoesNotContain("code", returned.Keys);
    }

    [Fact]
    public async Task The_door_has_what_FranceConnect_wants_on_it()
    {
        using var visit = new Visit(site);
        await visit.Come(Visit.Request());
        foreach (var address in (string[])["/aide/assistance-internet", "/inscription", "/mot-de-passe/oublie"])
            Assert.NotEmpty(visit.Page.QuerySelectorAll($"a[href=\"{address}\"]"));
        Assert.Equal("FranceConnect", visit.Page.QuerySelector(".provider-name-other")!.TextContent);
        Assert.Contains("no-store", visit.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Contains("form-action 'self'", string.Join(' ', visit.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_and_unknown_are_told_in_one_sentence()
    {
        using var visit = new Visit(site);
        await visit.Come(Visit.Request());
        await visit.Answer(site.NewAdherent().Nir, "Autre-Ardoise-8");
        var (status, words) = (visit.Status, visit.Words);
        Assert.Contains("L’identifiant ou le mot de passe n’est pas correct.", words, StringComparison.Ordinal);
        Assert.Null(visit.GoesOnTo);
        await visit.Come(Visit.Request());
        await visit.Answer(site.NextPerson().Nir);
        Assert.Equal((HttpStatusCode.BadRequest, status, words), (visit.Status, visit.Status, visit.Words));
        await visit.Come(Visit.Request());
        await visit.Answer("123", "");
        Assert.Contains("Saisissez votre mot de passe.", visit.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(VouchRequirements.PersonalPassword, "un mot de passe que vous avez choisi", "/connexion")]
    [InlineData(VouchRequirements.FirstConnection, "vos coordonnées confirmées", "/connexion")]
    [InlineData(VouchRequirements.FirstConnection | VouchRequirements.VerifiedEmail, "vos coordonnées confirmées", "/connexion")]
    [InlineData(VouchRequirements.VerifiedEmail, "une adresse email vérifiée", "/mon-compte/email")]
    [InlineData(VouchRequirements.CertifiedNumber, "un numéro de Sécurité Sociale certifié", "/aide/assistance-internet")]
    public async Task Whom_the_MSA_cannot_vouch_for_yet_is_told_why_and_what_to_do(VouchRequirements missing, string words, string way)
    {
        using var visit = new Visit(site);
        await visit.Come(Visit.Request());
        await visit.Answer(site.NewAdherent(null, missing).Nir);
        Assert.Equal(HttpStatusCode.OK, visit.Status);
        var reason = Assert.Single(visit.Page.QuerySelectorAll("main li"));
        Assert.Contains(words, reason.TextContent, StringComparison.Ordinal);
        Assert.Equal(way, reason.QuerySelector("a")!.GetAttribute("href"));
        Assert.Null(visit.GoesOnTo);
        await visit.Open(visit.Page.QuerySelector(".actions a")!.GetAttribute("href")!);
        Assert.Equal("access_denied", visit.Returned()["error"]);
    }

    [Fact]
    public async Task A_request_may_be_posted()
    {
        using var visit = new Visit(site);
        await visit.Post("/franceconnect/authorize", Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(Visit.Request()).Select(parameter => KeyValuePair.Create(parameter.Key, parameter.Value.ToString())));
        Assert.StartsWith("/franceconnect/connexion?", visit.Location, StringComparison.Ordinal);
        await visit.Open(visit.Location!);
        await visit.Answer(site.NewAdherent().Nir);
        await visit.Open(visit.GoesOnTo!);
        Assert.Equal("0123456789abcdef0123456789abcdef+/=é&", visit.Returned()["state"]);
    }

    [Fact]
    public async Task After_the_end_of_a_session_of_FranceConnect_one_goes_back_there()
    {
        using var visit = new Visit(site);
        var tokens = await visit.Tokens(site.NewAdherent(), Visit.Request());
        site.Pass(TimeSpan.FromHours(2)); // of its codes and tokens nothing is left
        await new FranceConnectPruneJob(site.Get<Database>(), site.Get<TimeProvider>()).Run(TestContext.Current.CancellationToken);
        await visit.Open($"/franceconnect/logout?id_token_hint={tokens.IdToken}&client_id={ProviderSite.Json}&state=un%2Fetat&post_logout_redirect_uri={Uri.EscapeDataString(ProviderSite.AfterLogout)}");
        Assert.Equal("un/etat", visit.Returned(ProviderSite.AfterLogout)["state"]);
        await visit.Open("/franceconnect/logout");
        Assert.Equal((HttpStatusCode.OK, "Fin de connexion"), (visit.Status, visit.Heading));
    }

    private async Task<string> ErrorOf(string request)
    {
        using var visit = new Visit(site);
        await visit.Open("/franceconnect/authorize" + request);
        var returned = visit.Returned();
        Assert.Equal("0123456789abcdef0123456789abcdef+/=é&", returned["state"]);
        return returned["error"];
    }

    private async Task<JsonWebToken> Checked(Visit visit, string token, string audience)
    {
        var keys = new JsonWebKeySet((await visit.Json("/.well-known/jwks")).GetRawText());
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new()
        {
            ValidIssuer = site.Address + "/",
            ValidAudience = audience,
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidAlgorithms = ["ES256"],
            LifetimeValidator = (_, _, _, _) => true, // the site's clock is ahead
        });
        Assert.Null(result.Exception);
        return (JsonWebToken)result.SecurityToken;
    }
}
