using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;

namespace MsaOrleans.Grains.Interfaces.Sessions;

/// <summary>The adherent's open sessions. The site asks at every request; the answer comes from memory.</summary>
[Alias("msa.adherent.sessions")]
public interface IAdherentSessions : IAdherentFacet
{
    /// <summary>Notes that the session is in use, and says what it may do; nothing when it is over.</summary>
    [Alias("check")]
    Task<SessionStatus?> Check(SessionToken session);

    [Alias("sign-out")]
    Task SignOut(SessionToken session);
}

/// <summary>A session that is open.</summary>
/// <param name="DisplayName">Family and given name, as the private space shows them: <c>LAMY FRITZ</c>.</param>
/// <param name="Due">What must be done first.</param>
/// <param name="Activating">The department that is open once the password is changed: its code was entered in this session.</param>
[GenerateSerializer, Immutable, Alias("msa.session-status")]
public sealed record SessionStatus(string DisplayName, FirstConnectionStep Due, string? Activating = null)
{
    public override string ToString() => $"session, {Due} due";
}
