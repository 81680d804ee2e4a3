using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace MsaOrleans.Web.FranceConnect.SignIn;

/// <summary>Signing in by way of FranceConnect, and out of it: whether it is offered here, and where the browser is sent.</summary>
public sealed class FranceConnectSignIn(IOptionsMonitor<OpenIdConnectOptions> options, ILogger<FranceConnectSignIn> log, Broker? broker = null)
{
    /// <summary>Name of the authentication scheme.</summary>
    public const string Scheme = "FranceConnect";

    /// <summary>Where the browser sets out for FranceConnect.</summary>
    public const string StartPath = "/connexion/franceconnect";

    /// <summary>Where it comes back with an answer.</summary>
    public const string ReturnPath = StartPath + "/retour";

    /// <summary>Where it comes back from having been signed out there.</summary>
    public const string SignedOutPath = "/deconnexion/retour";

    /// <summary>Where somebody is who said no there.</summary>
    public const string TurnedBackPath = $"/connexion?{TurnedBack}=oui";

    private const string TurnedBack = "renonce";

    /// <summary>Where sessions end, and what is shown when one has.</summary>
    public const string SignOutPath = "/deconnexion";

    /// <summary>The site is known to FranceConnect.</summary>
    public bool IsOffered => broker is not null;

    public static bool HasTurnedBack(HttpRequest request) => request.Query.ContainsKey(TurnedBack);

    /// <summary>Sends the browser to FranceConnect.</summary>
    /// <returns>Whether it was sent; not when FranceConnect does not answer.</returns>
    public async Task<bool> Start(HttpContext context)
    {
        try
        {
            await context.ChallengeAsync(Scheme);
            return true;
        }
        catch (BrokerException failure)
        {
            log.Trouble(failure);
            return false;
        }
    }

    /// <summary>Where the browser ends its session at FranceConnect, and comes back from.</summary>
    /// <param name="idToken">The identity token by which the session here began.</param>
    /// <returns>Nothing when there is nowhere to go: FranceConnect's session ends by itself, within half an hour.</returns>
    public async Task<string?> SignOutAddress(HttpContext context, string idToken)
    {
        if (broker is null)
            return null;
        try
        {
            return new OpenIdConnectMessage
            {
                IssuerAddress = (await broker.GetConfigurationAsync(context.RequestAborted)).EndSessionEndpoint,
                EnableTelemetryParameters = false,
                IdTokenHint = idToken,
                PostLogoutRedirectUri = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}{SignedOutPath}",
                State = options.Get(Scheme).StateDataFormat.Protect(new AuthenticationProperties { RedirectUri = SignOutPath }),
            }.CreateLogoutRequestUrl();
        }
        catch (BrokerException failure)
        {
            log.Trouble(failure);
            return null;
        }
    }
}

/// <summary>What is said of FranceConnect to those who run the site: kinds of failure only, since what came from it may name somebody.</summary>
internal static class FranceConnectLog
{
    public static void Trouble(this ILogger log, Exception failure) => log.LogWarning("FranceConnect cannot be used: {Failure}", Kind(failure));

    private static string Kind(Exception failure) => failure switch
    {
        BrokerException { InnerException: { } cause } => $"{failure.Message} ({Kind(cause)})",
        BrokerException => failure.Message,
        _ => failure.GetType().Name,
    };
}
