using System.Collections.Immutable;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Domain;

/// <summary>
/// The letters owed to an adherent, and those sent or given up lately. Being part of his state they are saved with what caused them, in the same
/// write; a queue only reminds workers of them.
/// </summary>
internal sealed record Dispatches
{
    private const int MaxEndedKept = 20;

    /// <summary>For how long a worker has a letter to himself.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>How late a letter may be before the sweep thinks that its job is lost.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private static readonly ImmutableArray<LetterKind> PasswordKinds = [LetterKind.ProvisionalPassword, LetterKind.NewProvisionalPassword];

    public ImmutableList<Dispatch> All { get; init => field = value ?? []; } = [];

    internal IEnumerable<Dispatch> Pending => All.Where(d => d.IsPending);

    /// <summary>When the first pending letter will be overdue.</summary>
    public DateTimeOffset? OverdueAt => Pending.Min(d => (DateTimeOffset?)d.OverdueAt);

    public bool Owes(LetterKind kind) => Pending.Any(d => d.Kind == kind);

    public bool GaveUp(Guid id) => All.Any(d => d.Id == id && d.GivenUpAt is not null);

    /// <summary>Owes one more letter, now or not before a moment.</summary>
    public Dispatches Request(Guid id, LetterKind kind, EmailAddress to, DateTimeOffset now, DateTimeOffset? notBefore = null) => this with
    {
        All =
        [
            .. Kept(),
            new Dispatch { Id = id, Kind = kind, To = to, RequestedAt = now, NotBefore = notBefore ?? now, OverdueAt = (notBefore ?? now) + Grace },
        ],
    };

    /// <summary>Owes a letter that says the same however often it is owed: one that waits does for all. One in a worker's hands may have left already.</summary>
    public Dispatches RequestOnce(Guid id, LetterKind kind, EmailAddress to, DateTimeOffset now) =>
        Pending.Any(d => d.Kind == kind && d.LeasedUntil is null) ? this : Request(id, kind, to, now);

    /// <summary>A letter that has waited goes where he is reached today.</summary>
    public Dispatches Readdress(Guid id, EmailAddress to) => All.Find(d => d.Id == id) is { IsPending: true } dispatch && dispatch.To != to
        ? With(dispatch with { To = to })
        : this;

    /// <summary>Until when a worker, who may be dead, has a letter to himself; nothing when nobody has it.</summary>
    public DateTimeOffset? LeaseAt(Guid id, DateTimeOffset now) => All.Find(d => d.Id == id) is { IsPending: true } dispatch && now < dispatch.LeasedUntil ? dispatch.LeasedUntil : null;

    /// <summary>Gives a letter to a worker, unless it has left, was given up, is not due, or another worker has it.</summary>
    public (Dispatches, Dispatch?) Take(Guid id, DateTimeOffset now)
    {
        if (All.Find(d => d.Id == id) is not { IsPending: true } dispatch || now < dispatch.NotBefore || now < dispatch.LeasedUntil)
            return (this, null);
        var taken = dispatch with { Tries = dispatch.Tries + 1, LeasedUntil = now + Lease, OverdueAt = now + Lease + Grace };
        return (With(taken), taken);
    }

    public Dispatches Confirm(Guid id, DateTimeOffset now) => All.Find(d => d.Id == id) is { IsPending: true } dispatch
        ? With(dispatch with { SentAt = now, LeasedUntil = null })
        : this;

    /// <summary>There is no use in it any more: it is not sent.</summary>
    /// <param name="id">Which.</param>
    /// <param name="reason">One of <see cref="VoidReasons"/>.</param>
    /// <param name="now">The present.</param>
    public Dispatches Void(Guid id, string reason, DateTimeOffset now) => All.Find(d => d.Id == id) is { IsPending: true } dispatch
        ? With(dispatch with { GivenUpAt = now, LeasedUntil = null, LastFailure = reason })
        : this;

    /// <summary>Nothing of these kinds is sent any more.</summary>
    public Dispatches Void(IReadOnlyCollection<LetterKind> kinds, string reason, DateTimeOffset now) =>
        Pending.Where(d => kinds.Contains(d.Kind)).ToList().Aggregate(this, (all, d) => all.Void(d.Id, reason, now));

    /// <summary>No way in is sent any more: another has taken its place, or the address is not his any more.</summary>
    public Dispatches VoidPasswords(DateTimeOffset now) =>
        Void(PasswordKinds, VoidReasons.OtherWayIn, now);

