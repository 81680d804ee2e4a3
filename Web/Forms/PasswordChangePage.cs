using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;

namespace MsaOrleans.Web.Forms;

/// <summary>The change of password that somebody wants: the one he has is asked first.</summary>
/// <param name="signInPage">For whoever is not signed in any more.</param>
/// <param name="locked">What he reads who has guessed too often.</param>
public abstract class PasswordChangePage(string signInPage, string locked) : PageModel, ICheckedForm
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

    public async Task<IActionResult> OnPost() => await Change(new(CurrentPassword!), new(NewPassword!)) switch
    {
        PasswordChangeOutcome.Changed changed => await GoOn(changed.Session),
        PasswordChangeOutcome.Rejected rejected => this.Refuse(nameof(NewPassword), PasswordFlawTexts.Of(rejected.Flaws)),
        PasswordChangeOutcome.WrongCurrent => this.Refuse(nameof(CurrentPassword), Messages.WrongCurrentPassword),
        PasswordChangeOutcome.Locked => this.Refuse(nameof(CurrentPassword), locked),
        _ => RedirectToPage(signInPage),
    };

    protected abstract Task<PasswordChangeOutcome> Change(Password current, Password chosen);

    /// <summary>Goes on with the session that is the only one now.</summary>
    protected abstract Task<IActionResult> GoOn(SessionToken next);
}
