using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Sessions;
using TypedPassword = MsaOrleans.Grains.Interfaces.Adherents.Password;

namespace MsaOrleans.Web.Pages.Account;

/// <summary>The change of password that he wants: the one he has is asked first.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class PasswordModel(AdherentSession session) : PageModel, ICheckedForm
{
    [BindProperty]
    public string? CurrentPassword { get; set; }

    [BindProperty]
    public string? NewPassword { get; set; }

    [BindProperty]
    public string? ConfirmPassword { get; set; }

    public void Check(ModelStateDictionary faults)
    {
        NewPasswordInput.CheckCurrent(faults, nameof(CurrentPassword), CurrentPassword);
        NewPasswordInput.Check(faults, nameof(NewPassword), NewPassword, nameof(ConfirmPassword), ConfirmPassword);
    }

    public async Task<IActionResult> OnPost()
    {
        switch (await session.Adherent<IAdherentCredentials>().Change(session.Token, new TypedPassword(CurrentPassword!), new TypedPassword(NewPassword!)))
        {
            case PasswordChangeOutcome.Changed changed:
                await session.Renew(changed.Session);
                return this.Done("Votre mot de passe a bien été modifié. Vos autres connexions ont été fermées.");
            case PasswordChangeOutcome.Rejected rejected:
                return this.Refuse(nameof(NewPassword), PasswordFlawTexts.Of(rejected.Flaws));
            case PasswordChangeOutcome.WrongCurrent:
                return this.Refuse(nameof(CurrentPassword), Messages.WrongCurrentPassword);
            case PasswordChangeOutcome.Locked:
                return this.Refuse(nameof(CurrentPassword), Messages.PasswordLocked);
            default:
                return RedirectToPage("/SignIn/SignIn");
        }
    }
}
