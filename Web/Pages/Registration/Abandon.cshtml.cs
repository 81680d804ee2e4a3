using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Journey;

namespace MsaOrleans.Web.Pages.Registration;

/// <summary>Asks before a sign-up is given up, then leaves nothing of it.</summary>
public sealed class AbandonModel(RegistrationJourney journey) : PageModel
{
    public async Task<IActionResult> OnPost()
    {
        await journey.Load();
        await journey.Abandon();
        return RedirectToPage("/Index");
    }
}
