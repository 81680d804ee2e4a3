using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Caisses;

namespace MsaOrleans.Grains;

internal sealed partial class AdherentGrain : IAdherentAssistance
{
    private const int MaxRecordShown = 100;

    async Task<AdherentFile?> IAdherentAssistance.Look(AgentAct act)
    {
        if (!HasReason(act))
            return null;
        await PutOnRecord(AuditedAct.Looked, act);
        var known = await RegistryIfItAnswers(async caisses => new CaisseKnowledge(await caisses.Find(Key), await caisses.Payments(Key)));
        return new AssistanceFile(State, known, await audit.About(Key, MaxRecordShown), policy, Now).DrawUp();
    }

    async Task<string?> IAdherentAssistance.Reveal(AgentAct act, HiddenValue what)
    {
        if (!HasReason(act))
            return null;
        var value = what switch
        {
            HiddenValue.Nir => State.Nir?.Grouped,
            HiddenValue.Email => State.Contact.Email?.Value,
            HiddenValue.PendingEmail => State.Contact.WithoutExpired(Now).PendingEmail?.Address.Value,
            HiddenValue.DeclaredEmail => State.Registration.Drafts.MaxBy(d => d.EraseAt)?.Details?.Email.Value,
            HiddenValue.MobilePhone => State.Contact.MobilePhone?.Value,
            HiddenValue.LandlinePhone => State.Contact.LandlinePhone?.Value,
        };
        await PutOnRecord(AuditedAct.Revealed, act, AssistanceDetail.Of(value is null ? AssistanceOutcome.NothingToDo : AssistanceOutcome.Done, $"{what}"));
        return value;
    }

    Task<AssistanceOutcome> IAdherentAssistance.UnlockVerification(AgentAct act) =>
        Do(act, AuditedAct.UnlockedVerification, AssistanceActs.UnlockVerification(State, Now));

    Task<AssistanceOutcome> IAdherentAssistance.UnlockSignIn(AgentAct act) => Do(act, AuditedAct.UnlockedSignIn, AssistanceActs.UnlockSignIn(State, Now));

    Task<AssistanceOutcome> IAdherentAssistance.SendProvisionalPassword(AgentAct act) =>
        Do(act, AuditedAct.SentProvisionalPassword, AssistanceActs.SendProvisionalPassword(State, Guid.CreateVersion7(Now), Now));

    Task<AssistanceOutcome> IAdherentAssistance.CorrectEmail(AgentAct act, EmailAddress address, bool phoneChecked) => Do(
        act,
        AuditedAct.CorrectedEmail,
        AssistanceActs.CorrectEmail(State, address, phoneChecked, Guid.CreateVersion7(Now), Guid.CreateVersion7(Now), Now),
        $"{address}");

    Task<AssistanceOutcome> IAdherentAssistance.CancelDepartment(AgentAct act, string department) =>
        Do(act, AuditedAct.CancelledDepartmentCode, AssistanceActs.CancelDepartment(State, department, Now), NameOf(department));

    Task<AssistanceOutcome> IAdherentAssistance.HastenDepartment(AgentAct act, string department) =>
        Do(act, AuditedAct.HastenedDepartmentCode, AssistanceActs.HastenDepartment(State, department, Now), NameOf(department));

    Task<AssistanceOutcome> IAdherentAssistance.CloseSessions(AgentAct act) =>
        Do(act, AuditedAct.ClosedSessions, AssistanceActs.CloseSessions(State, policy.Session, Now));

    Task<AssistanceOutcome> IAdherentAssistance.AddNote(AgentAct act, string text) =>
        Do(act, AuditedAct.AddedNote, AssistanceActs.AddNote(State, act.Agent, text, Now));

    // Decided, put on record, carried out: all in one turn, so that what was decided still holds. An act that had no effect is on record as such.
    private async Task<AssistanceOutcome> Do(AgentAct act, AuditedAct what, (AdherentState Next, AssistanceOutcome Outcome) decided, string? subject = null)
    {
        if (!HasReason(act))
            return AssistanceOutcome.ReasonMissing;
        await PutOnRecord(what, act, AssistanceDetail.Of(decided.Outcome, subject));
        if (decided.Outcome is AssistanceOutcome.Done)
            await CommitAndQueue(decided.Next);
        return decided.Outcome;
    }

    private Task PutOnRecord(AuditedAct what, AgentAct by, string? detail = null) => audit.Append(new(Now, what, by, Key, detail));

    // What is no department is not put on record either: it may be anything.
    private static string? NameOf(string department) => CaisseDirectory.Department(department) is null ? null : department;

    private static bool HasReason(AgentAct act) => !string.IsNullOrWhiteSpace(act.Reason);
}
