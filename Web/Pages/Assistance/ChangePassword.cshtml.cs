using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Web.Assistance;
using MsaOrleans.Web.Forms;
using TypedPassword = MsaOrleans.Grains.Interfaces.Adherents.Password;

namespace MsaOrleans.Web.Pages.Assistance;

/// <summary>The change of password that an agent wants: the one he has is asked first.</summary>
public sealed class ChangePasswordModel(AgentSession session) : PageModel, ICheckedForm
{
    private const string Locked = "Trop de mots de passe erronés : patientez un quart d’heure avant de réessayer. Rien n’a été modifié.";

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
        switch (await session.Agent.Change(session.Token, new TypedPassword(CurrentPassword!), new TypedPassword(NewPassword!)))
        {
            case PasswordChangeOutcome.Changed changed:
                await session.Renew(changed.Session);
                TempData["Done"] = "Votre mot de passe est modifié. Vos autres connexions sont fermées.";
                return RedirectToPage("/Assistance/Index");
            case PasswordChangeOutcome.Rejected rejected:
                return this.Refuse(nameof(NewPassword), PasswordFlawTexts.Of(rejected.Flaws));
            case PasswordChangeOutcome.WrongCurrent:
                return this.Refuse(nameof(CurrentPassword), Messages.WrongCurrentPassword);
            case PasswordChangeOutcome.Locked:
                return this.Refuse(nameof(CurrentPassword), Locked);
            default:
                return RedirectToPage("/Assistance/SignIn");
        }
    }
}