    /// <summary>
    /// Of what has not left only the notices of what was done to the account. They stay true whatever comes after them: who has taken an account over must not
    /// keep them from its owner by closing it.
    /// </summary>
    public Dispatches OnlyNotices() => this with
    {
        All = All.FindAll(d => d is
        {
            IsPending: true,
            Kind: LetterKind.EmailChangeRequested or LetterKind.EmailChanged or LetterKind.PasswordChanged or LetterKind.AccountClosed
                or LetterKind.EmailCorrectionRequested or LetterKind.EmailCorrected or LetterKind.FranceConnectLinked,
        }),
    };

    /// <summary>The last letter with a provisional password, but for those whose place another has taken.</summary>
    public Dispatch? LastPassword => All.FindLast(d => PasswordKinds.Contains(d.Kind) && !d.IsVoid);

    /// <summary>A letter waits for its moment, or for another try: it leaves now.</summary>
    public Dispatches Hasten(Guid id, DateTimeOffset now) => All.Find(d => d.Id == id) is { } dispatch && dispatch.IsWaitingAt(now)
        ? With(dispatch with { NotBefore = now, OverdueAt = now + Grace })
        : this;

    /// <summary>Notes a failure, and when to try again; nothing when the letter is given up.</summary>
    public (Dispatches, DateTimeOffset? RetryAt) Fail(Guid id, DeliveryFailure failure, IReadOnlyList<TimeSpan> delays, DateTimeOffset now)
    {
        if (All.Find(d => d.Id == id) is not { IsPending: true } dispatch)
            return (this, null);
        var noted = dispatch with { LeasedUntil = null, LastFailure = failure.Reason };
        if (failure.Permanent || dispatch.Tries > delays.Count)
            return (With(noted with { GivenUpAt = now }), null);
        var retryAt = now + delays[Math.Max(dispatch.Tries, 1) - 1];
        return (With(noted with { NotBefore = retryAt, OverdueAt = retryAt + Grace }), retryAt);
    }

    /// <summary>
    /// What must be queued again, and when each may be delivered.
    /// </summary>
    /// <param name="queueLost">Queue and workers began anew: every pending letter, and no worker holds any.</param>
    /// <param name="now">The present.</param>
    public (Dispatches, IReadOnlyList<Dispatch> ToQueue) Requeue(bool queueLost, DateTimeOffset now)
    {
        var lost = Pending.Where(d => queueLost || d.OverdueAt <= now)
            .Select(d => d with
            {
                LeasedUntil = queueLost ? null : d.LeasedUntil,
                OverdueAt = (d.NotBefore > now ? d.NotBefore : now) + Grace,
            })
            .ToList();
        return (lost.Aggregate(this, (all, d) => all.With(d)), lost);
    }

    private Dispatches With(Dispatch dispatch) => this with { All = All.ConvertAll(d => d.Id == dispatch.Id ? dispatch : d) };

    private IEnumerable<Dispatch> Kept()
    {
        var ended = All.Where(d => !d.IsPending).TakeLast(MaxEndedKept).ToHashSet();
        return All.Where(d => d.IsPending || ended.Contains(d));
    }
}

/// <summary>One letter owed, sent or given up.</summary>
internal sealed record Dispatch
{
    public required Guid Id { get; init; }

    public required LetterKind Kind { get; init; }

    public required EmailAddress To { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Not to be delivered earlier.</summary>
    public DateTimeOffset NotBefore { get; init; }

    /// <summary>From when on the sweep takes its job for lost.</summary>
    public DateTimeOffset OverdueAt { get; init; }

    public int Tries { get; init; }

    public DateTimeOffset? LeasedUntil { get; init; }

    public string? LastFailure { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public DateTimeOffset? GivenUpAt { get; init; }

    internal bool IsPending => SentAt is null && GivenUpAt is null;

    /// <summary>Not sent because there was no use in it any more; it did not fail.</summary>
    internal bool IsVoid => GivenUpAt is not null && VoidReasons.All.Contains(LastFailure);

    /// <summary>Pending, in nobody's hands, and not due yet.</summary>
    internal bool IsWaitingAt(DateTimeOffset now) => IsPending && now < NotBefore && !(now < LeasedUntil);
}

/// <summary>Why a letter is not sent any more although nothing went wrong. They are stored: a contract.</summary>
internal static class VoidReasons
{
    public const string OtherWayIn = "Another way in has taken its place.";
    public const string OtherLock = "Another lock has begun.";
    public const string KnownMeanwhile = "The caisses know him there meanwhile.";
    public const string Cancelled = "Cancelled.";
    public const string Ended = "What it was for has come to its end.";

    public static readonly ImmutableArray<string?> All = [OtherWayIn, OtherLock, KnownMeanwhile, Cancelled, Ended];
}
