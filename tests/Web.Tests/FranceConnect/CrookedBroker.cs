using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using MsaOrleans.Testing;
using MsaOrleans.Web.Tests.Resilience;
using MsaOrleans.Web.Tests.Telemetry;

namespace MsaOrleans.Web.Tests.FranceConnect;

/// <summary>A broker that says what a test wants it to say. Left alone it is honest, and so each lie is told in an exchange that would succeed without it.</summary>
internal sealed class CrookedBroker : IAsyncDisposable
{
    public const string ClientId = "msa-espace-prive";
    public const string ClientSecret = "un-secret-de-trente-deux-caracteres-au-moins";

    private readonly WebApplication server;
    private readonly RSA otherKey = RSA.Create(2048);
    private ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private string keyId = "first";

    public CrookedBroker()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", Address]);
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.MapGet("/api/v2/authorize", Authorize);
        server.MapPost("/api/v2/token", Token);
        server.MapGet("/api/v2/userinfo", context => UserInfo(context, UserInfoClaims()));
        server.MapGet("/api/v2/jwks", Keys);
        BeHonest();
    }

    public string Address { get; } = $"http://127.0.0.1:{FreePort.Next()}";

    public string Issuer => $"{Address}/api/v2";

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Who stands before it.</summary>
    public JsonObject Person { get; set; } = [];

    /// <summary>What was asked at <c>authorize</c>, the last time.</summary>
    public IQueryCollection Asked { get; private set; } = new QueryCollection();

    /// <summary>What was sent to <c>token</c>, the last time.</summary>
    public IFormCollection Redeemed { get; private set; } = new FormCollection([]);

    /// <summary>How often its keys were asked for.</summary>
    public int KeysTold { get; private set; }

    /// <summary>The query of its answer to the browser.</summary>
    public Func<string, string> Answer { get; set; } = null!;

    /// <summary>Last word on the identity token's claims.</summary>
    public Action<JsonObject> IdToken { get; set; } = null!;

    /// <summary>Makes a token.</summary>
    public Func<JsonObject, string> Sign { get; set; } = null!;

    /// <summary>Before it answers <c>token</c>.</summary>
    public Func<HttpContext, Task> BeforeToken { get; set; } = null!;

    /// <summary>Answers UserInfo.</summary>
    public Func<HttpContext, JsonObject, Task> UserInfo { get; set; } = null!;

    /// <summary>A moment as tokens have it.</summary>
    public long Seconds(int fromNow) => Clock.GetUtcNow().AddSeconds(fromNow).ToUnixTimeSeconds();

    public Task Start() => server.StartAsync();

    public ValueTask DisposeAsync()
    {
        key.Dispose();
        otherKey.Dispose();
        return server.DisposeAsync();
    }

    public void BeHonest()
    {
        Answer = state => $"code=a-code&state={Uri.EscapeDataString(state)}";
        IdToken = _ => { };
        Sign = SignedByItsKey;
        BeforeToken = _ => Task.CompletedTask;
        UserInfo = (context, claims) => Tell(context, SignedByItsKey(claims));
    }

    /// <summary>From now on it has another key.</summary>
    public void ChangeKey()
    {
        key.Dispose();
        (key, keyId) = (ECDsa.Create(ECCurve.NamedCurves.nistP256), Guid.NewGuid().ToString("N"));
    }

    public string SignedByItsKey(JsonObject claims) => Signed("ES256", keyId, claims, key);

    /// <summary>By its RSA key: <c>RS256</c>, or <c>RS512</c>, which FranceConnect does not use.</summary>
    public string SignedByItsOtherKey(string algorithm, JsonObject claims) => Token(
        algorithm, "rsa", claims, text => otherKey.SignData(text, algorithm == "RS256" ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1));

    public string Signed(string algorithm, JsonObject claims, ECDsa by) => Signed(algorithm, keyId, claims, by);

    public string Signed(string algorithm, JsonObject claims, Func<byte[], byte[]> by) => Token(algorithm, keyId, claims, by);

    /// <summary>What anybody may read, as a secret to sign by.</summary>
    public byte[] PublicKey => key.ExportSubjectPublicKeyInfo();

    public static Task Tell(HttpContext context, string token)
    {
        context.Response.ContentType = "application/jwt";
        return context.Response.WriteAsync(token);
    }

    private static string Signed(string algorithm, string keyId, JsonObject claims, ECDsa by) => Token(algorithm, keyId, claims, text => by.SignData(text, HashAlgorithmName.SHA256));

    private static string Token(string algorithm, string keyId, JsonObject claims, Func<byte[], byte[]> by)
    {
        var head = Base64UrlEncoder.Encode(new JsonObject { ["alg"] = algorithm, ["kid"] = keyId, ["typ"] = "JWT" }.ToJsonString());
        var text = $"{head}.{Base64UrlEncoder.Encode(claims.ToJsonString())}";
        return $"{text}.{Base64UrlEncoder.Encode(by(System.Text.Encoding.ASCII.GetBytes(text)))}";
    }

    private Task Authorize(HttpContext context)
    {
        Asked = context.Request.Query;
        context.Response.Redirect($"{Asked["redirect_uri"]}?{Answer(Asked["state"].ToString())}");
        return Task.CompletedTask;
    }

    private async Task Token(HttpContext context)
    {
        Redeemed = await context.Request.ReadFormAsync();
        await BeforeToken(context);
        if (context.Response.HasStarted)
            return;
        const string AccessToken = "an-access-token";
        var now = Clock.GetUtcNow();
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = Person["sub"]!.DeepClone(),
            ["aud"] = ClientId,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(1).ToUnixTimeSeconds(),
            ["nonce"] = Asked["nonce"].ToString(),
            ["acr"] = "eidas1",
            ["at_hash"] = Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(AccessToken)).AsSpan(0, 16).ToArray()),
        };
        IdToken(claims);
        await context.Response.WriteAsJsonAsync(new JsonObject { ["access_token"] = AccessToken, ["token_type"] = "Bearer", ["expires_in"] = 60, ["id_token"] = Sign(claims) });
    }

    private JsonObject UserInfoClaims()
    {
        var claims = Person.DeepClone().AsObject();
        (claims["iss"], claims["aud"], claims["iat"]) = (Issuer, ClientId, Clock.GetUtcNow().ToUnixTimeSeconds());
        return claims;
    }

    private Task Keys(HttpContext context)
    {
        KeysTold++;
        var rsa = otherKey.ExportParameters(includePrivateParameters: false);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return context.Response.WriteAsync(JsonSerializer.Serialize(new
        {
            keys = new object[]
            {
                new { kty = "EC", crv = "P-256", use = "sig", alg = "ES256", kid = keyId, x = Base64UrlEncoder.Encode(point.X!), y = Base64UrlEncoder.Encode(point.Y!) },
                new { kty = "RSA", use = "sig", kid = "rsa", n = Base64UrlEncoder.Encode(rsa.Modulus!), e = Base64UrlEncoder.Encode(rsa.Exponent!) },
            },
        }));
    }
}

