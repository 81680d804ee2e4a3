using System.Collections.Immutable;
using MsaOrleans.Grains.Interfaces.Postal;

namespace MsaOrleans.Grains.Domain;

/// <summary>What an adherent is to get on paper, or was posted lately. Each copy is a file beside his row that has its id.</summary>
internal sealed record PostalCopies
{
    /// <summary>As many may wait at once; what comes beyond is told by mail.</summary>
    public const int MaxWaiting = 20;

    /// <summary>Of those posted as many are remembered.</summary>
    public const int MaxPosted = 50;

    /// <summary>Slug of the caisse that prints them, which is the one he was last known to live in; nothing when there is none there.</summary>
    public string? Caisse { get; init; }

    /// <summary>Oldest first.</summary>
    public ImmutableList<PostalCopy> All { get; init => field = value ?? []; } = [];

    internal IEnumerable<PostalCopy> Waiting => All.Where(c => c.IsWaiting);

    internal bool HasRoom => Waiting.Count() < MaxWaiting;

    /// <summary>When the first of those posted is to be forgotten.</summary>
    internal DateTimeOffset? ForgetAt => All.Min(c => c.ForgetAt);

    /// <summary>The latest first, as he is shown them.</summary>
    internal IReadOnlyList<PostalCopySummary> Summaries => [.. All.Reverse().Select(c => c.Summary)];

    public PostalCopySummary? SummaryOf(Guid id) => All.Find(c => c.Id == id)?.Summary;

    /// <summary>One more is to be printed, by the caisse he lives in today.</summary>
    public PostalCopies Add(Guid id, PostalCopyKind kind, string? caisse, DateTimeOffset now) => new() { Caisse = caisse, All = All.Add(new(id, kind, now)) };

    /// <summary>What it was a copy of was taken back: it is not printed, unless it is in a batch already.</summary>
    public PostalCopies TakenBack(Guid id) => All.Find(c => c.Id == id) is { Preparation: null, IsWaiting: true } copy ? this with { All = All.Remove(copy) } : this;

    /// <summary>Puts those that have waited longest in no batch into one.</summary>
    public (PostalCopies, int Letters) Prepare(PostalBatch batch, string agent, int most, DateTimeOffset now) =>
        Change(Waiting.Where(c => c.Preparation is null).Take(most), c => c with { Preparation = new(batch.Value, agent, now) });

    /// <summary>Those of a batch that wait for the post.</summary>
    public IEnumerable<PostalCopy> In(PostalBatch batch) => Waiting.Where(c => c.Preparation?.Batch == batch.Value);

    public PostalCopies Printed(PostalBatch batch, DateTimeOffset now) => Change(In(batch), c => c with { PrintedAt = now }).Item1;

    /// <summary>Those of a batch that were printed have left.</summary>
    public (PostalCopies, int Letters) Post(PostalBatch batch, DateTimeOffset now)
    {
        var (copies, letters) = Change(In(batch).Where(c => c.PrintedAt is not null), c => c with { PostedAt = now });
        var kept = copies.All.Where(c => !c.IsWaiting).TakeLast(MaxPosted).ToHashSet();
        return (copies with { All = copies.All.RemoveAll(c => !c.IsWaiting && !kept.Contains(c)) }, letters);
    }

    /// <summary>Without those that were posted a year ago.</summary>
    public PostalCopies WithoutOld(DateTimeOffset now) => ForgetAt <= now ? this with { All = All.RemoveAll(c => c.ForgetAt <= now) } : this;

    private (PostalCopies, int) Change(IEnumerable<PostalCopy> some, Func<PostalCopy, PostalCopy> change)
    {
        var changed = some.Select(c => c.Id).ToHashSet();
        return (changed.Count == 0 ? this : this with { All = All.ConvertAll(c => changed.Contains(c.Id) ? change(c) : c) }, changed.Count);
    }
}

/// <summary>A copy on paper.</summary>
/// <param name="Id">That of what it is a copy of, certificate or request; it names the file.</param>
/// <param name="Kind">Of what.</param>
/// <param name="RequestedAt">When that was made.</param>
internal sealed record PostalCopy(Guid Id, PostalCopyKind Kind, DateTimeOffset RequestedAt)
{
    private const int RememberedYears = 1;

    /// <summary>The batch that it is in.</summary>
    public Preparation? Preparation { get; init; }

    /// <summary>When it was last printed.</summary>
    public DateTimeOffset? PrintedAt { get; init; }

    public DateTimeOffset? PostedAt { get; init; }

    internal bool IsWaiting => PostedAt is null;

    internal DateTimeOffset? ForgetAt => PostedAt?.AddYears(RememberedYears);

    internal PostalCopySummary Summary => new(Kind, RequestedAt, PostedAt);

    internal WaitingCopy ForAgents => new(Kind, RequestedAt, Preparation is { } by ? new(PostalBatch.Parse(by.Batch), by.Agent, by.At, PrintedAt) : null);
}

/// <summary>A copy is in a batch.</summary>
/// <param name="Batch">Its name, as <see cref="PostalBatch.Value"/> has it.</param>
/// <param name="Agent">Login of the agent who prepared it.</param>
/// <param name="At">When.</param>
internal sealed record Preparation(string Batch, string Agent, DateTimeOffset At);
