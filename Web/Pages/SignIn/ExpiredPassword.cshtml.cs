using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Web.Journey;

namespace MsaOrleans.Web.Pages.SignIn;

/// <summary>A provisional password was right but had expired: another one by mail, to the same address.</summary>
public sealed class ExpiredPasswordModel(IGrainFactory grains, ExpiredPasswordVisit visit) : PageModel
{
    /// <summary>Nothing before the button was pressed.</summary>
    public RenewalOutcome? Outcome { get; private set; }

    /// <summary>This browser has just shown such a password; nobody else is told that there was one.</summary>
    public bool IsRecognised => visit.Recall(HttpContext) is not null;

    public string Title => Outcome is null && !IsRecognised ? "Cette page ne sert plus" : "Mot de passe provisoire expiré";

    public IActionResult OnGet() => IsRecognised ? Page() : RedirectToPage("/SignIn/SignIn");

    public async Task<IActionResult> OnPost()
    {
        if (visit.Recall(HttpContext) is not { } adherent)
            return RedirectToPage("/SignIn/SignIn");
        Outcome = await grains.GetGrain<IAdherentCredentials>(adherent).RenewProvisional();
        visit.Forget(HttpContext);
        return Page();
    }
}
