using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.Account;

/// <summary>Another e-mail address; it is used once the link sent to it has been opened.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class EmailModel(AdherentSession session) : PageModel, ICheckedForm
{
    private EmailAddress? email;

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? CurrentPassword { get; set; }

    public async Task OnGet() => Email = (await session.Adherent<IAdherentContact>().Read(session.Token))?.Email.Value;

    public void Check(ModelStateDictionary faults)
    {
        email = ContactInput.ReadEmail(faults, nameof(Email), Email);
        NewPasswordInput.CheckCurrent(faults, nameof(CurrentPassword), CurrentPassword);
    }

    public async Task<IActionResult> OnPost() =>
        await session.Adherent<IAdherentContact>().ChangeEmail(session.Token, new Password(CurrentPassword!), email!) switch
        {
            EmailChangeOutcome.ToProve => this.Done($"Un lien a été envoyé à {email!.Value}. Ouvrez-le dans les 24 heures pour que cette adresse soit utilisée."),
            EmailChangeOutcome.Unchanged => this.Done($"Votre adresse reste {email!.Value}."),
            EmailChangeOutcome.WrongPassword => this.Refuse(nameof(CurrentPassword), Messages.WrongCurrentPassword),
            EmailChangeOutcome.Locked => this.Refuse(nameof(CurrentPassword), Messages.PasswordLocked),
            EmailChangeOutcome.TooMany => this.Refuse(
                nameof(Email), "Vous avez demandé cinq fois une autre adresse en 24 heures : c’est le maximum. Vous pourrez recommencer demain."),
            EmailChangeOutcome.NotAllowed => RedirectToPage("/SignIn/SignIn"),
        };
}
