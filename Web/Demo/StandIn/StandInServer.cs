using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Tokens;
using MsaOrleans.Web.FranceConnect;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace MsaOrleans.Web.Demo.StandIn;

/// <summary>The stand-in's half that FranceConnect shows to sites: an OpenID provider by OpenIddict, without storage, whose keys go when it ends.</summary>
internal static class StandInServer
{
    private const string Level = "eidas1";

    // Added to a request by our own pages: OpenIddict checks it like any other, and passes over what it does not know.
    private const string GivenUp = "renoncer";
    private const string Chosen = "&choisi=oui";

    public static void AddStandInServer(this IServiceCollection services, StandInSettings settings) => services.AddOpenIddict().AddServer(server =>
    {
        server.SetIssuer(new Uri(settings.Issuer))
            .SetAuthorizationEndpointUris(StandInPaths.Authorize)
            .SetTokenEndpointUris(StandInPaths.Token)
            .SetUserInfoEndpointUris(StandInPaths.UserInfo)
            .SetEndSessionEndpointUris(StandInPaths.EndSession)
            .SetJsonWebKeySetEndpointUris(StandInPaths.Keys)
            .SetConfigurationEndpointUris(StandInPaths.Configuration);
        server.AllowAuthorizationCodeFlow()
            .RegisterScopes([.. PivotClaims.Scopes])
            .RegisterClaims([.. PivotClaims.Names])
            .AddEphemeralSigningKey(SecurityAlgorithms.EcdsaSha256)
            .AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)));
        // Nothing is stored: who asks is looked up in the settings, here.
        server.EnableDegradedMode();
        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(request =>
            Judge(request, Errors.InvalidRequest, settings.Client(request.ClientId)?.RedirectUri == request.RedirectUri)));
        server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(request =>
            Judge(request, Errors.InvalidClient, settings.Client(request.ClientId) is { } client && IsSecretOf(client, request.ClientSecret))));
        server.AddEventHandler<ValidateEndSessionRequestContext>(handler => handler.UseInlineHandler(request =>
            Judge(request, Errors.InvalidRequest, request.PostLogoutRedirectUri is { } address && (address == settings.Msa.PostLogoutRedirectUri || address == settings.PublicService.PostLogoutRedirectUri))));
        server.UseAspNetCore()
            .EnableAuthorizationEndpointPassthrough()
            .EnableUserInfoEndpointPassthrough()
            .EnableEndSessionEndpointPassthrough()
            .DisableTransportSecurityRequirement(); // it never leaves this machine
    });

    public static void MapStandInServer(this IEndpointRouteBuilder standIn)
    {
        standIn.MapMethods(StandInPaths.Authorize, [HttpMethods.Get, HttpMethods.Post], Authorize);
        standIn.MapMethods(StandInPaths.UserInfo, [HttpMethods.Get, HttpMethods.Post], (Delegate)UserInfo);
        standIn.MapMethods(StandInPaths.EndSession, [HttpMethods.Get, HttpMethods.Post], (Delegate)EndSession);
    }

    /// <summary>Where somebody goes on who gives up: back to the site that asked, which is told so.</summary>
    /// <param name="request">The address of the request.</param>
    public static string GiveUp(string request) => $"{request}&{GivenUp}=oui";

    /// <summary>Where somebody goes on who has chosen who he is.</summary>
    /// <param name="request">The address of the request.</param>
    public static string GoOn(string request) => request.EndsWith(Chosen, StringComparison.Ordinal) ? request : request + Chosen;

    private static async Task<IResult> Authorize(HttpContext context, StandInSettings settings)
    {
        var request = context.GetOpenIddictServerRequest()!;
        if (context.Request.Query.ContainsKey(GivenUp))
        {
            return Results.Forbid(
                new(new Dictionary<string, string?> { [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.AccessDenied }), [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        }
        if (context.Request.QueryString.Value!.EndsWith(Chosen, StringComparison.Ordinal) && (await context.AuthenticateAsync(StandInSession.Scheme)).Principal is { } visitor)
            return Results.SignIn(Told(visitor, settings.Client(request.ClientId)!, request), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        return Results.Challenge(new() { RedirectUri = AddressOf(context.Request) }, [StandInSession.Scheme]);
    }

    private static async Task<IResult> UserInfo(HttpContext context) =>
        (await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal is { } told
            ? Results.Json(told.Claims.Where(claim => PivotClaims.Names.Contains(claim.Type)).ToDictionary(claim => claim.Type, claim => claim.Value))
            : Results.Challenge(authenticationSchemes: [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);

    // Who came by the MSA goes there first, and comes back to this very address.
    private static async Task<IResult> EndSession(HttpContext context) => (await context.AuthenticateAsync(StandInSession.Scheme)).Properties switch
    {
        null => Results.SignOut(authenticationSchemes: [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]),
        var session when StandInSession.IsByMsa(session) => Results.SignOut(new() { RedirectUri = AddressOf(context.Request) }, [StandInSession.Scheme, StandInSession.Msa]),
        _ => Results.SignOut(authenticationSchemes: [StandInSession.Scheme, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]),
    };

    private static string AddressOf(HttpRequest request) => request.Path + request.QueryString;

    private static ClaimsPrincipal Told(ClaimsPrincipal visitor, StandInClient client, OpenIddictRequest request)
    {
        var asked = PivotClaims.NamesOf(request.GetScopes()).ToHashSet();
        var told = visitor.Claims.Where(claim => asked.Contains(claim.Type)).Select(claim => new Claim(claim.Type, claim.Value)).ToList();
        var identity = new ClaimsIdentity(told, Level);
        // As at FranceConnect: the same for one site, whoever identified him, and another for another site.
        identity.SetClaim(Claims.Subject, SubjectOf(client, visitor))
            .SetClaim(Claims.AuthenticationContextReference, Level);
        identity.SetScopes(request.GetScopes());
        identity.SetDestinations(claim => claim.Type switch
        {
            Claims.Subject => [Destinations.AccessToken, Destinations.IdentityToken],
            Claims.AuthenticationContextReference => [Destinations.IdentityToken],
            _ => [Destinations.AccessToken],
        });
        return new(identity);
    }

    private static string SubjectOf(StandInClient client, ClaimsPrincipal visitor) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', PivotClaims.NamesOf(["identite_pivot"]).Select(visitor.FindFirstValue).Prepend(client.Id))))) + "v1";

    private static bool IsSecretOf(StandInClient client, string? secret) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(client.Secret), Encoding.UTF8.GetBytes(secret ?? ""));

    private static ValueTask Judge(BaseValidatingContext request, string error, bool isGood)
    {
        if (!isGood)
            request.Reject(error);
        return ValueTask.CompletedTask;
    }
}
