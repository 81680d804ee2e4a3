using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.Account;

/// <summary>The adherent's account: how he is reached, his departments, his requests for others.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class IndexModel(AdherentSession session) : PageModel
{
    public ContactCard Contact { get; private set; } = null!;

    public EnrolmentOverview Enrolments { get; private set; } = null!;

    public async Task<IActionResult> OnGet()
    {
        if (await session.Adherent<IAdherentContact>().Read(session.Token) is not { } contact
            || await session.Adherent<IAdherentEnrolments>().Read(session.Token) is not { } enrolments)
            return RedirectToPage("/SignIn/SignIn");
        (Contact, Enrolments) = (contact, enrolments);
        return Page();
    }
}
