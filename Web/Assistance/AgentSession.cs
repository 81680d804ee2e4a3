using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Web.Hosting;
using MsaOrleans.Web.Resilience;

namespace MsaOrleans.Web.Assistance;

/// <summary>The agent who is signed in, in this request. The cookie only says whose session it is; whether it still lives, his grain says, at every request.</summary>
public sealed class AgentSession(IHttpContextAccessor accessor, IGrainFactory grains)
{
    /// <summary>All pages of the hotline are under it, and nothing else: requests for them know agents only, and all others adherents only.</summary>
    public const string Path = "/assistance";

    /// <summary>Asked by the warning before the idle limit.</summary>
    public const string ProlongationPath = Path + "/prolongation";

    /// <summary>A request with this header comes from a page that refreshes itself: it sees what the session may see, and does not prolong it.</summary>
    public const string RefreshHeader = "Msa-Refresh";

    private const string AgentClaim = "agent";
    private const string TokenClaim = "token";

    private HttpContext Context => accessor.HttpContext!;

    /// <summary>Who is signed in; nothing when nobody is.</summary>
    public AgentStatus? Status => Context.Features.Get<AgentStatus>();

    public SessionToken Token => new(Context.User.FindFirstValue(TokenClaim)!);

    /// <summary>His grain.</summary>
    public IAgent Agent => grains.GetGrain<IAgent>(Guid.Parse(Context.User.FindFirstValue(AgentClaim)!));

    /// <summary>Hands the browser a session. The one it had, if any, is closed: no token outlives a sign-in (ASVS 7.2.4).</summary>
    public async Task Start(Guid agent, SessionToken token)
    {
        if (Status is not null)
            await Agent.SignOut(Token);
        await HandOut(agent, token);
    }

    /// <summary>Hands the browser the session that takes the place of the one it had.</summary>
    public Task Renew(SessionToken token) => HandOut(Guid.Parse(Context.User.FindFirstValue(AgentClaim)!), token);

    public async Task End()
    {
        if (Status is not null)
            await Agent.SignOut(Token);
        await Context.SignOutAsync(Supervisors.Scheme);
    }

    /// <summary>Asks the agent's grain whether the session of a cookie still lives. The role is the grain's to tell, and counts once the password is his own.</summary>
    public static async Task Validate(CookieValidatePrincipalContext cookie)
    {
        if (cookie.HttpContext.Features.Get<InterruptedRequest>() is not null)
        {
            cookie.RejectPrincipal(); // nobody, for the page that says why; the browser keeps its session
            return;
        }
        var grains = cookie.HttpContext.RequestServices.GetRequiredService<IGrainFactory>();
        if (cookie.Principal is { Identity: ClaimsIdentity who }
            && Guid.TryParse(who.FindFirst(AgentClaim)?.Value, out var agent)
            && who.FindFirst(TokenClaim)?.Value is { } token
            && await StatusOf(cookie.HttpContext, grains.GetGrain<IAgent>(agent), new(token)) is { } status)
        {
            cookie.HttpContext.Features.Set(status);
            if (status is { Role: AgentRole.Supervisor, MustChangePassword: false })
                who.AddClaim(new(who.RoleClaimType, Supervisors.Role));
            return;
        }
        cookie.RejectPrincipal();
        await cookie.HttpContext.SignOutAsync(Supervisors.Scheme);
    }

    private static Task<AgentStatus?> StatusOf(HttpContext context, IAgent agent, SessionToken token) =>
        context.Request.Headers.ContainsKey(RefreshHeader) ? agent.Look(token) : agent.Check(token);

    private Task HandOut(Guid agent, SessionToken token) => Context.SignInAsync(
        Supervisors.Scheme, new ClaimsPrincipal(new ClaimsIdentity([new(AgentClaim, agent.ToString()), new(TokenClaim, token.Secret)], Supervisors.Scheme)));
}
