using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Sessions;
using MsaOrleans.Web.Resilience;

namespace MsaOrleans.Web.Sessions;

/// <summary>The signed-in adherent of this request. The cookie only says whose session it is; whether it still lives, his grain says, at every request.</summary>
public sealed class AdherentSession(IHttpContextAccessor accessor, IGrainFactory grains)
{
    /// <summary>Name of the cookie, and of the authentication scheme.</summary>
    public const string Scheme = "msa-session";

    private const string AdherentClaim = "adherent";
    private const string TokenClaim = "token";
    private const string FranceConnectItem = "franceconnect";

    private HttpContext Context => accessor.HttpContext!;

    /// <summary>The session's standing; nothing when nobody is signed in.</summary>
    public SessionStatus? Status => Context.Features.Get<SessionStatus>();

    public SessionToken Token => new(Context.User.FindFirstValue(TokenClaim)!);

    /// <summary>The adherent's grain, by one of its facets.</summary>
    public T Adherent<T>()
        where T : IAdherentFacet => grains.GetGrain<T>(Guid.Parse(Context.User.FindFirstValue(AdherentClaim)!));

    /// <summary>Hands the browser a session. The one it had, if any, is closed: no token outlives a sign-in (ASVS 7.2.4).</summary>
    /// <param name="adherent">Whose it is.</param>
    /// <param name="token">What opens it.</param>
    /// <param name="franceConnect">FranceConnect's identity token, if he came from there: by it his session there is ended as well.</param>
    public async Task Start(Guid adherent, SessionToken token, string? franceConnect = null)
    {
        if (Status is not null)
            await Adherent<IAdherentSessions>().SignOut(Token);
        await HandOut(adherent, token, franceConnect);
    }

    /// <summary>Hands the browser the session that takes the place of the one it had.</summary>
    public async Task Renew(SessionToken token) => await HandOut(Guid.Parse(Context.User.FindFirstValue(AdherentClaim)!), token, await FranceConnectToken());

    /// <summary>FranceConnect's identity token, by which this session began; nothing when it began with a password.</summary>
    public async Task<string?> FranceConnectToken() => (await Context.AuthenticateAsync(Scheme)).Properties?.GetString(FranceConnectItem);

    private Task HandOut(Guid adherent, SessionToken token, string? franceConnect)
    {
        var identity = new ClaimsIdentity([new(AdherentClaim, adherent.ToString()), new(TokenClaim, token.Secret)], Scheme);
        var properties = new AuthenticationProperties();
        properties.SetString(FranceConnectItem, franceConnect);
        return Context.SignInAsync(Scheme, new ClaimsPrincipal(identity), properties);
    }

    public async Task End()
    {
        if (Status is not null)
            await Adherent<IAdherentSessions>().SignOut(Token);
        await Forget();
    }

    /// <summary>The session has ended with the account: only the browser has to forget it, and what is still drawn of this request.</summary>
    public Task Forget()
    {
        Context.Features.Set<SessionStatus>(null);
        return Context.SignOutAsync(Scheme);
    }

    /// <summary>Asks the adherent's grain whether the session of a cookie still lives.</summary>
    public static async Task Validate(CookieValidatePrincipalContext cookie)
    {
        if (cookie.HttpContext.Features.Get<InterruptedRequest>() is not null)
        {
            cookie.RejectPrincipal(); // nobody, for the page that says why; the browser keeps its session
            return;
        }
        var grains = cookie.HttpContext.RequestServices.GetRequiredService<IGrainFactory>();
        if (cookie.Principal is { } who
            && Guid.TryParse(who.FindFirstValue(AdherentClaim), out var adherent)
            && who.FindFirstValue(TokenClaim) is { } token
            && await grains.GetGrain<IAdherentSessions>(adherent).Check(new(token)) is { } status)
        {
            cookie.HttpContext.Features.Set(status);
            return;
        }
        cookie.RejectPrincipal();
        await cookie.HttpContext.SignOutAsync(Scheme);
    }

    /// <summary>The page of what a session must do first.</summary>
    public static string PageOf(FirstConnectionStep due) => due switch
    {
        FirstConnectionStep.Password => "/FirstConnection/Password",
        FirstConnectionStep.ContactDetails => "/FirstConnection/ContactDetails",
        FirstConnectionStep.None => "/PrivateSpace/Home",
    };
}
