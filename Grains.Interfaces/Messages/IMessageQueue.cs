using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Interfaces.Messages;

/// <summary>What waits for an answer, for the agents. It shows neither words nor names, and so is on no record. Its key is always 0.</summary>
[Alias("msa.message-queue")]
public interface IMessageQueue : IGrainWithIntegerKey
{
    /// <summary>One page of the queue, by the adherents who have waited longest.</summary>
    /// <param name="number">The first page is 1.</param>
    [Alias("page"), Retriable]
    Task<QueuePage> Page(int number);
}

/// <summary>One page of the queue.</summary>
/// <param name="Conversations">The longest waiting first.</param>
/// <param name="More">There are adherents after these.</param>
[GenerateSerializer, Immutable, Alias("msa.queue-page")]
public sealed record QueuePage(IReadOnlyList<QueuedConversation> Conversations, bool More)
{
    /// <summary>Adherents on a page.</summary>
    public const int Length = 50;
}

/// <summary>A conversation, and whose it is.</summary>
/// <param name="Adherent">His pseudonym.</param>
/// <param name="Waiting">The conversation.</param>
[GenerateSerializer, Immutable, Alias("msa.queued-conversation")]
public sealed record QueuedConversation(Guid Adherent, WaitingConversation Waiting);
