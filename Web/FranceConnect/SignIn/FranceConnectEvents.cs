using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace MsaOrleans.Web.FranceConnect.SignIn;

/// <summary>
/// What happens when the browser comes back from FranceConnect. Its answer has been checked by the framework by then; here its level is, and UserInfo, and then
/// the adherent is looked for. The browser always goes on to an address without anything of the answer in it.
/// </summary>
public sealed class FranceConnectEvents(BrokerSettings settings, Broker broker, FranceConnectArrival arrival, ILogger<FranceConnectEvents> log) : OpenIdConnectEvents
{
    public override async Task TicketReceived(TicketReceivedContext context)
    {
        context.HandleResponse();
        context.Response.Redirect(await Receive(context));
    }

    /// <summary>The visitor has said no, there.</summary>
    public override Task AccessDenied(AccessDeniedContext context)
    {
        context.HandleResponse();
        context.Response.Redirect(FranceConnectSignIn.TurnedBackPath);
        return Task.CompletedTask;
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        context.HandleResponse();
        // The framework's own word for an answer that this browser did not ask for, or not lately: what FranceConnect gets wrong comes as it happened.
        var isUnasked = context.Failure is AuthenticationFailureException;
        if (!isUnasked)
            log.Trouble(context.Failure!);
        context.Response.Redirect(FranceConnectArrival.PathOf(isUnasked ? FranceConnectFailure.Interrupted : FranceConnectFailure.Unavailable));
        return Task.CompletedTask;
    }

    /// <summary>Back from having been signed out there. The session here has ended before; this ends nobody's.</summary>
    public override Task SignedOutCallbackRedirect(RemoteSignOutContext context)
    {
        if (context.Properties?.RedirectUri != FranceConnectSignIn.SignOutPath)
            context.SkipHandler(); // not sent by us: there is no such page
        return Task.CompletedTask;
    }

    private async Task<string> Receive(TicketReceivedContext context)
    {
        JsonDocument claims;
        try
        {
            CheckLevel(context.Principal!);
            claims = await UserInfo(context.Properties!.GetTokenValue(OpenIdConnectParameterNames.AccessToken)!, context.Principal!.FindFirstValue("sub")!, context.HttpContext.RequestAborted);
        }
        catch (BrokerException failure)
        {
            log.Trouble(failure);
            return FranceConnectArrival.PathOf(FranceConnectFailure.Unavailable);
        }
        using (claims)
        {
            if (PivotClaims.Read(claims.RootElement, out var faults) is { } user)
                return await arrival.Receive(context.HttpContext, user, context.Properties!.GetTokenValue(OpenIdConnectParameterNames.IdToken)!);
            log.LogWarning("FranceConnect told of somebody without what it takes to recognise him: {Claims}", string.Join(", ", faults));
            return FranceConnectArrival.PathOf(FranceConnectFailure.NotRecognised);
        }
    }

    private void CheckLevel(ClaimsPrincipal who)
    {
        if (!(EidasLevels.Read(who.FindFirstValue("acr")) >= settings.Acr))
            throw new BrokerException("its acr is not what was asked for");
    }

    private async Task<JsonDocument> UserInfo(string accessToken, string subject, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, (await broker.GetConfigurationAsync(cancel)).UserInfoEndpoint);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
            using var response = await broker.Backchannel.SendAsync(request, cancel);
            response.EnsureSuccessStatusCode();
            var claims = JsonDocument.Parse(await broker.ClaimsOf(response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(cancel)));
            if (claims.RootElement.ValueKind is JsonValueKind.Object && claims.RootElement.TryGetProperty("sub", out var told)
                && told.ValueKind is JsonValueKind.String && told.ValueEquals(subject))
                return claims;
            claims.Dispose();
            throw new BrokerException("its UserInfo is about somebody else");
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or InvalidOperationException || (failure is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new BrokerException("its UserInfo did not answer", failure);
        }
    }
}
