namespace MsaOrleans.Grains.Interfaces.Messages;

/// <summary>What a conversation is about, chosen by the adherent. Names are stored: they are a contract.</summary>
public enum MessageTopic
{
    Payments,
    Certificates,

    /// <summary>Telephone, e-mail or postal address.</summary>
    ContactDetails,

    Health,
    Pension,

    /// <summary>This site.</summary>
    OnlineAccount,

    Other,
}

/// <summary>Where a conversation stands.</summary>
public enum ConversationState
{
    /// <summary>The MSA owes an answer.</summary>
    Waiting,

    Answered,

    /// <summary>Read only: whoever has more to say begins another.</summary>
    Closed,
}

/// <summary>A conversation without its words.</summary>
/// <param name="Id">Its id, which is nobody else's.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="State">Where it stands.</param>
/// <param name="LastAt">When something was last written in it.</param>
/// <param name="Messages">How many messages it has.</param>
/// <param name="HasNews">There is an answer that the adherent has not been shown.</param>
[GenerateSerializer, Immutable, Alias("msa.conversation-summary")]
public sealed record ConversationSummary(Guid Id, MessageTopic Topic, ConversationState State, DateTimeOffset LastAt, int Messages, bool HasNews);

/// <summary>Limits of what is written.</summary>
public static class MessageLimits
{
    /// <summary>Characters that a message may have.</summary>
    public const int MaxLength = 4000;

    /// <summary>Messages that a conversation may have; the last one is the MSA's.</summary>
    public const int MaxMessages = 40;

    /// <summary>Conversations of one adherent that may wait for an answer at the same time.</summary>
    public const int MaxWaiting = 5;

    /// <summary>Characters that all conversations of one adherent may have when he writes: older ones give way, and those that wait do not.</summary>
    public const int MaxText = 100_000;
}
