using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Caisses;
using MsaOrleans.Web.Assistance;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Pages.Assistance;

/// <summary>Confirms what an agent is about to do, and says what came of it.</summary>
public sealed class ActModel(IGrainFactory grains, AgentSession session, CurrentCall current, FileHandles handles)
    : FilePage(grains, session, current, handles), IPageWithContent, ICheckedForm
{
    private readonly AgentSession session = session;
    private EmailAddress? email;

    [BindProperty(SupportsGet = true, Name = "act")]
    public string Slug { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "department")]
    public string? DepartmentCode { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? CallReference { get; set; }

    [BindProperty]
    public string? NewEmail { get; set; }

    [BindProperty]
    public bool PhoneChecked { get; set; }

    public FileAct? Act => FileAct.Of(Slug);

    /// <summary>The one it is about.</summary>
    public Department? Department => DepartmentInput.Read(DepartmentCode, "").Department;

    public bool AsksForEmail => Act?.Kind == AuditedAct.CorrectedEmail;

    public async Task<IActionResult> OnGet()
    {
        if (await Load() is { } instead)
            return instead;
        (Reason, CallReference) = (Call.Reason, Call.CallReference);
        return Page();
    }

    public Task<IActionResult?> Load() => Task.FromResult(Enter() ?? (Act is null || (Act.OfDepartment && Department is null) ? NotFound() : null));

    public void Check(ModelStateDictionary faults)
    {
        if (AsksForEmail)
        {
            email = CallInput.ReadEmail(faults, nameof(NewEmail), NewEmail);
            if (!PhoneChecked)
                faults.AddModelError(nameof(PhoneChecked), PhoneNotChecked);
        }
        CallInput.Check(faults, nameof(Reason), Reason, nameof(CallReference), CallReference);
    }

    public async Task<IActionResult> OnPost()
    {
        if (await Load() is { } instead)
            return instead;
        switch (await Carry(CallInput.Read(session.Status!.Login, Reason!, CallReference)))
        {
            case AssistanceOutcome.Done:
                TempData["Done"] = Act!.Done;
                return RedirectToPage("/Assistance/File", new { Handle });
            case AssistanceOutcome.ReasonMissing:
                return this.Refuse(nameof(Reason), CallInput.ReasonMissing);
            case AssistanceOutcome.PhoneNotChecked:
                return this.Refuse(nameof(PhoneChecked), PhoneNotChecked);
            case AssistanceOutcome.NoAccount:
                return this.Refuse("", "Il n'a pas de compte : qu'il termine d'abord son inscription. Rien n'a été modifié.");
            case AssistanceOutcome.TooMany:
                return this.Refuse("", "Cinq mots de passe lui ont déjà été envoyés en un jour : il faut attendre demain. Rien n'a été envoyé.");
            default:
                return this.Refuse("", Act!.Nothing);
        }
    }

    private const string PhoneNotChecked = "Vérifiez d'abord au téléphone que vous parlez bien à l'adhérent, puis cochez cette case.";

    private Task<AssistanceOutcome> Carry(AgentAct by) => Act!.Kind switch
    {
        AuditedAct.UnlockedVerification => Assisted.UnlockVerification(by),
        AuditedAct.UnlockedSignIn => Assisted.UnlockSignIn(by),
        AuditedAct.SentProvisionalPassword => Assisted.SendProvisionalPassword(by),
        AuditedAct.CorrectedEmail => Assisted.CorrectEmail(by, email!, PhoneChecked),
        AuditedAct.ClosedSessions => Assisted.CloseSessions(by),
        AuditedAct.CancelledDepartmentCode => Assisted.CancelDepartment(by, Department!.Code),
        AuditedAct.HastenedDepartmentCode => Assisted.HastenDepartment(by, Department!.Code),
        _ => throw new InvalidOperationException("It has no page."),
    };
}
