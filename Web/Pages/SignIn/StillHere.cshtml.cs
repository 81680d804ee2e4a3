using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.SignIn;

/// <summary>
/// Puts the idle limit off for whoever has no script (RGAA 13.1.4): being asked for is all that it does, since every request of a session does. Opened beside the
/// page that says when the session ends.
/// </summary>
[SessionPage(FirstConnectionStep.Password, FirstConnectionStep.ContactDetails, FirstConnectionStep.None)]
public sealed class StillHereModel(AdherentSession session, TimeProvider clock) : PageModel
{
    /// <summary>When the session ends if nothing is done.</summary>
    public DateTimeOffset Until { get; private set; }

    public void OnGet() => Until = session.Status!.Limits.LastMoment(clock.GetUtcNow());
}