/// <summary>A site that takes <see cref="CrookedBroker"/> for FranceConnect. It knows where its endpoints are by the issuer alone, as FranceConnect v2 has them.</summary>
public sealed class CrookedBrokerSite : HurriedSite
{
    private readonly Recorder recorder = new();

    public CrookedBrokerSite()
        : this(new CrookedBroker())
    {
    }

    private CrookedBrokerSite(CrookedBroker broker)
        : base(
            [
                $"--FranceConnect:SignIn:Issuer={broker.Issuer}",
                $"--FranceConnect:SignIn:ClientId={CrookedBroker.ClientId}",
                $"--FranceConnect:SignIn:ClientSecret={CrookedBroker.ClientSecret}",
                "--FranceConnect:SignIn:Timeout=00:00:04",
                "--Site:Proxies=127.0.0.1",
                "--Logging:LogLevel:Default=Information",
            ],
            population: 80)
    {
        Broker = broker;
        broker.Clock = Clock;
    }

    /// <summary>What it has said of FranceConnect to its log, without the values.</summary>
    public IReadOnlyList<string> Troubles => [.. recorder.Lines.Where(line => line.Contains("FranceConnect cannot be used", StringComparison.Ordinal)).Select(line => line.Split("  ")[0])];

    /// <summary>All that it has said to its log.</summary>
    public string Log => string.Join('\n', recorder.Lines);

    internal CrookedBroker Broker { get; }

    /// <summary>What it asks of grains.</summary>
    internal BreakableCalls Calls { get; } = new();

    public override async ValueTask InitializeAsync()
    {
        await Broker.Start();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Broker.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override void Configure(IServiceCollection services)
    {
        base.Configure(services);
        services.AddLogging(logging => logging.AddProvider(recorder));
        services.AddSingleton<IOutgoingGrainCallFilter>(Calls);
    }
}
