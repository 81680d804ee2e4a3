using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.Account;

/// <summary>What agents of the hotline looked at and did in his file.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class AssistanceModel(AdherentSession session) : PageModel
{
    public IReadOnlyList<AssistanceTrace> Traces { get; private set; } = [];

    public async Task<IActionResult> OnGet()
    {
        if (await session.Adherent<IAdherentAccount>().AssistanceRecord(session.Token) is not { } traces)
            return RedirectToPage("/SignIn/SignIn");
        Traces = traces;
        return Page();
    }
}
