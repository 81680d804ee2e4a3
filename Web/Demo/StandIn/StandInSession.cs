using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Web.FranceConnect;

namespace MsaOrleans.Web.Demo.StandIn;

/// <summary>
/// Who somebody is at the stand-in, until he signs out: by his own word, or by that of the MSA, whose client it is as FranceConnect would be. The third site,
/// which is its client in turn, has a session of its own.
/// </summary>
internal static class StandInSession
{
    public const string Scheme = "demo-franceconnect";
    public const string Msa = "demo-msa";
    public const string PublicService = "demo-service-public";
    public const string PublicServiceSignIn = "demo-service-public-franceconnect";

    /// <summary>By which the MSA, its provider, knows it.</summary>
    public const string IdAtMsa = "franceconnect-de-demonstration";

    /// <summary>Where the visitor goes on, in the address of the choice: the request of the site that asked.</summary>
    public const string GoesOnTo = "suite";

    public static void AddStandInSessions(this IServiceCollection services, StandInSettings settings) => services.AddAuthentication()
        .AddCookie(Scheme, session =>
        {
            session.Cookie.Name = Scheme;
            session.LoginPath = StandInPaths.Choice;
            session.ReturnUrlParameter = GoesOnTo;
        })
        .AddOpenIdConnect(Msa, client =>
        {
            Ask(client, settings.Site, Scheme, IdAtMsa, settings.SecretAtMsa, StandInPaths.MsaReturn, StandInPaths.MsaSignedOut);
            client.Prompt = OpenIdConnectPrompt.Login;
            client.AccessDeniedPath = StandInPaths.Choice;
            client.ReturnUrlParameter = GoesOnTo;
        })
        .AddCookie(PublicService, session =>
        {
            session.Cookie.Name = PublicService;
            session.ForwardChallenge = PublicServiceSignIn;
        })
        .AddOpenIdConnect(PublicServiceSignIn, client =>
        {
            var known = settings.PublicService;
            Ask(client, settings.Issuer, PublicService, known.Id, known.Secret, StandInPaths.PublicServiceReturn, StandInPaths.PublicServiceSignedOut);
            client.AccessDeniedPath = StandInPaths.PublicService;
        });

    /// <summary>He is somebody from now on, by his own word.</summary>
    public static Task Begin(HttpContext context, PivotIdentity identity) => context.SignInAsync(Scheme, new(new ClaimsIdentity(
        PivotClaims.Of("", identity, PivotClaims.ScopesOfAll).Where(claim => claim.Key != "sub").Select(claim => new Claim(claim.Key, (string)claim.Value)), Scheme)));

    public static bool IsByMsa(AuthenticationProperties session) => session.GetTokenValue(OpenIdConnectParameterNames.IdToken) is not null;

    private static void Ask(OpenIdConnectOptions client, string issuer, string session, string id, string secret, string callback, string signedOut)
    {
        (client.Authority, client.RequireHttpsMetadata) = (issuer, false);
        (client.ClientId, client.ClientSecret) = (id, secret);
        (client.CallbackPath, client.SignedOutCallbackPath, client.RemoteSignOutPath) = (callback, signedOut, default);
        client.SignInScheme = session;
        client.ResponseType = OpenIdConnectResponseType.Code;
        client.ResponseMode = OpenIdConnectResponseMode.Query;
        client.Scope.Clear();
        foreach (var scope in PivotClaims.ScopesOfAll)
            client.Scope.Add(scope);
        client.AdditionalAuthorizationParameters["acr_values"] = "eidas1";
        client.DisableTelemetry = true;
        client.MapInboundClaims = false;
        client.GetClaimsFromUserInfoEndpoint = true;
        client.SaveTokens = true;
        client.ClaimActions.Clear();
        foreach (var name in PivotClaims.NamesOf(PivotClaims.ScopesOfAll))
            client.ClaimActions.MapJsonKey(name, name);
        foreach (var cookie in (CookieBuilder[])[client.NonceCookie, client.CorrelationCookie])
            (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest); // all of this is by plain HTTP, on this machine
    }
}
