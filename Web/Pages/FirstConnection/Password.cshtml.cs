using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Sessions;
using TypedPassword = MsaOrleans.Grains.Interfaces.Adherents.Password;

namespace MsaOrleans.Web.Pages.FirstConnection;

/// <summary>The forced change of the password, after a provisional one or the code of a department.</summary>
[SessionPage(FirstConnectionStep.Password)]
public sealed class PasswordModel(AdherentSession session) : PageModel, ICheckedForm
{
    [BindProperty]
    public string? NewPassword { get; set; }

    [BindProperty]
    public string? ConfirmPassword { get; set; }

    /// <summary>The department that is open once this is done.</summary>
    public string? Activating => session.Status?.Activating is { } department ? EnrolmentTexts.LabelOf(department) : null;

    public void Check(ModelStateDictionary faults) =>
        NewPasswordInput.Check(faults, nameof(NewPassword), NewPassword, nameof(ConfirmPassword), ConfirmPassword);

    public async Task<IActionResult> OnPost()
    {
        switch (await session.Adherent<IAdherentCredentials>().Personalise(session.Token, new TypedPassword(NewPassword!)))
        {
            case PasswordChangeOutcome.Changed changed:
                await session.Renew(changed.Session);
                return RedirectToPage("/FirstConnection/PasswordChanged");
            case PasswordChangeOutcome.Rejected rejected:
                return this.Refuse(nameof(NewPassword), PasswordFlawTexts.Of(rejected.Flaws));
            default:
                return RedirectToPage("/SignIn/SignIn");
        }
    }
}
