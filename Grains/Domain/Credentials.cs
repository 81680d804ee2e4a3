using System.Collections.Immutable;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Sessions;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains.Domain;

/// <summary>What opens an adherent's private space: his own password, and the provisional one that leads to it.</summary>
internal sealed record Credentials
{
    private const int MaxSignInsKept = 20;

    public PasswordHash? Personal { get; init; }

    public DateTimeOffset? PersonalSince { get; init; }

    public ProvisionalPassword? Provisional { get; init; }

    public Lockout Lockout { get; init => field = value ?? new(); } = new();

    public DateTimeOffset? LastSignInAt { get; init; }

    public DateTimeOffset? PreviousSignInAt { get; init; }

    /// <summary>The last times he signed in, or was vouched for, latest last.</summary>
    public ImmutableList<SignInRecord> SignIns { get; init => field = value ?? []; } = [];

    /// <summary>The hash of his own password, or none.</summary>
    internal IReadOnlyList<PasswordHash> PersonalHashes => Personal is { } own ? [own] : [];

    /// <summary>The hashes of the provisional passwords of the last letter, those that have expired too.</summary>
    internal IReadOnlyList<PasswordHash> ProvisionalHashes => Provisional?.Hashes ?? [];

    /// <summary>He is in, whatever opened to him.</summary>
    public Credentials Enter(SignInMeans means, SignInOrigin origin, DateTimeOffset now) => Noted(means, origin, now) with { LastSignInAt = now, PreviousSignInAt = LastSignInAt };

    /// <summary>A password was right, and he is in.</summary>
    public Credentials Accept(SignInMeans means, SignInOrigin origin, DateTimeOffset now) => Enter(means, origin, now) with { Lockout = new() };

    /// <summary>His password was right, to be vouched for at another site: he is not in here.</summary>
    public Credentials Vouch(SignInOrigin origin, DateTimeOffset now) => Noted(SignInMeans.ForFranceConnect, origin, now) with { Lockout = new() };

    /// <summary>A provisional password was right. Using one voids the others of its letter.</summary>
    public Credentials AcceptProvisional(PasswordHash match, SignInOrigin origin, DateTimeOffset now) =>
        Accept(SignInMeans.ProvisionalPassword, origin, now) with { Provisional = Provisional! with { Hashes = [match] } };

    /// <summary>The same password under today's parameters.</summary>
    public Credentials Rehashed(PasswordHash hash) => this with { Personal = hash };

    public Credentials Refuse(LockoutPolicy policy, DateTimeOffset now) => this with { Lockout = Lockout.Fail(policy, now) };

    /// <summary>
    /// A provisional password is on its way. Another try of the same letter adds one: which of them arrives is not known, so each works.
    /// </summary>
    public Credentials Issue(Guid dispatch, EmailAddress to, PasswordHash hash, DateTimeOffset expiresAt) => this with
    {
        Provisional = new(dispatch, to, Provisional?.Dispatch == dispatch ? Provisional.Hashes.Add(hash) : [hash], expiresAt),
    };

    public Credentials Personalise(PasswordHash chosen, DateTimeOffset now) =>
        this with { Personal = chosen, PersonalSince = now, Provisional = null };

    private Credentials Noted(SignInMeans means, SignInOrigin origin, DateTimeOffset now) =>
        this with { SignIns = [.. SignIns.TakeLast(MaxSignInsKept - 1), new(now, means, origin)] };
}

/// <summary>One time he signed in, or was vouched for.</summary>
internal sealed record SignInRecord(DateTimeOffset At, SignInMeans Means, SignInOrigin Origin);

/// <summary>The provisional passwords of one letter. They share a salt, so that comparing with all costs one hash.</summary>
/// <param name="Dispatch">The letter.</param>
/// <param name="SentTo">The address that its use proves.</param>
/// <param name="Hashes">One for each try of the letter.</param>
/// <param name="ExpiresAt">From when on none works.</param>
internal sealed record ProvisionalPassword(Guid Dispatch, EmailAddress SentTo, ImmutableList<PasswordHash> Hashes, DateTimeOffset ExpiresAt)
{
    public bool IsValidAt(DateTimeOffset now) => now < ExpiresAt;
}
