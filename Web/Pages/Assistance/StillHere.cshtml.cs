using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Assistance;

namespace MsaOrleans.Web.Pages.Assistance;

/// <summary>As <see cref="SignIn.StillHereModel"/>, for agents.</summary>
public sealed class StillHereModel(AgentSession session, TimeProvider clock) : PageModel
{
    /// <summary>When the session ends if nothing is done.</summary>
    public DateTimeOffset Until { get; private set; }

    public void OnGet() => Until = session.Status!.Limits.LastMoment(clock.GetUtcNow());
}
