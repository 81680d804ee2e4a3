using System.Globalization;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Web.FranceConnect;
using MsaOrleans.Web.FranceConnect.SignIn;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Hosting;

/// <summary>Signing in by FranceConnect, where <c>FranceConnect:SignIn</c> says how; without it the site knows nothing of FranceConnect.</summary>
internal static class FranceConnectClient
{
    private const string Section = "FranceConnect:SignIn";

    private static readonly string[] endpoints = ["AuthorizationEndpoint", "TokenEndpoint", "UserInfoEndpoint", "EndSessionEndpoint", "JwksUri"];
    private static readonly string[] keys = ["Issuer", .. endpoints, "MetadataAddress", "ClientId", "ClientSecret", "Acr", "Timeout"];

    /// <exception cref="SetupException">A setting cannot be used.</exception>
    public static void AddFranceConnectSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<FranceConnectSignIn>();
        if (Read(builder.Configuration) is not { } settings)
            return;
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<Broker>();
        builder.Services.AddScoped<FranceConnectArrival>();
        builder.Services.AddScoped<FranceConnectEvents>();
        // It repeats what FranceConnect said; our own line says what went wrong, and of nobody.
        builder.Logging.AddFilter(typeof(FranceConnectHandler).FullName, LogLevel.None);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>());
        builder.Services.AddAuthentication().AddRemoteScheme<OpenIdConnectOptions, FranceConnectHandler>(FranceConnectSignIn.Scheme, null, _ => { });
        builder.Services.AddOptions<OpenIdConnectOptions>(FranceConnectSignIn.Scheme).Configure<Broker>((client, broker) => Apply(client, settings, broker));
    }

    private static void Apply(OpenIdConnectOptions client, BrokerSettings settings, Broker broker)
    {
        client.ClientId = settings.ClientId;
        client.ClientSecret = settings.ClientSecret;
        client.ConfigurationManager = broker;
        client.Backchannel = broker.Backchannel;
        client.TokenValidationParameters = broker.IdTokenRules;
        client.EventsType = typeof(FranceConnectEvents);
        client.SignInScheme = AdherentSession.Scheme; // never used: whom FranceConnect names is looked for first

        client.ResponseType = OpenIdConnectResponseType.Code;
        client.ResponseMode = OpenIdConnectResponseMode.Query;
        client.Scope.Clear();
        foreach (var scope in PivotClaims.ScopesOfAll)
            client.Scope.Add(scope);
        client.AdditionalAuthorizationParameters["acr_values"] = settings.Acr.Name();
        client.UsePkce = false; // FranceConnect documents none
        client.PushedAuthorizationBehavior = PushedAuthorizationBehavior.Disable; // nor this
        client.DisableTelemetry = true;
        client.TokenHandler = broker.Tokens;
        client.ClaimActions.Clear(); // they would take the level away before it is looked at
        client.SaveTokens = true; // within the request: nothing is signed in by them
        client.GetClaimsFromUserInfoEndpoint = false; // the framework would not look at its signature

        client.CallbackPath = FranceConnectSignIn.ReturnPath;
        client.SignedOutCallbackPath = FranceConnectSignIn.SignedOutPath;
        client.RemoteSignOutPath = default; // FranceConnect sends nobody to sign him out
        client.RemoteAuthenticationTimeout = TimeSpan.FromMinutes(30); // as long as FranceConnect waits for the visitor
        client.NonceCookie.Name = "msa-franceconnect-nonce-";
        client.NonceCookie.SameSite = SameSiteMode.Lax; // the answer comes in the address
        client.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    private static BrokerSettings? Read(ConfigurationManager configuration)
    {
        var section = configuration.GetSection(Section);
        section.RefuseUnknown(keys);
        if (section.GetChildren().All(child => string.IsNullOrEmpty(child.Value)))
            return null;
        var issuer = Address("Issuer") ?? throw Missing("Issuer", "as FranceConnect's tokens name it, https://oidc.franceconnect.gouv.fr/api/v2 in production");
        var metadata = Address("MetadataAddress");
        if (metadata is not null && endpoints.FirstOrDefault(key => section[key] is { Length: > 0 }) is { } both)
            throw new SetupException($"{Section}:MetadataAddress tells the endpoints: {Section}:{both} cannot be set as well.");
        var root = issuer.TrimEnd('/');
        return new(
            issuer,
            metadata is not null ? null : new(
                Address("AuthorizationEndpoint") ?? $"{root}/authorize", Address("TokenEndpoint") ?? $"{root}/token", Address("UserInfoEndpoint") ?? $"{root}/userinfo",
                Address("EndSessionEndpoint") ?? $"{root}/session/end", Address("JwksUri") ?? $"{root}/jwks"),
            metadata,
            Text("ClientId") ?? throw Missing("ClientId", "the name of this site at FranceConnect"),
            Text("ClientSecret") ?? throw Missing("ClientSecret", "which FranceConnect gave with it"),
            Text("Acr") is not { } acr ? EidasLevel.Eidas1 : EidasLevels.Read(acr) ?? throw new SetupException($"{Section}:Acr must be eidas1, eidas2 or eidas3."),
            Text("Timeout") is not { } wait ? TimeSpan.FromSeconds(6)
                : TimeSpan.TryParse(wait, CultureInfo.InvariantCulture, out var timeout) && timeout > TimeSpan.Zero && timeout <= TimeSpan.FromMinutes(1) ? timeout
                : throw new SetupException($"{Section}:Timeout must be a time as 00:00:06, a minute at most."));

        string? Text(string key) => section[key] is { Length: > 0 } text ? text : null;

        string? Address(string key) => Text(key) is not { } text ? null
            : FranceConnectSettings.Address(text) is not null ? text
            : throw new SetupException($"{Section}:{key} must be an https address.");

        static SetupException Missing(string key, string what) => new($"{Section}:{key} is not set: {what}.");
    }
}
