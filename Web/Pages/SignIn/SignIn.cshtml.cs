using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Caisses;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Journey;
using MsaOrleans.Web.Sessions;
using TypedPassword = MsaOrleans.Grains.Interfaces.Adherents.Password;

namespace MsaOrleans.Web.Pages.SignIn;

/// <summary>The door of the private space. Wrong, unknown, expired and locked get one and the same answer.</summary>
public sealed class SignInModel(
    IGrainFactory grains, AdherentKeys keys, AdherentSession session, KnownIdentifier knownIdentifier, ExpiredPasswordVisit expired, WantedPage wanted) : PageModel, ICheckedForm
{
    private const string Refused =
        "L’identifiant ou le mot de passe n’est pas correct. Vérifiez-les, majuscules et minuscules comprises. "
        + "Après plusieurs essais manqués, l’accès est suspendu quelque temps : patientez un quart d’heure avant de réessayer.";

    private Nir? nir;

    [BindProperty]
    public string? Identifier { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>The question of <em>Aide à la connexion</em>: a department, asked by GET, since it changes nothing.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Department { get; set; }

    /// <summary>Its answer.</summary>
    public Caisse? Caisse { get; private set; }

    public string? DepartmentLabel { get; private set; }

    public IActionResult OnGet()
    {
        if (session.Status is { } status)
            return RedirectToPage(AdherentSession.PageOf(status.Due));
        Identifier = knownIdentifier.Recall(HttpContext)?.Value;
        if (Request.Query.ContainsKey(nameof(Department)))
            FindCaisse();
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
        var outcome = await grains.GetGrain<IAdherentCredentials>(adherent).SignIn(new TypedPassword(Password), Origins.Of(HttpContext));
        if (outcome is SignInOutcome.Expired)
        {
            expired.Remember(HttpContext, adherent);
            return RedirectToPage("/SignIn/ExpiredPassword");
        }
        if (outcome is not SignInOutcome.SignedIn signedIn)
            return this.Refuse("", Refused);
        knownIdentifier.Forget(HttpContext);
        await session.Start(adherent, signedIn.Session);
        return signedIn.Due == FirstConnectionStep.None && wanted.Take(HttpContext) is { } path
            ? LocalRedirect(path)
            : RedirectToPage(AdherentSession.PageOf(signedIn.Due));
    }

    private void FindCaisse()
    {
        var (department, fault) = DepartmentInput.Read(Department, "Saisissez votre numéro de département, par exemple 67.");
        if (fault is not null)
            ModelState.AddModelError(nameof(Department), fault);
        (Caisse, DepartmentLabel) = (department is null ? null : CaisseDirectory.CaisseOf(department.Code), department?.Label);
    }
}
