using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Journey;

namespace MsaOrleans.Web.Pages.Registration;

/// <summary>Whether the MSA insures his health: it decides which proof of identity is asked.</summary>
[Step(RegistrationStep.HealthInsurance)]
public sealed class HealthInsuranceModel(RegistrationJourney journey) : PageModel, ICheckedForm
{
    [BindProperty]
    public string? HealthInsured { get; set; }

    public void OnGet() => HealthInsured = journey.Progress!.HealthInsured switch
    {
        null => null,
        true => "yes",
        false => "no",
    };

    public void Check(ModelStateDictionary faults)
    {
        if (HealthInsured is not ("yes" or "no"))
            faults.AddModelError(nameof(HealthInsured), "Répondez par oui ou par non.");
    }

    public async Task<IActionResult> OnPost()
    {
        var insured = HealthInsured == "yes";
        return await journey.Registration.AnswerHealthInsurance(journey.Ticket, insured)
            ? journey.GoTo(insured ? RegistrationStep.VitaleCard : RegistrationStep.Payment)
            : await journey.Resume();
    }
}
