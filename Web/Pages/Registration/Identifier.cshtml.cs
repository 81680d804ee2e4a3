using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Registration;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Journey;
using NirNumber = MsaOrleans.Grains.Interfaces.Adherents.Nir;

namespace MsaOrleans.Web.Pages.Registration;

/// <summary>The NIR, which is the identifier.</summary>
[Step(RegistrationStep.Identifier)]
public sealed class IdentifierModel(RegistrationJourney journey) : PageModel, ICheckedForm
{
    private NirNumber? nir;

    [BindProperty]
    public string? Nir { get; set; }

    public void OnGet() => Nir = journey.Progress is { Completed: false } progress ? progress.Nir.Grouped : null;

    public void Check(ModelStateDictionary faults)
    {
        (nir, var fault) = NirInput.Read(Nir);
        if (fault is not null)
            faults.AddModelError(nameof(Nir), fault);
    }

    public async Task<IActionResult> OnPost() => await journey.Begin(nir!) switch
    {
        BeginOutcome.Begun => RedirectToPage(RegistrationJourney.PageOf(RegistrationStep.Preparation)),
        BeginOutcome.AccountExists => RedirectToPage("/Registration/AccountExists"),
    };
}
