using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace MsaOrleans.Web.FranceConnect.Provider;

/// <summary>Tells whoever holds an access token who the adherent is: what his grain and the caisses say now, not what they said when he signed in.</summary>
public static class UserInfo
{
    private static readonly TimeSpan lifetime = TimeSpan.FromMinutes(1);

    public static void MapUserInfo(this IEndpointRouteBuilder site) => site.MapMethods(ProviderPaths.UserInfo, [HttpMethods.Get, HttpMethods.Post], Tell);

    private static async Task<IResult> Tell(HttpContext context, IGrainFactory grains, ProviderSettings settings, IOptionsMonitor<OpenIddictServerOptions> options, TimeProvider clock)
    {
        // OpenIddict has checked the token: without a good one nobody comes here.
        var token = (await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal;
        if (token is null)
            return Refuse();
        var (adherent, subject) = ProviderServer.WhoseIs(token);
        if (settings.Client(token.GetClaim(Claims.ClientId)) is not { } client || await grains.GetGrain<IAdherentFranceConnect>(adherent).VouchedIdentity(subject) is not { } identity)
            return Refuse();
        context.Response.Headers.CacheControl = "no-store";
        var told = PivotClaims.Of(token.GetClaim(Claims.Subject)!, identity, token.GetScopes());
        return client.SignsUserInfo ? Results.Text(Signed(told, client, settings, options.CurrentValue, clock.GetUtcNow().UtcDateTime), "application/jwt") : Results.Json(told);
    }

    private static IResult Refuse() => Results.Challenge(
        new(new Dictionary<string, string?> { [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.InvalidToken }), [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);

    private static string Signed(Dictionary<string, object> told, ProviderClient client, ProviderSettings settings, OpenIddictServerOptions options, DateTime now) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = settings.Issuer.AbsoluteUri,
            Audience = client.Id,
            IssuedAt = now,
            Expires = now + lifetime,
            Claims = told,
            SigningCredentials = options.SigningCredentials[0],
        });
}
