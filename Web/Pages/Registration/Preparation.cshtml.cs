using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Journey;

namespace MsaOrleans.Web.Pages.Registration;

/// <summary>What to have at hand before the questions come.</summary>
[Step(RegistrationStep.Preparation)]
public sealed class PreparationModel(RegistrationJourney journey) : PageModel
{
    public IActionResult OnPost() => journey.GoTo(RegistrationStep.ContactDetails);
}
