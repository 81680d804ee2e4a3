using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.FranceConnect.SignIn;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.SignIn;

/// <summary>The way to FranceConnect. It shows nothing itself.</summary>
public sealed class FranceConnectModel(FranceConnectSignIn franceConnect, AdherentSession session) : PageModel
{
    public async Task<IActionResult> OnGet()
    {
        if (!franceConnect.IsOffered)
            return NotFound();
        if (session.Status is { } status)
            return RedirectToPage(AdherentSession.PageOf(status.Due));
        return await franceConnect.Start(HttpContext) ? new EmptyResult() : LocalRedirect(FranceConnectArrival.PathOf(FranceConnectFailure.Unavailable));
    }
}
