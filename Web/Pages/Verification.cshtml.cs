using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Pages;

/// <summary>
/// Where anybody checks a certificate. The address in its QR code fills the field and shows nothing yet: whoever only looks at links, as mail programs and previews do,
/// learns no name; the button does, and is what limits count.
/// </summary>
public sealed class VerificationModel(IGrainFactory grains) : PageModel, ICheckedForm
{
    private VerificationCode? code;

    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    /// <summary>Nothing before the button was pressed.</summary>
    public IssuedCertificate? Found { get; private set; }

    public void OnGet()
    {
    }

    public void Check(ModelStateDictionary faults)
    {
        if (!VerificationCode.TryParse(Code, out code))
            faults.AddModelError(nameof(Code), string.IsNullOrWhiteSpace(Code)
                ? "Saisissez le code imprimé sur l'attestation."
                : "Ce code n'a pas la bonne forme. Saisissez les 16 lettres et chiffres imprimés sur l'attestation.");
    }

    public async Task<IActionResult> OnPost()
    {
        Found = await grains.GetGrain<ICertificateDirectory>(0).Find(code!);
        return Found is not null ? Page() : this.Refuse(
            nameof(Code),
            "Aucune attestation que nous gardons ne porte ce code. Vérifiez-le sur le papier. Une attestation se vérifie pendant un an au plus, tant que la personne garde son espace privé.");
    }
}
