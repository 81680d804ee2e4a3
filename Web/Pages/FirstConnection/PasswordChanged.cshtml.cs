using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.FirstConnection;

/// <summary>The password is his own now. At the first connection his contact details come next; after the code of a department nothing does.</summary>
[SessionPage(FirstConnectionStep.ContactDetails, FirstConnectionStep.None)]
public sealed class PasswordChangedModel(AdherentSession session) : PageModel
{
    /// <summary>The department that the change has opened; nothing at the first connection.</summary>
    public string? Activated { get; private set; }

    public async Task<IActionResult> OnGet()
    {
        if (session.Status!.Due == FirstConnectionStep.ContactDetails)
            return Page();
        var overview = await session.Adherent<IAdherentEnrolments>().Read(session.Token);
        var activated = overview?.Requests.Where(request => request.Status == EnrolmentRequestStatus.Activated).MaxBy(request => request.EndedAt);
        if (activated is null)
            return RedirectToPage(AdherentSession.PageOf(FirstConnectionStep.None));
        Activated = EnrolmentTexts.LabelOf(activated.Department);
        return Page();
    }
}
