using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Sessions;
using Chosen = MsaOrleans.Grains.Interfaces.Caisses.Department;

namespace MsaOrleans.Web.Pages.Enrolment;

/// <summary>The confidential code of a department: the right one leads to the forced change of the password.</summary>
[SessionPage(FirstConnectionStep.None)]
public sealed class CodeModel(AdherentSession session) : PageModel, ICheckedForm
{
    private Chosen? chosen;
    private ConfidentialCode? code;

    [BindProperty]
    public string? Department { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    public async Task OnGet()
    {
        var waiting = (await session.Adherent<IAdherentEnrolments>().Read(session.Token))?.Requests.Where(request => request.IsPending).ToList() ?? [];
        Department = (waiting.Find(request => request.CodeSentAt is not null) ?? waiting.FirstOrDefault())?.Department;
    }

    public void Check(ModelStateDictionary faults)
    {
        (chosen, var fault) = DepartmentInput.Read(Department, "Choisissez le département pour lequel vous avez reçu le code.");
        if (fault is not null)
            faults.AddModelError(nameof(Department), fault);
        if (string.IsNullOrWhiteSpace(Code))
            faults.AddModelError(nameof(Code), "Saisissez le code confidentiel que vous avez reçu par courriel.");
        else if (!ConfidentialCode.TryParse(Code, out code))
            faults.AddModelError(nameof(Code), $"Ce code n’est pas complet, ou contient une erreur. Recopiez les {ConfidentialCode.Length} lettres et chiffres du courriel.");
    }

    public async Task<IActionResult> OnPost() =>
        await session.Adherent<IAdherentEnrolments>().EnterCode(session.Token, chosen!.Code, code!) switch
        {
            CodeOutcome.Accepted => RedirectToPage(AdherentSession.PageOf(FirstConnectionStep.Password)),
            CodeOutcome.Wrong wrong => this.Refuse(
                nameof(Code), $"Ce code n’est pas celui du département {chosen.Label}. Recopiez-le depuis le courriel. {TriesLeft(wrong.TriesLeft)}"),
            CodeOutcome.OtherDepartment other => this.Refuse(
                nameof(Department), $"Ce code est celui d’un autre département : {EnrolmentTexts.LabelOf(other.Department)}. Choisissez-le dans la liste, puis validez à nouveau."),
            CodeOutcome.Locked => this.Refuse(
                nameof(Code), "Ce code est annulé, après trop de saisies erronées. Faites une nouvelle demande pour ce département : un nouveau code vous sera envoyé."),
            CodeOutcome.Expired => this.Refuse(
                nameof(Code), "Ce code n’est plus valable : il n’a pas été saisi à temps. Faites une nouvelle demande pour ce département."),
            CodeOutcome.NotSentYet waiting => this.Refuse(
                nameof(Code), $"Le code du département {chosen.Label} n’est pas encore parti. Son envoi est prévu le {FrenchCalendar.Moment(waiting.DueAt)}."),
            CodeOutcome.AlreadyActive => this.Refuse(nameof(Department), $"Le département {chosen.Label} est déjà actif : aucun code n’est nécessaire."),
            CodeOutcome.NotRequested => this.Refuse(
                nameof(Department), $"Aucun code n’est attendu pour le département {chosen.Label}. Vérifiez le département, ou faites d’abord une demande."),
            CodeOutcome.NotAllowed => RedirectToPage("/SignIn/SignIn"),
            var other => throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}."),
        };

    private static string TriesLeft(int tries) => tries == 1
        ? "Il vous reste un essai avant que ce code soit annulé."
        : $"Il vous reste {tries} essais avant que ce code soit annulé.";
}
