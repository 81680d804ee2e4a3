using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;

namespace MsaOrleans.Grains.Tests.Stateful;

/// <summary>What the hotline does for whoever has an account: a way in, another address, his departments, his sessions.</summary>
internal sealed partial class Life
{
    private readonly List<DateTimeOffset> sentByAgents = [];

    private async Task SendPassword()
    {
        var outcome = await (await world.Facet<IAdherentAssistance>()).SendProvisionalPassword(call);
        Tell($"the hotline has a password sent: {outcome}");
        if (outcome != AssistanceOutcome.Done)
            return;
        Must(HasAccount, "A way in was sent into an account that is none.");
        AgentSends();
        Expect(personal is null ? LetterKind.ProvisionalPassword : LetterKind.NewProvisionalPassword, address!);
    }

    private void AgentSends()
    {
        sentByAgents.Add(Now);
        Must(sentByAgents.Count(at => at > Now.AddDays(-1)) <= 5, "More than five a day.");
    }

    private async Task CorrectEmail(EmailAddress wanted)
    {
        var wasUnread = personal is null && !isRead && subject is null;
        var outcome = await (await world.Facet<IAdherentAssistance>()).CorrectEmail(call, wanted, phoneChecked: true);
        Tell($"the hotline is told of {wanted}: {outcome}");
        if (outcome != AssistanceOutcome.Done)
            return;
        Must(HasAccount && wanted != address, "An address was corrected that is none.");
        if (!wasUnread)
        {
            Expect(LetterKind.EmailChangeLink, wanted);
            Expect(LetterKind.EmailCorrectionRequested, address!);
            return;
        }
        AgentSends();
        EndWaysIn();
        foreach (var session in sessions)
            session.IsEnded = true;
        Expect(LetterKind.EmailCorrected, address!);
        Expect(LetterKind.ProvisionalPassword, wanted);
        (address, isRead, pending) = (wanted, false, null);
    }

    private async Task HastenCode(string department)
    {
        var outcome = await (await world.Facet<IAdherentAssistance>()).HastenDepartment(call, department);
        Tell($"the hotline hastens the code for {department}: {outcome}");
    }

    private async Task CancelCode(string department)
    {
        var outcome = await (await world.Facet<IAdherentAssistance>()).CancelDepartment(call, department);
        Tell($"the hotline cancels the code for {department}: {outcome}");
        if (outcome != AssistanceOutcome.Done)
            return;
        foreach (var request in requests.Where(r => !r.IsOver && r.Department == department))
            End(request);
    }

    private async Task CloseSessions()
    {
        var outcome = await (await world.Facet<IAdherentAssistance>()).CloseSessions(call);
        Tell($"the hotline closes his sessions: {outcome}");
        Must(outcome == AssistanceOutcome.Done || !sessions.Exists(s => s.MustBeOpen(Now)), "Sessions are open that the hotline does not see.");
        if (outcome != AssistanceOutcome.Done)
            return;
        foreach (var session in sessions)
            session.IsEnded = true;
    }
}
