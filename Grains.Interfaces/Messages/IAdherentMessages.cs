using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Interfaces.Messages;

/// <summary>What an adherent writes to the MSA, and what he is answered.</summary>
[Alias("msa.adherent.messages")]
public interface IAdherentMessages : IAdherentFacet
{
    /// <summary>His conversations, the last written in first. Nothing when the session is over or something else is due first.</summary>
    [Alias("all"), Retriable]
    Task<IReadOnlyList<ConversationSummary>?> All(SessionToken session);

    /// <summary>One of them, which he has been shown from now on. Nothing when it is not his, or the session is over.</summary>
    [Alias("read"), Retriable]
    Task<ConversationReading?> Read(SessionToken session, Guid conversation);

    /// <summary>Begins a conversation. The same words again about the same, with files of the same names and lengths, while they wait for an answer, are the same message.</summary>
    /// <param name="session">His session.</param>
    /// <param name="topic">What it is about.</param>
    /// <param name="text">Plain text, at most <see cref="MessageLimits.MaxLength"/> characters.</param>
    /// <param name="files">At most <see cref="AttachmentLimits.MaxFiles"/>.</param>
    [Alias("write"), Retriable]
    Task<WriteOutcome> Write(SessionToken session, MessageTopic topic, string text, IReadOnlyList<AttachedFile>? files = null);

    /// <summary>Goes on with a conversation. The same again, while it waits for an answer, is the same message.</summary>
    /// <param name="session">His session.</param>
    /// <param name="conversation">Which.</param>
    /// <param name="text">Plain text, at most <see cref="MessageLimits.MaxLength"/> characters.</param>
    /// <param name="files">At most <see cref="AttachmentLimits.MaxFiles"/>.</param>
    [Alias("reply"), Retriable]
    Task<WriteOutcome> Reply(SessionToken session, Guid conversation, string text, IReadOnlyList<AttachedFile>? files = null);

    /// <summary>A file that he sent; nothing when he has no such file, which is counted and logged: its address leads nobody else to it.</summary>
    [Alias("open"), Retriable]
    Task<AttachmentContent?> Open(SessionToken session, Guid attachment);
}

/// <summary>What came of writing.</summary>
public enum WriteOutcome
{
    Written,

    /// <summary>A message without words.</summary>
    TextMissing,

    /// <summary>A message longer than <see cref="MessageLimits.MaxLength"/>.</summary>
    TextTooLong,

    /// <summary><see cref="MessageLimits.MaxWaiting"/> conversations wait for an answer, or <see cref="MessageLimits.MaxText"/> characters.</summary>
    TooManyWaiting,

    /// <summary>The conversation has as many messages as it may have.</summary>
    Full,

    /// <summary>The conversation has been closed.</summary>
    Closed,

    /// <summary>There is no such conversation, or not any more.</summary>
    Unknown,

    /// <summary>The session is over, or something else is due first.</summary>
    NotAllowed,

    /// <summary>More files than <see cref="AttachmentLimits.MaxFiles"/>.</summary>
    TooManyFiles,

    /// <summary>What waits for an answer has files of <see cref="AttachmentLimits.MaxKept"/> bytes already, or would have with these.</summary>
    NoRoomForFiles,
}

/// <summary>A conversation as the adherent reads it.</summary>
/// <param name="Summary">All but its words.</param>
/// <param name="Messages">Oldest first.</param>
/// <param name="MayReply">There is room for one more message of his.</param>
[GenerateSerializer, Immutable, Alias("msa.conversation-reading")]
public sealed record ConversationReading(ConversationSummary Summary, IReadOnlyList<ReadMessage> Messages, bool MayReply)
{
    public override string ToString() => "conversation";
}

/// <summary>A message as the adherent reads it; which agent wrote it is not his to know.</summary>
/// <param name="At">When it was written.</param>
/// <param name="IsAnswer">It was written by the MSA, and otherwise by him.</param>
/// <param name="Text">Plain text, whatever it looks like.</param>
/// <param name="Attachments">The files that went with it.</param>
[GenerateSerializer, Immutable, Alias("msa.read-message")]
public sealed record ReadMessage(DateTimeOffset At, bool IsAnswer, string Text, IReadOnlyList<Attachment> Attachments)
{
    public override string ToString() => "message";
}
