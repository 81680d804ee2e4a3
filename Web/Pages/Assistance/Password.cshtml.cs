using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Web.Assistance;
using MsaOrleans.Web.Forms;
using TypedPassword = MsaOrleans.Grains.Interfaces.Adherents.Password;

namespace MsaOrleans.Web.Pages.Assistance;

/// <summary>The forced change of an agent's provisional password.</summary>
[OpenWhile(AgentStep.Password)]
public sealed class PasswordModel(AgentSession session) : PageModel, ICheckedForm
{
    [BindProperty]
    public string? NewPassword { get; set; }

    [BindProperty]
    public string? ConfirmPassword { get; set; }

    public void Check(ModelStateDictionary faults) =>
        NewPasswordInput.Check(faults, nameof(NewPassword), NewPassword, nameof(ConfirmPassword), ConfirmPassword);

    public async Task<IActionResult> OnPost()
    {
        switch (await session.Agent.Personalise(session.Token, new TypedPassword(NewPassword!)))
        {
            case PasswordChangeOutcome.Changed changed:
                await session.Renew(changed.Session);
                TempData["Done"] = "Votre mot de passe est enregistré.";
                return RedirectToPage("/Assistance/Index");
            case PasswordChangeOutcome.Rejected rejected:
                return this.Refuse(nameof(NewPassword), PasswordFlawTexts.Of(rejected.Flaws));
            default:
                return RedirectToPage("/Assistance/SignIn");
        }
    }
}
