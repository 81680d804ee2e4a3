using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Sessions;

namespace MsaOrleans.Grains;

internal sealed partial class AdherentGrain : IAdherentSessions
{
    async Task<SessionStatus?> IAdherentSessions.Check(SessionToken session)
    {
        if (OpenSession(session) is not { } open)
            return null;
        await Commit(State with { Sessions = State.Sessions.Seen(open, Now) });
        return new(
            State.Identity!.DisplayName,
            State.Due(open),
            new(policy.Session.Idle, open.StartedAt + policy.Session.Absolute),
            State.Enrolments.Pending.FirstOrDefault(r => r.Letter == open.Enrolment)?.Department);
    }

    Task IAdherentSessions.SignOut(SessionToken session) =>
        Commit(State with { Sessions = State.Sessions.Close(SecretHash.Of(session.Secret)) });

    Task<SessionOverview?> IAdherentSessions.Overview(SessionToken session) => Task.FromResult(MayUseSpace(session) ? OverviewOf(OpenSession(session)!) : null);

    async Task<int> IAdherentSessions.CloseOthers(SessionToken session)
    {
        if (!MayUseSpace(session))
            return 0;
        var others = State.Sessions.OpenAt(Now, policy.Session).Count() - 1;
        await Commit(State with { Sessions = State.Sessions.CloseOthers(OpenSession(session)!) });
        return others;
    }

    private SessionOverview OverviewOf(Session asking) => new(
        [.. State.Sessions.OpenAt(Now, policy.Session).OrderByDescending(s => s.LastSeenAt).Select(s => new OpenSessionSummary(s == asking, s.StartedAt, s.LastSeenAt, s.Origin))],
        [.. State.Credentials.SignIns.Reverse().Select(s => new SignInSummary(s.At, s.Means, s.Origin))]);

    private Session? OpenSession(SessionToken token) => State.Sessions.Find(SecretHash.Of(token.Secret), policy.Session, Now);
}
