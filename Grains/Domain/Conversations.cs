using System.Collections.Immutable;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Messages;

namespace MsaOrleans.Grains.Domain;

/// <summary>What an adherent and the MSA have written to each other.</summary>
internal sealed record Conversations
{
    /// <summary>Conversations kept at once; another takes the place of the longest untouched that does not wait for an answer.</summary>
    public const int MaxKept = 30;

    /// <summary>Latest begun last.</summary>
    public ImmutableList<Conversation> All { get; init => field = value ?? []; } = [];

    public bool HasNews => All.Exists(c => c.HasNews);

    /// <summary>Since when the oldest message without an answer waits.</summary>
    public DateTimeOffset? WaitingSince => All.Min(c => c.WaitingSince);

    /// <summary>When the first of them is to be erased.</summary>
    public DateTimeOffset? EraseAt => All.Min(c => c.EraseAt);

    /// <summary>The files that went with messages.</summary>
    internal IEnumerable<Attachment> Attachments => All.SelectMany(c => c.Attachments);

    private bool MayWait => All.Count(c => c.IsWaiting) < MessageLimits.MaxWaiting;

    public Conversation? Find(Guid id) => All.Find(c => c.Id == id);

    /// <summary>He begins a conversation. A button pressed twice begins one.</summary>
    public (Conversations, WriteOutcome) Begin(Guid id, MessageTopic topic, string typed, DateTimeOffset now, params ImmutableList<Attachment> files)
    {
        var message = new Message(now, Agent: null, Typed.Text(typed)) { Attachments = files };
        if (FlawOf(message) is { } flaw)
            return (this, flaw);
        if (All.Exists(c => c.IsWaiting && c.Topic == topic && c.EndsWith(message)))
            return (this, WriteOutcome.Written);
        return Written(MayWait ? this with { All = All.Add(new() { Id = id, Topic = topic, Messages = [message] }) } : null);
    }

    /// <summary>He goes on with one.</summary>
    public (Conversations, WriteOutcome) Reply(Guid id, string typed, DateTimeOffset now, params ImmutableList<Attachment> files)
    {
        var message = new Message(now, Agent: null, Typed.Text(typed)) { Attachments = files };
        if (FlawOf(message) is { } flaw)
            return (this, flaw);
        if (Find(id) is not { } conversation)
            return (this, WriteOutcome.Unknown);
        if (conversation.ClosedAt is not null)
            return (this, WriteOutcome.Closed);
        if (conversation.EndsWith(message))
            return (this, WriteOutcome.Written);
        if (!conversation.MayReply)
            return (this, WriteOutcome.Full);
        return Written(conversation.IsWaiting || MayWait ? With(conversation.With(message)) : null);
    }

    /// <summary>He has been shown all of one.</summary>
    public Conversations Shown(Guid id) => Find(id) is { HasNews: true } conversation ? With(conversation with { Shown = conversation.Messages.Count }) : this;

    public Conversations With(Conversation changed) => this with { All = All.ConvertAll(c => c.Id == changed.Id ? changed : c) };

    /// <summary>Without those in which nothing was written for a year.</summary>
    public Conversations WithoutOld(DateTimeOffset now) => EraseAt <= now ? this with { All = All.RemoveAll(c => c.EraseAt <= now) } : this;

    private static WriteOutcome? FlawOf(Message message) =>
        message.Text.Length == 0 ? WriteOutcome.TextMissing
        : message.Text.Length > MessageLimits.MaxLength ? WriteOutcome.TextTooLong
        : message.Attachments.Count > AttachmentLimits.MaxFiles ? WriteOutcome.TooManyFiles
        : null;

    // The row is written whole, at every sign-in too. Refused when those that wait are too much already.
    private (Conversations, WriteOutcome) Written(Conversations? next)
    {
        if (next is null)
            return (this, WriteOutcome.TooManyWaiting);
        var kept = next.All;
        while (Excess(kept) is { } refusal)
        {
            if (kept.Where(c => !c.IsWaiting).MinBy(c => c.LastAt) is not { } longestUntouched)
                return (this, refusal);
            kept = kept.Remove(longestUntouched);
        }
        return (next with { All = kept }, WriteOutcome.Written);
    }

