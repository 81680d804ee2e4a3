using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.Account;

/// <summary>A new postal address, told to the caisse, whose registry it is.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed partial class AddressModel(AdherentSession session) : PageModel, ICheckedForm
{
    [BindProperty]
    public string? AddressLine { get; set; }

    [BindProperty]
    public string? PostalCode { get; set; }

    [BindProperty]
    public string? City { get; set; }

    public void Check(ModelStateDictionary faults)
    {
        faults.Require(nameof(AddressLine), AddressLine, PostalAddress.MaxLength, "Saisissez le numéro et la rue, ou le lieu-dit.");
        if (!FiveDigits().IsMatch(PostalCode?.Trim() ?? ""))
            faults.AddModelError(nameof(PostalCode), "Saisissez le code postal : cinq chiffres, par exemple 67320.");
        faults.Require(nameof(City), City, PostalAddress.MaxLength, "Saisissez la commune.");
    }

    public async Task<IActionResult> OnPost() => this.DoneIf(
        await session.Adherent<IAdherentContact>().TellAddress(session.Token, new(AddressLine!.Trim(), PostalCode!.Trim(), City!.Trim())),
        "Votre nouvelle adresse a été transmise à votre caisse.");

    [GeneratedRegex(@"\A\d{5}\z", RegexOptions.ECMAScript)]
    private static partial Regex FiveDigits();
}
