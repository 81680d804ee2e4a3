using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.Enrolment;

/// <summary>A request has been recorded: the latest one that still waits.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class ReceiptModel(AdherentSession session) : PageModel
{
    public EnrolmentRequestSummary Made { get; private set; } = null!;

    public string Email { get; private set; } = "";

    public async Task<IActionResult> OnGet()
    {
        var overview = await session.Adherent<IAdherentEnrolments>().Read(session.Token);
        var contact = await session.Adherent<IAdherentContact>().Read(session.Token);
        if (overview?.Requests.FirstOrDefault(request => request.IsPending) is not { } made || contact is null)
            return RedirectToPage("/Enrolment/Index");
        (Made, Email) = (made, contact.Email.Value);
        return Page();
    }
}
