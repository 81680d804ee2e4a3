using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.Account;

/// <summary>Takes back the way in by FranceConnect.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class FranceConnectModel(AdherentSession session) : PageModel
{
    public async Task<IActionResult> OnGet() =>
        await session.Adherent<IAdherentFranceConnect>().LinkedSince(session.Token) is null ? RedirectToPage("/Account/Index") : Page();

    public async Task<IActionResult> OnPost() => await session.Adherent<IAdherentFranceConnect>().Unlink(session.Token) switch
    {
        UnlinkOutcome.Unlinked => this.Done("Votre espace privé n'est plus relié à FranceConnect."),
        UnlinkOutcome.NoPassword => this.Refuse("", "FranceConnect est votre seul moyen de vous connecter. Choisissez d’abord un mot de passe, puis recommencez."),
        UnlinkOutcome.NotOpen => RedirectToPage("/SignIn/SignIn"),
    };
}
