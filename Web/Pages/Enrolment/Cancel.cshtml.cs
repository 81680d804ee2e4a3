using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.Enrolment;

/// <summary>Takes a request for a department back, after asking once more.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class CancelModel(AdherentSession session) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Department { get; set; } = "";

    public async Task<IActionResult> OnGet() =>
        await session.Adherent<IAdherentEnrolments>().Read(session.Token) is { } overview && overview.Requests.Any(request => request.IsPending && request.Department == Department)
            ? Page()
            : RedirectToPage("/Account/Index");

    public async Task<IActionResult> OnPost()
    {
        await session.Adherent<IAdherentEnrolments>().Cancel(session.Token, Department);
        return RedirectToPage("/Account/Index", null, null, "demandes");
    }
}
