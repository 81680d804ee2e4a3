using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Journey;

namespace MsaOrleans.Web.Pages.Registration;

/// <summary>Where the provisional password will be sent: the last look at the address.</summary>
[Step(RegistrationStep.Password)]
public sealed class PasswordModel(RegistrationJourney journey) : PageModel
{
    public string Email => journey.Progress!.Details!.Email.Value;

    public IActionResult OnPost() => journey.GoTo(RegistrationStep.Terms);
}
