using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Assistance;

namespace MsaOrleans.Web.Pages.Assistance;

/// <summary>Ends the session, in the grain too. It never says so while the session lives, as after a button of a page that is too old.</summary>
[OpenWhile(AgentStep.SignIn)]
public sealed class SignOutModel(AgentSession session) : PageModel
{
    public bool IsSignedIn => session.Status is not null;

    public async Task<IActionResult> OnPost()
    {
        await session.End();
        return RedirectToPage();
    }
}
