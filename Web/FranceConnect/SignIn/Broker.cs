using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace MsaOrleans.Web.FranceConnect.SignIn;

/// <summary>
/// FranceConnect as we talk to it: its endpoints, its keys, and by which rules a token of its is believed. Keys are asked for again every twelve hours, and when a
/// token is signed by one that is not among them; the framework's own manager would do that in the background, and send away the visitor who noticed it.
/// </summary>
/// <exception cref="BrokerException">From every question: it did not answer, or not as it must.</exception>
public sealed class Broker : BaseConfigurationManager, IConfigurationManager<OpenIdConnectConfiguration>, IDisposable
{
    private static readonly TimeSpan keysLive = TimeSpan.FromHours(12);

    // A token with a key that nobody knows is cheap to make: it must not become a way to have FranceConnect asked all the time.
    private static readonly TimeSpan betweenRefreshes = TimeSpan.FromSeconds(10);

    // Between its clock and ours. Its tokens live for a minute.
    private static readonly TimeSpan clockSkew = TimeSpan.FromSeconds(30);

    private readonly BrokerSettings settings;
    private readonly TimeProvider clock;
    private readonly SemaphoreSlim gate = new(1);
    private OpenIdConnectConfiguration? known;
    private DateTimeOffset askedAt;
    private bool isOutdated;

    public Broker(BrokerSettings settings, TimeProvider clock)
    {
        (this.settings, this.clock) = (settings, clock);
        Backchannel = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // the secret goes where the settings say, and nowhere else
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            Timeout = settings.Timeout,
            MaxResponseContentBufferSize = 1024 * 1024,
        };
        IdTokenRules = Rules(requireExpiry: true);
        UserInfoRules = Rules(requireExpiry: false);
        UserInfoRules.ConfigurationManager = this; // for the identity token the framework's handler sets it
    }

    /// <summary>To its server, not by way of the visitor's browser.</summary>
    public HttpClient Backchannel { get; }

    /// <summary>Reads its tokens.</summary>
    public JsonWebTokenHandler Tokens { get; } = new SignedTokens { MapInboundClaims = false };

    public TokenValidationParameters IdTokenRules { get; }

    private TokenValidationParameters UserInfoRules { get; }

    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            var age = clock.GetUtcNow() - askedAt;
            if (known is null || age > keysLive || (isOutdated && age > betweenRefreshes))
                (known, askedAt, isOutdated) = (await Ask(cancel), clock.GetUtcNow(), false);
            return known;
        }
        finally
        {
            gate.Release();
        }
    }

    public override async Task<BaseConfiguration> GetBaseConfigurationAsync(CancellationToken cancel) => await GetConfigurationAsync(cancel);

    public override void RequestRefresh() => isOutdated = true;

    /// <summary>The claims of somebody, from the answer of UserInfo: a token signed as the identity token is, or, as long as FranceConnect is allowed to, plain JSON.</summary>
    /// <param name="mediaType">Of the answer.</param>
    /// <param name="body">The answer.</param>
    internal async Task<string> ClaimsOf(string? mediaType, string body)
    {
        if (mediaType is not "application/jwt")
            return body;
        var result = await Tokens.ValidateTokenAsync(body, UserInfoRules);
        return result.IsValid
            ? Base64UrlEncoder.Decode(((JsonWebToken)result.SecurityToken).EncodedPayload)
            : throw new BrokerException("its UserInfo is not to be believed", result.Exception);
    }

    public void Dispose()
    {
        Backchannel.Dispose();
        gate.Dispose();
    }

    private TokenValidationParameters Rules(bool requireExpiry) => new()
    {
        ValidIssuer = settings.Issuer,
        ValidAudience = settings.ClientId,
        // Nothing that a secret could sign.
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSha256],
        RequireExpirationTime = requireExpiry,
        LifetimeValidator = IsCurrent,
        NameClaimType = "sub",
    };

    private bool IsCurrent(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters rules)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return (expires is { } end ? end > now - clockSkew : !rules.RequireExpirationTime)
            && !(notBefore > now + clockSkew)
            && ((JsonWebToken)token).IssuedAt <= now + clockSkew;
    }

    private async Task<OpenIdConnectConfiguration> Ask(CancellationToken cancel)
    {
        var documents = new HttpDocumentRetriever(Backchannel) { RequireHttps = false }; // looked at when the settings were read
        try
        {
            var answer = settings.MetadataAddress is { } address
                ? await OpenIdConnectConfigurationRetriever.GetAsync(address, documents, cancel)
                : Told(settings.Endpoints!, await documents.GetDocumentAsync(settings.Endpoints!.Jwks, cancel));
            return answer.Issuer == settings.Issuer ? answer : throw new BrokerException("it is another issuer");
        }
        catch (Exception failure) when (failure is not BrokerException && !cancel.IsCancellationRequested)
        {
            throw new BrokerException("it did not tell its keys", failure);
        }
    }

    // The framework lets unsigned tokens pass that came by the backchannel, as OpenID Connect allows; FranceConnect's are signed.
    private sealed class SignedTokens : JsonWebTokenHandler
    {
        public override Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
        {
            validationParameters.RequireSignedTokens = true;
            return base.ValidateTokenAsync(token, validationParameters);
        }
    }

    private OpenIdConnectConfiguration Told(BrokerEndpoints endpoints, string keys)
    {
        var told = new OpenIdConnectConfiguration
        {
            Issuer = settings.Issuer,
            AuthorizationEndpoint = endpoints.Authorization,
            TokenEndpoint = endpoints.Token,
            UserInfoEndpoint = endpoints.UserInfo,
            EndSessionEndpoint = endpoints.EndSession,
            JsonWebKeySet = JsonWebKeySet.Create(keys),
        };
        foreach (var key in told.JsonWebKeySet.GetSigningKeys())
            told.SigningKeys.Add(key);
        return told;
    }
}

/// <summary>FranceConnect did not answer, or not as it must. The message is for the log, and holds nothing that came from it.</summary>
public sealed class BrokerException(string message, Exception? cause = null) : Exception(message, cause);
