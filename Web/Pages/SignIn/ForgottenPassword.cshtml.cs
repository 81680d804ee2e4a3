using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Journey;

namespace MsaOrleans.Web.Pages.SignIn;

/// <summary>A forgotten password. What was typed gets one answer, after one delay, whether or not there is such an account (ASVS 6.3.8).</summary>
public sealed class ForgottenPasswordModel(IGrainFactory grains, AdherentKeys keys, KnownIdentifier knownIdentifier, TimeProvider clock) : PageModel, ICheckedForm
{
    // Longer than the work takes: what little difference there is between one adherent and another does not show.
    private static readonly TimeSpan delay = TimeSpan.FromMilliseconds(400);

    private Nir? nir;
    private EmailAddress? email;

    [BindProperty]
    public string? Identifier { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    public void OnGet() => Identifier = knownIdentifier.Recall(HttpContext)?.Value;

    public void Check(ModelStateDictionary faults)
    {
        (nir, var fault) = NirInput.Read(Identifier);
        if (fault is not null)
            faults.AddModelError(nameof(Identifier), fault);
        email = ContactInput.ReadEmail(faults, nameof(Email), Email);
    }

    public async Task<IActionResult> OnPost()
    {
        var answer = Task.Delay(delay, clock);
        await grains.GetGrain<IAdherentCredentials>(keys.For(nir!)).Recover(email!);
        await answer;
        return RedirectToPage("/SignIn/ForgottenPasswordSent");
    }
}
