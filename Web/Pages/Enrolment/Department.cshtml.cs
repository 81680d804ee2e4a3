using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Sessions;
using Chosen = MsaOrleans.Grains.Interfaces.Caisses.Department;

namespace MsaOrleans.Web.Pages.Enrolment;

/// <summary>The choice of one more department.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class DepartmentModel(AdherentSession session) : PageModel, ICheckedForm
{
    private Chosen? chosen;

    [BindProperty]
    public string? Department { get; set; }

    public void Check(ModelStateDictionary faults)
    {
        (chosen, var fault) = DepartmentInput.Read(Department, "Choisissez un département dans la liste.");
        if (fault is not null)
            faults.AddModelError(nameof(Department), fault);
    }

    public async Task<IActionResult> OnPost() =>
        await session.Adherent<IAdherentEnrolments>().Request(session.Token, chosen!.Code, acknowledge: true) switch
        {
            EnrolmentOutcome.Requested => RedirectToPage("/Enrolment/Receipt"),
            EnrolmentOutcome.AlreadyActive => this.Refuse(
                nameof(Department), $"Le département {chosen.Label} est déjà actif dans votre espace : vous n’avez rien à demander."),
            EnrolmentOutcome.AlreadyRequested => this.Refuse(
                nameof(Department), $"Vous avez déjà demandé le département {chosen.Label}. Votre demande et la date du code figurent dans Mon compte."),
            EnrolmentOutcome.UnknownDepartment => this.Refuse(nameof(Department), "Ce département n’existe pas. Choisissez-le dans la liste."),
            EnrolmentOutcome.TooMany => this.Refuse(
                nameof(Department), "Vous avez fait cinq demandes en 24 heures : c’est le maximum. Vous pourrez en faire une autre demain."),
            EnrolmentOutcome.NotAllowed => RedirectToPage("/SignIn/SignIn"),
        };
}
