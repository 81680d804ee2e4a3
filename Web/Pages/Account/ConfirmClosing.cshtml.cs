using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.Account;

/// <summary>The account is closed, asked a second time, the password in hand.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class ConfirmClosingModel(AdherentSession session) : PageModel, ICheckedForm
{
    [BindProperty]
    public bool Confirm { get; set; }

    [BindProperty]
    public string? CurrentPassword { get; set; }

    public void Check(ModelStateDictionary faults)
    {
        if (!Confirm)
            faults.AddModelError(nameof(Confirm), "Cochez la case pour confirmer la fermeture, ou gardez votre espace privé.");
        NewPasswordInput.CheckCurrent(faults, nameof(CurrentPassword), CurrentPassword);
    }

    public async Task<IActionResult> OnPost()
    {
        switch (await session.Adherent<IAdherentAccount>().Close(session.Token, new Password(CurrentPassword!)))
        {
            case CloseOutcome.Closed:
                await session.Forget();
                return RedirectToPage("/SignIn/AccountClosed");
            case CloseOutcome.WrongPassword:
                return this.Refuse(nameof(CurrentPassword), Messages.WrongCurrentPassword);
            case CloseOutcome.Locked:
                return this.Refuse(nameof(CurrentPassword), Messages.PasswordLocked);
            default:
                return RedirectToPage("/SignIn/SignIn");
        }
    }
}
