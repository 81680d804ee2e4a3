using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.SignIn;

/// <summary>Ends the session, in the grain too: a copy of the cookie is worth nothing afterwards.</summary>
public sealed class SignOutModel(AdherentSession session) : PageModel
{
    public IActionResult OnGet() => session.Status is { } status ? RedirectToPage(AdherentSession.PageOf(status.Due)) : Page();

    public async Task<IActionResult> OnPost()
    {
        await session.End();
        return RedirectToPage();
    }
}
