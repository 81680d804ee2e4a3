using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Journey;
using MsaOrleans.Web.Sessions;
using TypedPassword = MsaOrleans.Grains.Interfaces.Adherents.Password;

namespace MsaOrleans.Web.Pages.SignIn;

/// <summary>The door of the private space. Wrong, unknown, expired and locked get one and the same answer.</summary>
public sealed class SignInModel(IGrainFactory grains, AdherentKeys keys, AdherentSession session, KnownIdentifier knownIdentifier) : PageModel, ICheckedForm
{
    private const string Refused =
        "L’identifiant ou le mot de passe n’est pas correct. Vérifiez-les, majuscules et minuscules comprises. "
        + "Après plusieurs essais manqués, l’accès est suspendu quelque temps : patientez un quart d’heure avant de réessayer.";

    private Nir? nir;

    [BindProperty]
    public string? Identifier { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public IActionResult OnGet()
    {
        if (session.Status is { } status)
            return RedirectToPage(AdherentSession.PageOf(status.Due));
        Identifier = knownIdentifier.Recall(HttpContext)?.Value;
        return Page();
    }

    public void Check(ModelStateDictionary faults)
    {
        (nir, var fault) = NirInput.Read(Identifier);
        if (fault is not null)
            faults.AddModelError(nameof(Identifier), fault);
        if (string.IsNullOrEmpty(Password))
            faults.AddModelError(nameof(Password), "Saisissez votre mot de passe.");
    }

    public async Task<IActionResult> OnPost()
    {
        if (Password!.Length > PasswordFlawTexts.LongestRead)
            return this.Refuse("", Refused);
        var adherent = keys.For(nir!);
        if (await grains.GetGrain<IAdherentCredentials>(adherent).SignIn(new TypedPassword(Password)) is not SignInOutcome.SignedIn signedIn)
            return this.Refuse("", Refused);
        knownIdentifier.Forget(HttpContext);
        await session.Start(adherent, signedIn.Session);
        return RedirectToPage(AdherentSession.PageOf(signedIn.Due));
    }
}
