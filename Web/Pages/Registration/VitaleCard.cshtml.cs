using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Identity;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Journey;

namespace MsaOrleans.Web.Pages.Registration;

/// <summary>Proof of identity by the serial of the carte Vitale.</summary>
[Step(RegistrationStep.VitaleCard)]
public sealed class VitaleCardModel(RegistrationJourney journey, IConfiguration configuration) : PageModel, ICheckedForm
{
    private string serial = "";

    [BindProperty]
    public string? CardKind { get; set; }

    [BindProperty]
    public string? CardSerial { get; set; }

    public string Prefix => VitaleSerial.PrefixOf(configuration);

    public void Check(ModelStateDictionary faults)
    {
        if (CardKind is not ("with-photo" or "without-photo" or "none"))
            faults.AddModelError(nameof(CardKind), "Dites quelle carte Vitale vous avez.");
        if (CardKind == "none")
            return;
        (serial, var fault) = VitaleSerial.Read(CardSerial, Prefix);
        if (fault is not null)
            faults.AddModelError(nameof(CardSerial), fault);
    }

    public async Task<IActionResult> OnPost() => CardKind == "none"
        ? journey.GoTo(RegistrationStep.Payment)
        : await Verification.Prove(this, journey, new IdentityProof.VitaleCard(serial), nameof(CardSerial));
}
