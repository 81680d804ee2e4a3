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
        return new(State.Identity!.DisplayName, State.Due(open), State.Enrolments.Pending.FirstOrDefault(r => r.Letter == open.Enrolment)?.Department);
    }

    Task IAdherentSessions.SignOut(SessionToken session) =>
        Commit(State with { Sessions = State.Sessions.Close(HashOf(session.Secret)) });

    private Session? OpenSession(SessionToken token) => State.Sessions.Find(HashOf(token.Secret), policy.Session, Now);
}