    private static WriteOutcome? Excess(ImmutableList<Conversation> all) =>
        all.Count > MaxKept || all.Sum(c => c.Messages.Sum(m => m.Text.Length)) > MessageLimits.MaxText ? WriteOutcome.TooManyWaiting
        : all.Sum(c => c.Attachments.Sum(a => (long)a.Size)) > AttachmentLimits.MaxKept ? WriteOutcome.NoRoomForFiles
        : null;
}

/// <summary>One conversation, about one thing.</summary>
internal sealed record Conversation
{
    public required Guid Id { get; init; }

    public required MessageTopic Topic { get; init; }

    /// <summary>Oldest first, never empty.</summary>
    public ImmutableList<Message> Messages { get; init => field = value ?? []; } = [];

    /// <summary>How many of them the adherent had been shown when he last looked and there was news. A moment would not do: two things can happen in one.</summary>
    public int Shown { get; init; }

    /// <summary>The agent who is at it.</summary>
    public Hold? Hold { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    internal DateTimeOffset LastAt => Messages[^1].At;

    internal bool IsWaiting => ClosedAt is null && Messages[^1].Agent is null;

    /// <summary>When the oldest message without an answer was written; nothing when there is none.</summary>
    internal DateTimeOffset? WaitingSince => IsWaiting ? Messages[Messages.FindLastIndex(m => m.Agent is not null) + 1].At : null;

    /// <summary>There is an answer that he has not been shown.</summary>
    internal bool HasNews => Messages.FindLastIndex(m => m.Agent is not null) >= Shown;

    /// <summary>There is room for a message of his, and for an answer to it.</summary>
    internal bool MayReply => ClosedAt is null && Messages.Count < MessageLimits.MaxMessages - 1;

    /// <summary>One that waits for an answer is kept.</summary>
    internal DateTimeOffset? EraseAt => IsWaiting ? null : LastAt.AddYears(1);

    internal ConversationState State => ClosedAt is not null ? ConversationState.Closed : IsWaiting ? ConversationState.Waiting : ConversationState.Answered;

    internal IEnumerable<Attachment> Attachments => Messages.SelectMany(m => m.Attachments);

    internal ConversationSummary Summary => new(Id, Topic, State, LastAt, Messages.Count, HasNews);

    public Conversation With(Message message) => this with { Messages = Messages.Add(message) };

    /// <summary>The last word is this one, of this author, with files that look the same.</summary>
    public bool EndsWith(Message message) =>
        (Messages[^1].Agent, Messages[^1].Text) == (message.Agent, message.Text)
        && Messages[^1].Attachments.Select(a => (a.Name, a.Size)).SequenceEqual(message.Attachments.Select(a => (a.Name, a.Size)));

    /// <summary>Another agent is at it. As in Recovery: a clock that was moved back must not let him hold it for ever.</summary>
    public bool IsHeldFrom(string agent, DateTimeOffset now) => Hold is { } hold && hold.Agent != agent && hold.At <= now && now < hold.Until;
}

/// <summary>One message.</summary>
/// <param name="At">When it was written.</param>
/// <param name="Agent">Login of the agent who wrote it; nothing when the adherent did.</param>
/// <param name="Text">Plain text.</param>
internal sealed record Message(DateTimeOffset At, string? Agent, string Text)
{
    /// <summary>The files that went with it.</summary>
    public ImmutableList<Attachment> Attachments { get; init => field = value ?? []; } = [];
}

/// <summary>An agent has a conversation to himself.</summary>
/// <param name="Agent">His login.</param>
/// <param name="At">When he took it.</param>
internal sealed record Hold(string Agent, DateTimeOffset At)
{
    /// <summary>For how long: he may have gone home, or not be an agent any more.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    internal DateTimeOffset Until => At + Lifetime;
}
