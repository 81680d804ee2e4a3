using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;

namespace MsaOrleans.Grains.Interfaces.Sessions;

/// <summary>The adherent's open sessions. The site asks at every request; the answer comes from memory.</summary>
[Alias("msa.adherent.sessions")]
public interface IAdherentSessions : IAdherentFacet
{
    /// <summary>Notes that the session is in use, and says what it may do; nothing when it is over.</summary>
    [Alias("check"), Retriable]
    Task<SessionStatus?> Check(SessionToken session);

    [Alias("sign-out"), Retriable]
    Task SignOut(SessionToken session);

    /// <summary>Where he is signed in, and when and from where he signed in lately; nothing when the session is over or something else is due first.</summary>
    [Alias("overview"), Retriable]
    Task<SessionOverview?> Overview(SessionToken session);

    /// <summary>Ends every session but this one.</summary>
    /// <returns>How many ended.</returns>
    [Alias("close-others")]
    Task<int> CloseOthers(SessionToken session);
}

/// <summary>A session that is open.</summary>
/// <param name="DisplayName">Family and given name, as the private space shows them: <c>LAMY FRITZ</c>.</param>
/// <param name="Due">What must be done first.</param>
/// <param name="Limits">When it ends.</param>
/// <param name="Activating">The department that is open once the password is changed: its code was entered in this session.</param>
[GenerateSerializer, Immutable, Alias("msa.session-status")]
public sealed record SessionStatus(string DisplayName, FirstConnectionStep Due, SessionTimes Limits, string? Activating = null)
{
    public override string ToString() => $"session, {Due} due";
}

/// <summary>When a session ends.</summary>
/// <param name="Idle">Without a request, counted from the last one.</param>
/// <param name="EndsAt">Whatever happens.</param>
[GenerateSerializer, Immutable, Alias("msa.session-times")]
public sealed record SessionTimes(TimeSpan Idle, DateTimeOffset EndsAt)
{
    /// <summary>When it ends for somebody who does nothing from now on.</summary>
    public DateTimeOffset LastMoment(DateTimeOffset now) => now + Idle < EndsAt ? now + Idle : EndsAt;
}

/// <summary>Where an adherent is signed in, and where he signed in lately.</summary>
/// <param name="Open">Open sessions, latest use first.</param>
/// <param name="SignIns">Latest first; the last twenty.</param>
[GenerateSerializer, Immutable, Alias("msa.session-overview")]
public sealed record SessionOverview(IReadOnlyList<OpenSessionSummary> Open, IReadOnlyList<SignInSummary> SignIns);

/// <summary>One open session.</summary>
/// <param name="IsThisOne">The one that asks.</param>
/// <param name="StartedAt">When he signed in.</param>
/// <param name="LastSeenAt">Its last use, give or take a minute.</param>
/// <param name="Origin">From where he signed in; nothing for sessions older than this question.</param>
[GenerateSerializer, Immutable, Alias("msa.open-session-summary")]
public sealed record OpenSessionSummary(bool IsThisOne, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, SignInOrigin? Origin);

/// <summary>One time he signed in, or identified himself here to another site.</summary>
[GenerateSerializer, Immutable, Alias("msa.sign-in-summary")]
public sealed record SignInSummary(DateTimeOffset At, SignInMeans Means, SignInOrigin Origin);

/// <summary>What somebody signed in with, or for what he identified himself. Names are stored: they are a contract.</summary>
public enum SignInMeans
{
    Password,
    ProvisionalPassword,
    DepartmentCode,

    /// <summary>FranceConnect told who he is.</summary>
    FranceConnect,

    /// <summary>His password, for FranceConnect: the MSA vouched for him at another site, and no session began.</summary>
    ForFranceConnect,
}
