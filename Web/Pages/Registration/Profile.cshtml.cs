using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Journey;

namespace MsaOrleans.Web.Pages.Registration;

/// <summary>Who signs up. Only individuals do so here; every other profile is told its own way.</summary>
[Step(RegistrationStep.Profile)]
public sealed class ProfileModel(RegistrationJourney journey) : PageModel, ICheckedForm
{
    private const string Individual = "individual";

    [BindProperty]
    public string? Profile { get; set; }

    public void OnGet() => Profile = journey.Visit is null ? null : Individual;

    public void Check(ModelStateDictionary faults)
    {
        if (Profile != Individual && !OtherProfileModel.Exists(Profile))
            faults.AddModelError(nameof(Profile), "Choisissez le profil qui vous correspond.");
    }

    public IActionResult OnPost()
    {
        if (Profile != Individual)
            return RedirectToPage("/Registration/OtherProfile", new { profile = Profile });
        journey.ChooseIndividual();
        return RedirectToPage(RegistrationJourney.PageOf(RegistrationStep.Identifier));
    }
}
