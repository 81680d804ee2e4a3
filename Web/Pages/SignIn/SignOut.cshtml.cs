using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.FranceConnect;
using MsaOrleans.Web.FranceConnect.SignIn;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.SignIn;

/// <summary>
/// Ends the session, in the grain too: a copy of the cookie is worth nothing afterwards. It never says so while the session lives, as after a
/// button of a page that is too old. Who came by FranceConnect is led to end his session there as well, by a page of its own: the policy on forms would stop
/// a redirect to another site.
/// </summary>
public sealed class SignOutModel(AdherentSession session, FranceConnectSignIn franceConnect) : PageModel
{
    /// <summary>Where his session at FranceConnect ends; nothing when there is none.</summary>
    public string? AtFranceConnect { get; private set; }

    public bool IsSignedIn => session.Status is not null;

    public async Task<IActionResult> OnPost()
    {
        var idToken = await session.FranceConnectToken();
        await session.End();
        if (idToken is null || await franceConnect.SignOutAddress(HttpContext, idToken) is not { } address)
            return RedirectToPage();
        AtFranceConnect = address;
        Response.GoOn(address);
        return Page();
    }
}
