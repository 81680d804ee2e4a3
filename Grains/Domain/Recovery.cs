using System.Collections.Immutable;

namespace MsaOrleans.Grains.Domain;

/// <summary>
/// The requests for a new provisional password made about an adherent, by whomever. Those that did not match are noted too, for people without an
/// account as for others: what is written tells nobody who has one.
/// </summary>
internal sealed record Recovery
{
    /// <summary>Letters that may be asked for within <see cref="Window"/>.</summary>
    public const int MostLetters = 3;

    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>When letters were asked for, within the last hour; oldest first.</summary>
    public ImmutableList<DateTimeOffset> Granted { get; init => field = value ?? []; } = [];

    /// <summary>The last request that led to nothing: another address, no account, or too many.</summary>
    public DateTimeOffset? LastIgnoredAt { get; init; }

    public bool IsClean => Granted.IsEmpty && LastIgnoredAt is null;

    /// <summary>When nothing of this matters any more.</summary>
    public DateTimeOffset? ForgetAt => Granted.Append(LastIgnoredAt ?? DateTimeOffset.MinValue).Max() is var last && last > DateTimeOffset.MinValue ? last + Window : null;

    public bool Allows(DateTimeOffset now) => Recent(now).Count < MostLetters;

    public Recovery Grant(DateTimeOffset now) => this with { Granted = Recent(now).Add(now) };

    public Recovery Ignore(DateTimeOffset now) => this with { LastIgnoredAt = now };

    public Recovery ForgottenAt(DateTimeOffset now) => ForgetAt <= now ? new() : this;

    // A clock that was moved back must not leave a request in the future to count for ever.
    private ImmutableList<DateTimeOffset> Recent(DateTimeOffset now) => Granted.RemoveAll(at => at <= now - Window || at > now);
}
