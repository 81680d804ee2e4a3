using System.Collections.Immutable;
using System.Security.Claims;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace MsaOrleans.Web.FranceConnect.Provider;

/// <summary>OpenIddict, told what FranceConnect wants of an identity provider, and nothing else: the authorization code flow.</summary>
public static class ProviderServer
{
    /// <summary>The level of a password alone.</summary>
    public const string Level = "eidas1";

    /// <summary>How everything is signed.</summary>
    private const string Algorithm = "ES256";

    private const string Password = "pwd"; // RFC 8176

    private const string Adherent = "adherent";

    // FranceConnect's own word for a level that cannot be had.
    private const string InvalidLevel = "invalid_acr";

    private static readonly string[] higherLevels = ["eidas2", "eidas3"];

    // Those of FranceConnect's own example of a provider.
    private static readonly TimeSpan codeLifetime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan tokenLifetime = TimeSpan.FromSeconds(60);

    /// <summary>Adds the server; its keys are the host's to add.</summary>
    public static IServiceCollection AddProviderServer(this IServiceCollection services, ProviderSettings settings)
    {
        services.AddSingleton(settings);
        services.AddScoped<PasswordProof>();
        services.AddHostedService<ClientRegistration>();
        services.AddOpenIddict().AddServer(server =>
        {
            server.SetIssuer(settings.Issuer)
                .SetAuthorizationEndpointUris(At(ProviderPaths.Authorize))
                .SetTokenEndpointUris(At(ProviderPaths.Token))
                .SetUserInfoEndpointUris(At(ProviderPaths.UserInfo))
                .SetEndSessionEndpointUris(At(ProviderPaths.Logout));
            server.AllowAuthorizationCodeFlow()
                .SetAuthorizationCodeLifetime(codeLifetime)
                .SetAccessTokenLifetime(tokenLifetime)
                .SetIdentityTokenLifetime(tokenLifetime);
            server.RegisterScopes([.. PivotClaims.Scopes])
                .RegisterClaims([.. PivotClaims.Names, Claims.AuthenticationContextReference, Claims.AuthenticationMethodReference, Claims.AuthenticationTime])
                .DisableScopeValidation() // what is not known is passed over (OpenID Connect Core, 3.1.2.1)
                .IgnoreScopePermissions();
            server.Configure(options =>
            {
                options.ResponseModes.RemoveWhere(mode => mode != ResponseModes.Query); // the pages' security policy lets no form be sent elsewhere
                options.ClientAuthenticationMethods.RemoveWhere(method => method is not (ClientAuthenticationMethods.ClientSecretPost or ClientAuthenticationMethods.ClientSecretBasic));
            });
            server.AddEventHandler<GenerateTokenContext>(handler => handler.UseInlineHandler(StandAlone).SetOrder(int.MinValue));
            server.AddEventHandler<HandleConfigurationRequestContext>(handler => handler.UseInlineHandler(MakeKnown));
            var host = server.UseAspNetCore()
                .EnableAuthorizationEndpointPassthrough()
                .EnableUserInfoEndpointPassthrough()
                .EnableEndSessionEndpointPassthrough()
                .EnableErrorPassthrough();
            if (settings.Issuer.Scheme == Uri.UriSchemeHttp)
                host.DisableTransportSecurityRequirement();

            // The first is made known; a request may come under another name of this machine, from a proxy say.
            string[] At(string path) => [new Uri(settings.Issuer, path).AbsoluteUri, path];
        });
        return services;
    }

    /// <summary>What a code and its tokens are made of.</summary>
    public static ClaimsPrincipal Principal(PasswordProof.Value proof, OpenIddictRequest request)
    {
        var identity = new ClaimsIdentity(authenticationType: Level);
        identity.SetClaim(Claims.Subject, proof.Subject.ToString("N"))
            .SetClaim(Adherent, proof.Adherent.ToString("N"))
            .SetClaim(Claims.AuthenticationContextReference, Level)
            .SetClaims(Claims.AuthenticationMethodReference, [Password])
            .SetClaim(Claims.AuthenticationTime, proof.At.ToUnixTimeSeconds());
        identity.SetScopes(request.GetScopes().Intersect(PivotClaims.Scopes));
        // Of him, an access token says who he is to us, sealed; an id token who he is to others, signed.
        identity.SetDestinations(claim => claim.Type switch
        {
            Adherent => [Destinations.AccessToken],
            Claims.Subject => [Destinations.AccessToken, Destinations.IdentityToken],
            _ => [Destinations.IdentityToken],
        });
        return new(identity);
    }

    /// <summary>Of whom an access token is: pseudonym, and the name that others know.</summary>
    public static (Guid Adherent, Guid Subject) WhoseIs(ClaimsPrincipal token) =>
        (Guid.ParseExact(token.GetClaim(Adherent)!, "N"), Guid.ParseExact(token.GetClaim(Claims.Subject)!, "N"));

    /// <summary>
    /// What speaks against a request that is well made: it is told to whoever asked. (What is not well made OpenIddict tells to nobody but the visitor.)
    /// </summary>
    public static string? RefusalOf(OpenIddictRequest request)
    {
        var levels = request.GetAcrValues();
        return !request.HasScope(Scopes.OpenId) ? Errors.InvalidScope
            : !levels.Contains(Level) && levels.Any(higherLevels.Contains) ? InvalidLevel
            : request.HasPromptValue(PromptValues.None) ? Errors.LoginRequired // a password is asked for each time
            : null;
    }

    // An id token is good by its signature: it comes back at the end of a session, when all traces in the database have been swept away. So it has none, and names none.
    private static ValueTask StandAlone(GenerateTokenContext context)
    {
        if (context.TokenType == TokenTypeIdentifiers.IdentityToken)
        {
            context.CreateTokenEntry = false;
            context.Principal.SetAuthorizationId(null);
        }
        return ValueTask.CompletedTask;
    }

    private static ValueTask MakeKnown(HandleConfigurationRequestContext context)
    {
        context.Metadata["acr_values_supported"] = ImmutableArray.Create<string?>(Level);
        context.Metadata["userinfo_signing_alg_values_supported"] = ImmutableArray.Create<string?>("none", Algorithm);
        return ValueTask.CompletedTask;
    }
}
