using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Registration;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Journey;

namespace MsaOrleans.Web.Pages.Registration;

/// <summary>The terms, whose acceptance opens the account.</summary>
[Step(RegistrationStep.Terms)]
public sealed class TermsModel(RegistrationJourney journey, KnownIdentifier identifier) : PageModel, ICheckedForm
{
    /// <summary>The version that <c>/conditions-generales</c> shows.</summary>
    public const string Version = "2026-11";

    [BindProperty]
    public bool AcceptTerms { get; set; }

    public void Check(ModelStateDictionary faults)
    {
        if (!AcceptTerms)
            faults.AddModelError(nameof(AcceptTerms), "Pour finaliser votre inscription, cochez la case : il faut accepter les conditions générales d’utilisation.");
    }

    public async Task<IActionResult> OnPost()
    {
        var outcome = await journey.Registration.Complete(journey.Ticket, Version);
        if (outcome != CompletionOutcome.Completed)
            return await journey.Resume();
        identifier.Remember(HttpContext, journey.Progress!.Nir);
        return journey.GoTo(RegistrationStep.Finished);
    }
}
