using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Identity;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Journey;

namespace MsaOrleans.Web.Pages.Registration;

/// <summary>Proof of identity by the amount of a payment of the last six months.</summary>
[Step(RegistrationStep.Payment)]
public sealed class PaymentModel(RegistrationJourney journey) : PageModel, ICheckedForm
{
    private decimal amount;

    [BindProperty]
    public string? PaymentAmount { get; set; }

    public void Check(ModelStateDictionary faults)
    {
        (amount, var fault) = FrenchAmount.Read(PaymentAmount);
        if (fault is not null)
            faults.AddModelError(nameof(PaymentAmount), fault);
    }

    public Task<IActionResult> OnPost() => Verification.Prove(this, journey, new IdentityProof.ReceivedPayment(amount), nameof(PaymentAmount));
}
