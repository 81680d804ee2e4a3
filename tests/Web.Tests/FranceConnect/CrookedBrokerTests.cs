using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Testing;
using MsaOrleans.Web.Tests.Security;

namespace MsaOrleans.Web.Tests.FranceConnect;

/// <summary>A broker that lies, errs or hangs lets nobody in, and neither does whoever sits between it and the visitor.</summary>
public sealed class CrookedBrokerTests(CrookedBrokerSite site) : IClassFixture<CrookedBrokerSite>, IAsyncLifetime
{
    private const string Start = "/connexion/franceconnect";
    private const string Unavailable = Start + "/indisponible";
    private const string Interrupted = Start + "/interrompue";
    private const string NotRecognised = Start + "/non-reconnu";

    private static readonly ECDsa stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    // What is told, and what the site says of it to its log: that it is found out for what it is, and not by chance.
    private static readonly Dictionary<string, (string FoundOut, Action<CrookedBroker> Tell)> lies = new()
    {
        ["identity token signed by another key"] = ("SecurityTokenInvalidSignatureException", b => b.Sign = claims => b.Signed("ES256", claims, stranger)),
        ["identity token without a signature"] = ("SecurityTokenInvalidSignatureException", b => b.Sign = claims => b.Signed("none", claims, _ => [])),
        ["identity token without a signature nor an at_hash"] = ("SecurityTokenInvalidSignatureException", b => (b.IdToken, b.Sign) = (claims => claims.Remove("at_hash"), claims => b.Signed("none", claims, _ => []))),
        ["identity token by an algorithm that is not FranceConnect's"] = ("SecurityTokenInvalidSignatureException", b => b.Sign = claims => b.SignedByItsOtherKey("RS512", claims)),
        ["identity token by the client secret"] = ("SecurityTokenInvalidSignatureException", b => b.Sign = claims => b.Signed("HS256", claims, text => HMACSHA256.HashData(System.Text.Encoding.UTF8.GetBytes(CrookedBroker.ClientSecret), text))),
        ["identity token by the public key as a secret"] = ("SecurityTokenInvalidSignatureException", b => b.Sign = claims => b.Signed("HS256", claims, text => HMACSHA256.HashData(b.PublicKey, text))),
        ["algorithm swapped"] = ("SecurityTokenInvalidSignatureException", b => b.Sign = claims => b.SignedByItsKey(claims) is var good ? b.Signed("RS256", claims, _ => Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(good.Split('.')[2])) : good),
        ["another issuer"] = ("SecurityTokenInvalidIssuerException", b => b.IdToken = claims => claims["iss"] = "https://ailleurs.example/api/v2"),
        ["another audience"] = ("SecurityTokenInvalidAudienceException", b => b.IdToken = claims => claims["aud"] = "un-autre-site"),
        ["another nonce"] = ("OpenIdConnectProtocolInvalidNonceException", b => b.IdToken = claims => claims["nonce"] = new string('n', 43)),
        ["no nonce"] = ("OpenIdConnectProtocolInvalidNonceException", b => b.IdToken = claims => claims.Remove("nonce")),
        ["no acr"] = ("its acr is not what was asked for", b => b.IdToken = claims => claims.Remove("acr")),
        ["an unknown acr"] = ("its acr is not what was asked for", b => b.IdToken = claims => claims["acr"] = "eidas0"),
        ["expired"] = ("SecurityTokenInvalidLifetimeException", b => b.IdToken = claims => (claims["iat"], claims["exp"]) = (b.Seconds(-600), b.Seconds(-540))),
        ["without an end"] = ("SecurityTokenInvalidLifetimeException", b => b.IdToken = claims => claims.Remove("exp")),
        ["issued in the future"] = ("SecurityTokenInvalidLifetimeException", b => b.IdToken = claims => (claims["iat"], claims["exp"]) = (b.Seconds(540), b.Seconds(600))),
        ["at_hash of another access token"] = ("OpenIdConnectProtocolInvalidAtHashException", b => b.IdToken = claims => claims["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA"),
        ["UserInfo without a subject"] = ("its UserInfo is about somebody else", b => b.UserInfo = (context, claims) => CrookedBroker.Tell(context, b.SignedByItsKey(claims.With("sub", null)))),
        ["UserInfo of somebody else"] = ("its UserInfo is about somebody else", b => b.UserInfo = (context, claims) => CrookedBroker.Tell(context, b.SignedByItsKey(claims.With("sub", "quelqu-un-d-autre")))),
        ["UserInfo signed by another key"] = ("its UserInfo is not to be believed (SecurityTokenInvalidSignatureException)", b => b.UserInfo = (context, claims) => CrookedBroker.Tell(context, b.Signed("ES256", claims, stranger))),
        ["UserInfo without a signature"] = ("its UserInfo is not to be believed (SecurityTokenInvalidSignatureException)", b => b.UserInfo = (context, claims) => CrookedBroker.Tell(context, b.Signed("none", claims, _ => []))),
        ["UserInfo for another site"] = ("its UserInfo is not to be believed (SecurityTokenInvalidAudienceException)", b => b.UserInfo = (context, claims) => CrookedBroker.Tell(context, b.SignedByItsKey(claims.With("aud", "un-autre-site")))),
        ["UserInfo is no JSON"] = ("its UserInfo did not answer (JsonReaderException)", b => b.UserInfo = (context, _) => Tell(context, "application/json", "<html>")),
        ["UserInfo is no object"] = ("its UserInfo is about somebody else", b => b.UserInfo = (context, _) => Tell(context, "application/json", "[]")),
        ["UserInfo refused"] = ("its UserInfo did not answer (HttpRequestException)", b => b.UserInfo = (context, _) => Tell(context, "text/plain", "no", HttpStatusCode.Unauthorized)),
        ["UserInfo hangs"] = ("its UserInfo did not answer (TaskCanceledException)", b => b.UserInfo = (context, _) => Hang(context)),
        ["token hangs"] = ("TaskCanceledException", b => b.BeforeToken = Hang),
        ["token refused"] = ("OpenIdConnectProtocolException", b => b.BeforeToken = context => Tell(context, "application/json", """{"error":"invalid_grant"}""", HttpStatusCode.BadRequest)),
        ["token is no JSON"] = ("OpenIdConnectProtocolException", b => b.BeforeToken = context => Tell(context, "text/html", "<html>")),
        ["token fails"] = ("OpenIdConnectProtocolException", b => b.BeforeToken = context => Tell(context, "text/plain", "", HttpStatusCode.InternalServerError)),
        ["an error of its own"] = ("OpenIdConnectProtocolException", b => b.Answer = state => $"error=server_error&error_description=panne&state={Uri.EscapeDataString(state)}"),
        ["a level that it does not have"] = ("OpenIdConnectProtocolException", b => b.Answer = state => $"error=invalid_acr&state={Uri.EscapeDataString(state)}"),
    };

    private readonly Person person = site.NextPerson();

    public static TheoryData<string> Lies => [.. lies.Keys];

    private CrookedBroker Broker => site.Broker;

    public async ValueTask InitializeAsync()
    {
        Broker.BeHonest();
        using var browser = site.NewBrowser();
        await browser.SignUp(person);
        await browser.FirstConnection(person, (await site.Mails.To(person.Email)).ProvisionalPassword);
        Broker.Person = Pivot.Of(person);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Honest_it_lets_somebody_in()
    {
        await Come("/espace-prive");
        Assert.Equal("eidas1", Broker.Asked["acr_values"]);
        Assert.Equal("code", Broker.Asked["response_type"]);
        Assert.Equal("openid identite_pivot email preferred_username", Broker.Asked["scope"]);
        Assert.Equal(CrookedBroker.ClientId, Broker.Asked["client_id"]);
        Assert.Equal(site.Address + "/connexion/franceconnect/retour", Broker.Asked["redirect_uri"]);
        Assert.True(Broker.Asked["state"].ToString().Length >= 32);
        Assert.True(Broker.Asked["nonce"].ToString().Length >= 32);
        // Everything else is unknown to FranceConnect.
        Assert.Equal(
            ["acr_values", "client_id", "nonce", "redirect_uri", "response_type", "scope", "state"], Broker.Asked.Keys.Where(name => name != "response_mode").Order(StringComparer.Ordinal));
        Assert.Equal(CrookedBroker.ClientSecret, Broker.Redeemed["client_secret"]);
    }

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task A_lie_lets_nobody_in(string lie)
    {
        var (foundOut, tell) = lies[lie];
        tell(Broker);
        using var browser = await Come(Unavailable);
        Assert.EndsWith($"FranceConnect cannot be used: {foundOut}", site.Troubles[^1], StringComparison.Ordinal);
        Assert.Equal(200, browser.Status);
        Assert.Equal("FranceConnect ne répond pas", browser.Heading);
        Assert.Null(browser.Cookies["msa-session"]);
        // Nothing is broken by it.
        Broker.BeHonest();
        await browser.Open(Start);
        Assert.Equal("/espace-prive", browser.Path);
    }

    [Theory]
    [InlineData("family_name", "")]
    [InlineData("given_name", null)]
    [InlineData("birthdate", "12/09/1963")]
    [InlineData("gender", "unspecified")]
    [InlineData("birthplace", "STRASBOURG")]
    [InlineData("birthcountry", "FRANCE")]
    [InlineData("email", "pas une adresse")]
    public async Task A_claim_that_is_missing_or_wrong_makes_nobody_of_anybody(string claim, string? value)
    {
        Broker.Person = Pivot.Of(person).With("birthcountry", "99100").With("birthplace", "67482").With(claim, value);
        await Come(NotRecognised);
    }

    [Fact]
    public async Task UserInfo_may_be_plain_JSON()
    {
        Broker.UserInfo = (context, claims) => Tell(context, "application/json", claims.ToJsonString());
        await Come("/espace-prive");
    }

    [Fact]
    public async Task Its_tokens_may_be_signed_by_RSA()
    {
        Broker.Sign = claims => Broker.SignedByItsOtherKey("RS256", claims);
        Broker.UserInfo = (context, claims) => CrookedBroker.Tell(context, Broker.SignedByItsOtherKey("RS256", claims));
        await Come("/espace-prive");
    }

    [Fact]
    public async Task A_higher_level_than_asked_for_will_do()
    {
        Broker.IdToken = claims => claims["acr"] = "eidas3";
        await Come("/espace-prive");
    }

    [Fact]
    public async Task A_new_key_is_asked_for_when_a_token_is_signed_by_it()
    {
        await Come("/espace-prive");
        site.Pass(TimeSpan.FromMinutes(1));
        var told = Broker.KeysTold;
        Broker.ChangeKey();
        await Come("/espace-prive");
        Assert.Equal(told + 1, Broker.KeysTold);

        // Tokens of a stranger do not have it asked again and again.
        Broker.Sign = claims => Broker.Signed("ES256", claims, stranger);
        await Come(Unavailable);
        await Come(Unavailable);
        Assert.Equal(told + 1, Broker.KeysTold);
    }

    [Fact]
    public async Task An_altered_state_is_nobodys()
    {
        Broker.Answer = state => $"code=a-code&state={Uri.EscapeDataString(state[..^4] + "AAAA")}";
        await Come(Interrupted);
        Broker.Answer = _ => "code=a-code";
        await Come(Interrupted);
    }

    [Fact]
    public async Task An_answer_is_good_once_and_in_the_browser_that_asked()
    {
        string? answer = null;
        Broker.Answer = state => answer = $"code=a-code&state={Uri.EscapeDataString(state)}";
        using var browser = await Come("/espace-prive");
        await browser.SignOut();
        await browser.Open($"{Start}/retour?{answer}");
        Assert.Equal(Interrupted, browser.Path);

        using var victim = site.NewBrowser();
        await victim.Open($"{Start}/retour?{answer}");
        Assert.Equal(Interrupted, victim.Path);
        Assert.Null(victim.Cookies["msa-session"]);
    }

    [Theory]
    [InlineData(nameof(IFranceConnectDirectory.Find))]
    [InlineData(nameof(IAdherentFranceConnect.SignIn))]
    public async Task Whose_own_machines_are_away_sets_out_again_and_does_not_come_back_to_a_spent_answer(string question)
    {
        site.Calls.Break(question, new BackendUnavailableException(), times: 1);
        using var browser = site.NewBrowser();
        await browser.Open(Start);
        Assert.Equal((503, 0), (browser.Status, site.Calls.TimesLeft));
        Assert.NotNull(browser.Response.Headers.RetryAfter);
        Assert.DoesNotContain("a-code", browser.Page.Source.Text, StringComparison.Ordinal);
        Assert.Null(browser.Cookies["msa-session"]);
        await browser.Follow("Réessayer");
        Assert.Equal("/espace-prive", browser.Path);
    }

    [Theory]
    [InlineData("/deconnexion/retour")]
    [InlineData("/deconnexion/retour?state=invente")]
    [InlineData("/signout-oidc?iss=x&sid=y")]
    [InlineData("/signin-oidc")]
    [InlineData("/signout-callback-oidc")]
    public async Task Nobody_else_signs_anybody_out(string address)
    {
        using var browser = await Come("/espace-prive");
        await browser.Open(address);
        Assert.Equal(404, browser.Status);
        await browser.Open("/espace-prive");
        Assert.Equal("/espace-prive", browser.Path);
    }

    [Fact]
    public async Task A_way_in_is_no_way_out()
    {
        string? state = null;
        Broker.Answer = asked => $"code=a-code&state={Uri.EscapeDataString(state = asked)}";
        using var browser = await Come("/espace-prive");
        await browser.Open($"/deconnexion/retour?state={Uri.EscapeDataString(state!)}");
        Assert.Equal(404, browser.Status);
    }

    [Fact]
    public async Task By_HTTPS_no_sibling_host_can_set_what_ties_an_answer_to_its_browser()
    {
        using var visitor = new SecureVisitor(site, new Uri(site.Address).Authority);
        using var sent = await visitor.Open(Start);
        Assert.Equal(2, visitor.CookiesSet.Count); // of the state and of the nonce
        foreach (var cookie in visitor.CookiesSet)
        {
            Assert.StartsWith("__Host-msa-franceconnect-", cookie, StringComparison.Ordinal);
            foreach (var attribute in (string[])["path=/", "secure", "httponly", "samesite=lax"])
                Assert.Contains($"; {attribute}", cookie, StringComparison.OrdinalIgnoreCase);
        }
        using var broker = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var answer = await broker.GetAsync(sent.Headers.Location);
        using var back = await visitor.Open(answer.Headers.Location!.PathAndQuery);
        Assert.Equal("/espace-prive", back.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Nothing_of_what_FranceConnect_said_is_in_the_log()
    {
        Broker.Person = Pivot.Of(person).With("email", "nom-qui-se-remarque");
        await Come(NotRecognised);
        Broker.Answer = state => $"error=server_error&error_description=mot-qui-se-remarque&state={Uri.EscapeDataString(state)}";
        await Come(Unavailable);
        Broker.BeHonest();
        Broker.IdToken = claims => claims["iss"] = "https://adresse-qui-se-remarque.example";
        await Come(Unavailable);
        var log = site.Log;
        Assert.Contains("to recognise him: email", log, StringComparison.Ordinal);
        Assert.Contains("FranceConnect cannot be used: SecurityTokenInvalidIssuerException", log, StringComparison.Ordinal);
        Assert.DoesNotContain("qui-se-remarque", log, StringComparison.Ordinal);
        Assert.DoesNotMatch($@"(?i)\b{Regex.Escape(person.FamilyName)}\b", log); // as a word: tokens may have short names in them
    }

    private async Task<Browser> Come(string where)
    {
        var browser = site.NewBrowser();
        await browser.Open(Start);
        Assert.Equal(where, browser.Path);
        return browser;
    }

    private static Task Tell(Microsoft.AspNetCore.Http.HttpContext context, string type, string text, HttpStatusCode status = HttpStatusCode.OK)
    {
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = type;
        return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, text);
    }

    // Until the site has had enough of it.
    private static Task Hang(Microsoft.AspNetCore.Http.HttpContext context)
    {
        var ended = new TaskCompletionSource();
        context.RequestAborted.Register(ended.SetResult);
        return ended.Task;
    }
}
