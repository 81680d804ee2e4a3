using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.SignIn;

/// <summary>
/// Ends the session, in the grain too: a copy of the cookie is worth nothing afterwards. It never says so while the session lives, as after a
/// button of a page that is too old.
/// </summary>
public sealed class SignOutModel(AdherentSession session) : PageModel
{
    public bool IsSignedIn => session.Status is not null;

    public async Task<IActionResult> OnPost()
    {
        await session.End();
        return RedirectToPage();
    }
}
