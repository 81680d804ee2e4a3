using System.Collections.Immutable;
using MsaOrleans.Grains.Interfaces.Credentials;

namespace MsaOrleans.Grains.Domain;

/// <summary>The sessions that are open for one adherent, known by the hash of their token.</summary>
internal sealed record Sessions
{
    private const int MaxOpen = 10;

    /// <summary>
    /// The use of a session is written this often at most, not at every request. The idle limit is that much longer, so that it never strikes early.
    /// </summary>
    public static readonly TimeSpan Granularity = TimeSpan.FromMinutes(1);

    public ImmutableList<Session> Open { get; init => field = value ?? []; } = [];

    public Session? Find(string tokenHash, SessionLimits limits, DateTimeOffset now) =>
        Open.Find(s => s.TokenHash == tokenHash && s.IsOpenAt(now, limits));

    /// <summary>Opens a session; those that are over go, and the oldest when there are too many.</summary>
    public Sessions Add(Session session, SessionLimits limits) => this with
    {
        Open = [.. OpenAt(session.StartedAt, limits).TakeLast(MaxOpen - 1), session],
    };

    /// <summary>Those that are not over.</summary>
    public IEnumerable<Session> OpenAt(DateTimeOffset now, SessionLimits limits) => Open.Where(s => s.IsOpenAt(now, limits));

    /// <summary>The code of a department was entered in a session: nothing else is open in it before the password is changed.</summary>
    public Sessions Oblige(Session session, Guid enrolment) => this with { Open = Open.ConvertAll(s => s == session ? s with { Enrolment = enrolment } : s) };

    /// <summary>
    /// Requests have come to their end. A session that the code of one opened ends with it, or whoever read that mail could still choose a password; one that was
    /// his own, and in which it was only entered, is as free as before.
    /// </summary>
    public Sessions Release(Func<Guid, bool> isPending) => Open.Exists(s => s.Enrolment is { } letter && !isPending(letter)) ? this with
    {
        Open = Open.RemoveAll(s => s is { MustChangePassword: true, Enrolment: { } letter } && !isPending(letter))
            .ConvertAll(s => s.Enrolment is { } letter && !isPending(letter) ? s with { Enrolment = null } : s),
    } : this;

    public Sessions Seen(Session session, DateTimeOffset now) => now - session.LastSeenAt < Granularity
        ? this
        : this with { Open = Open.ConvertAll(s => s == session ? s with { LastSeenAt = now } : s) };

    /// <summary>Ends all but one.</summary>
    public Sessions CloseOthers(Session kept) => this with { Open = [kept] };

    /// <summary>Ends all.</summary>
    public Sessions CloseAll() => this with { Open = [] };

    /// <summary>
    /// The e-mail address is another from now on: what a provisional password opened ends, or whoever read it in the old mailbox could still choose a password.
    /// </summary>
    public Sessions CloseProvisional() => this with { Open = Open.RemoveAll(s => s is { MustChangePassword: true, Enrolment: null }) };

    public Sessions Close(string tokenHash) => this with { Open = Open.RemoveAll(s => s.TokenHash == tokenHash) };
}

/// <summary>One open session.</summary>
/// <param name="TokenHash">Hash of the token that the browser holds.</param>
/// <param name="StartedAt">When he signed in.</param>
/// <param name="LastSeenAt">His last request, give or take <see cref="Sessions.Granularity"/>.</param>
/// <param name="MustChangePassword">Opened by a provisional password or a code: good for nothing but a change of password.</param>
/// <param name="Enrolment">The letter of the request whose code opened it or was entered in it: that department is open once the password is changed.</param>
/// <param name="Origin">From where he signed in.</param>
internal sealed record Session(
    string TokenHash, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, bool MustChangePassword, Guid? Enrolment = null, SignInOrigin? Origin = null)
{
    /// <summary>A session that begins now.</summary>
    public static Session Begin(string tokenHash, SignInOrigin? origin, DateTimeOffset now, bool mustChangePassword = false, Guid? enrolment = null) =>
        new(tokenHash, now, now, mustChangePassword, enrolment, origin);

    /// <summary>Nothing is open in it before the password is changed.</summary>
    internal bool IsObliged => MustChangePassword || Enrolment is not null;

    public bool IsOpenAt(DateTimeOffset now, SessionLimits limits) =>
        now < LastSeenAt + limits.Idle + Sessions.Granularity && now < StartedAt + limits.Absolute;
}
