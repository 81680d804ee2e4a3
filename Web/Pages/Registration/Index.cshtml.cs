using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Journey;

namespace MsaOrleans.Web.Pages.Registration;

/// <summary>The door of the sign-up: a visitor who comes back goes on where he was; after a finished one, the next person begins.</summary>
public sealed class IndexModel(RegistrationJourney journey) : PageModel
{
    public async Task<IActionResult> OnGet()
    {
        await journey.Load();
        return RedirectToPage(RegistrationJourney.PageOf(journey.Due == RegistrationStep.Finished ? RegistrationStep.Profile : journey.Due));
    }
}
