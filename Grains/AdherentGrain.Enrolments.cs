using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains;

internal sealed partial class AdherentGrain : IAdherentEnrolments
{
    Task<EnrolmentOverview?> IAdherentEnrolments.Read(SessionToken session) => Task.FromResult(MayUseSpace(session)
        ? EnrolmentsShown
        : null);

    async Task<EnrolmentOutcome> IAdherentEnrolments.Request(SessionToken session, string department, bool acknowledge)
    {
        if (!MayUseSpace(session))
            return EnrolmentOutcome.NotAllowed;
        var letter = Guid.CreateVersion7(Now);
        var dueAt = Now + policy.CodeDelay;
        var (enrolments, outcome) = State.Enrolments.Request(department, letter, dueAt, Now);
        var next = State.With(enrolments);
        if (outcome == EnrolmentOutcome.Requested)
        {
            next = next with { Dispatches = State.Dispatches.Request(letter, LetterKind.DepartmentCode, State.Contact.Email!, Now, dueAt) };
            if (acknowledge)
                next = await Acknowledged(next, enrolments.Requests[^1]);
        }
        await CommitAndQueue(next);
        return outcome;
    }

    async Task<bool> IAdherentEnrolments.Cancel(SessionToken session, string department)
    {
        if (!MayUseSpace(session) || State.Enrolments.PendingFor(department) is not { } request)
            return false;
        await Commit(State.WithoutRequest(request, Now));
        return true;
    }

    async Task<CodeOutcome> IAdherentEnrolments.EnterCode(SessionToken session, string department, ConfidentialCode code)
    {
        if (!MayUseSpace(session))
            return new CodeOutcome.NotAllowed();
        if (State.Enrolments.ObstacleAt(department, Now) is { } obstacle)
        {
            await Commit(State.With(State.Enrolments.ExpiredAt(Now))); // what was called expired stays so, whatever the clock does next
            return obstacle;
        }
        var match = await hasher.FindMatch(new(code.Value), State.Enrolments.CodesAt(Now));
        if (OpenSession(session) is not { } open)
            return new CodeOutcome.NotAllowed(); // it came to its end meanwhile
        var (enrolments, outcome) = State.Enrolments.TryCode(department, match, Now);
        if (outcome is CodeOutcome.Accepted)
        {
            var letter = enrolments.RequestOf(match!).Letter;
            await Commit(CodeHasArrived(match!) with { Sessions = State.Sessions.Oblige(open, letter) });
        }
        else
            await Commit(State.With(enrolments));
        return outcome;
    }

    private EnrolmentOverview EnrolmentsShown => State.Enrolments.ExpiredAt(Now).OverviewWith(State.PostalCopies);

    // As with a provisional password: a letter whose code was used has arrived, even if its worker never said so.
    private AdherentState CodeHasArrived(PasswordHash match)
    {
        var letter = State.Enrolments.RequestOf(match).Letter;
        return State with
        {
            Enrolments = State.Enrolments.Sent(letter, Now).Entered(match, Now + policy.Session.Absolute),
            Dispatches = State.Dispatches.Confirm(letter, Now),
        };
    }
}
