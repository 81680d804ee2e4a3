using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Pages.Account;

/// <summary>All that is kept about him, as a file.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class DataModel(AdherentSession session) : PageModel, ICheckedForm
{
    [BindProperty]
    public string? CurrentPassword { get; set; }

    public void Check(ModelStateDictionary faults) => NewPasswordInput.CheckCurrent(faults, nameof(CurrentPassword), CurrentPassword);

    public async Task<IActionResult> OnPost() =>
        await session.Adherent<IAdherentAccount>().Export(session.Token, new Password(CurrentPassword!)) switch
        {
            ExportOutcome.Exported exported => File(
                await PersonalDataArchive.Of(exported.Data, attachment => session.Adherent<IAdherentMessages>().Open(session.Token, attachment.Id)), "application/zip", "mes-donnees-msa.zip"),
            ExportOutcome.WrongPassword => this.Refuse(nameof(CurrentPassword), Messages.WrongCurrentPassword),
            ExportOutcome.Locked => this.Refuse(nameof(CurrentPassword), Messages.PasswordLocked),
            _ => RedirectToPage("/SignIn/SignIn"),
        };
}
