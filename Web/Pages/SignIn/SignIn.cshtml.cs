using Microsoft.AspNetCore.Mvc;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Caisses;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.FranceConnect.SignIn;
using MsaOrleans.Web.Journey;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.SignIn;

/// <summary>The door of the private space. Wrong, unknown, expired and locked get one and the same answer.</summary>
public sealed class SignInModel(
    IGrainFactory grains, AdherentKeys keys, AdherentSession session, KnownIdentifier knownIdentifier, ExpiredPasswordVisit expired, WantedPage wanted, FranceConnectSignIn franceConnect) : CredentialsPage
{
    /// <summary>The question of <em>Aide à la connexion</em>: a department, asked by GET, since it changes nothing.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Department { get; set; }

    /// <summary>Its answer.</summary>
    public Caisse? Caisse { get; private set; }

    public string? DepartmentLabel { get; private set; }

    public bool OffersFranceConnect => franceConnect.IsOffered;

    /// <summary>He set out for FranceConnect, and said no there.</summary>
    public bool HasTurnedBack => FranceConnectSignIn.HasTurnedBack(Request);

    public IActionResult OnGet()
    {
        if (session.Status is { } status)
            return RedirectToPage(AdherentSession.PageOf(status.Due));
        Identifier = knownIdentifier.Recall(HttpContext)?.Value;
        if (Request.Query.ContainsKey(nameof(Department)))
            FindCaisse();
        return Page();
    }

    public async Task<IActionResult> OnPost()
    {
        if (TypedPassword is not { } password)
            return RefuseCredentials();
        var adherent = keys.For(Nir);
        var outcome = await grains.GetGrain<IAdherentCredentials>(adherent).SignIn(password, Origins.Of(HttpContext));
        if (outcome is SignInOutcome.Expired)
        {
            expired.Remember(HttpContext, adherent);
            return RedirectToPage("/SignIn/ExpiredPassword");
        }
        if (outcome is not SignInOutcome.SignedIn signedIn)
            return RefuseCredentials();
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
