using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;

namespace MsaOrleans.Grains.Interfaces.Messages;

/// <summary>
/// An adherent's messages as the hotline sees and answers them. But for <see cref="Waiting"/>, which shows no words, each call is put on the record before it is
/// answered or carried out, as in <see cref="IAdherentAssistance"/>; and like there, who may call this is for the site to see to.
/// </summary>
[Alias("msa.adherent.correspondence")]
public interface IAdherentCorrespondence : IAdherentFacet
{
    /// <summary>The conversations that wait for an answer, the longest waiting first.</summary>
    [Alias("waiting"), Retriable]
    Task<IReadOnlyList<WaitingConversation>> Waiting();

    /// <summary>Reads a conversation.</summary>
    /// <returns>Nothing when there is none, or not any more, or no reason is given.</returns>
    [Alias("read")]
    Task<HandledConversation?> Read(AgentAct act, Guid conversation);

    /// <summary>Opens a file that the adherent sent.</summary>
    /// <returns>Nothing when there is none in this conversation, or not any more, or no reason is given.</returns>
    [Alias("open")]
    Task<AttachmentContent?> Open(AgentAct act, Guid conversation, Guid attachment);

    /// <summary>Takes a conversation, so that no other agent answers it for half an hour; one that another took longer ago is taken over.</summary>
    [Alias("take")]
    Task<HandlingOutcome> Take(AgentAct act, Guid conversation);

    /// <summary>Leaves a conversation that one has taken to others.</summary>
    [Alias("give-back")]
    Task<HandlingOutcome> GiveBack(AgentAct act, Guid conversation);

    /// <summary>Answers, and has a mail tell the adherent that there is an answer. Whoever has taken the conversation may, and everybody when nobody has.</summary>
    /// <param name="act">Who, and why.</param>
    /// <param name="conversation">Which.</param>
    /// <param name="text">Plain text, at most <see cref="MessageLimits.MaxLength"/> characters.</param>
    /// <param name="seen">How many messages the agent has read: he does not answer what he has not seen.</param>
    /// <param name="close">Nothing is to follow: the conversation is closed with it.</param>
    [Alias("answer")]
    Task<HandlingOutcome> Answer(AgentAct act, Guid conversation, string text, int seen, bool close);

    /// <summary>Closes a conversation without a word; no mail tells it.</summary>
    /// <param name="act">Who, and why.</param>
    /// <param name="conversation">Which.</param>
    /// <param name="seen">How many messages the agent has read.</param>
    [Alias("close")]
    Task<HandlingOutcome> Close(AgentAct act, Guid conversation, int seen);
}

/// <summary>A conversation in the queue.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="Since">When the oldest message without an answer was written.</param>
/// <param name="Messages">How many messages it has.</param>
/// <param name="Hold">The agent who has taken it.</param>
[GenerateSerializer, Immutable, Alias("msa.waiting-conversation")]
public sealed record WaitingConversation(Guid Id, MessageTopic Topic, DateTimeOffset Since, int Messages, ConversationHold? Hold);

/// <summary>An agent has taken a conversation.</summary>
/// <param name="Agent">His login.</param>
/// <param name="Since">When he took it.</param>
/// <param name="Until">From when on another may take it over.</param>
[GenerateSerializer, Immutable, Alias("msa.conversation-hold")]
public sealed record ConversationHold(string Agent, DateTimeOffset Since, DateTimeOffset Until);

/// <summary>What came of what an agent wanted to do with a conversation.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Conversation">As it is now: of what was refused it says why. Nothing when there is none, or not any more.</param>
[GenerateSerializer, Immutable, Alias("msa.handling-outcome")]
public sealed record HandlingOutcome(AssistanceOutcome Outcome, HandledConversation? Conversation);

/// <summary>A conversation as agents read it.</summary>
/// <param name="Name">Of the adherent.</param>
/// <param name="Summary">All but its words.</param>
/// <param name="Messages">Oldest first.</param>
/// <param name="Hold">The agent who has taken it.</param>
[GenerateSerializer, Immutable, Alias("msa.handled-conversation")]
public sealed record HandledConversation(string Name, ConversationSummary Summary, IReadOnlyList<HandledMessage> Messages, ConversationHold? Hold)
{
    public override string ToString() => "conversation";
}

/// <summary>A message as agents read it.</summary>
/// <param name="At">When it was written.</param>
/// <param name="Agent">Login of the agent who wrote it; nothing when the adherent did.</param>
/// <param name="Text">Plain text, whatever it looks like.</param>
/// <param name="Attachments">The files that the adherent sent with it.</param>
[GenerateSerializer, Immutable, Alias("msa.handled-message")]
public sealed record HandledMessage(DateTimeOffset At, string? Agent, string Text, IReadOnlyList<Attachment> Attachments)
{
    public override string ToString() => "message";
}
