using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Messages;

namespace MsaOrleans.Grains;

internal sealed partial class AdherentGrain : IAdherentCorrespondence
{
    Task<IReadOnlyList<WaitingConversation>> IAdherentCorrespondence.Waiting() => Task.FromResult<IReadOnlyList<WaitingConversation>>(
        [.. State.Conversations.All.Where(c => c.IsWaiting).OrderBy(c => c.WaitingSince).Select(c => new WaitingConversation(c.Id, c.Topic, c.WaitingSince!.Value, c.Messages.Count, HoldOf(c)))]);

    async Task<HandledConversation?> IAdherentCorrespondence.Read(AgentAct act, Guid conversation)
    {
        if (!HasReason(act))
            return null;
        var found = State.Conversations.Find(conversation);
        await PutOnRecord(AuditedAct.ReadMessage, act, AssistanceDetail.Of(found is null ? AssistanceOutcome.NothingToDo : AssistanceOutcome.Done, TopicOf(conversation)));
        return HandledOf(conversation);
    }

    async Task<AttachmentContent?> IAdherentCorrespondence.Open(AgentAct act, Guid conversation, Guid attachment)
    {
        if (!HasReason(act))
            return null;
        var content = await ContentOf(State.Conversations.Find(conversation)?.Attachments.FirstOrDefault(a => a.Id == attachment));
        await PutOnRecord(AuditedAct.OpenedAttachment, act, AssistanceDetail.Of(content is null ? AssistanceOutcome.NothingToDo : AssistanceOutcome.Done, TopicOf(conversation)));
        return content;
    }

    Task<HandlingOutcome> IAdherentCorrespondence.Take(AgentAct act, Guid conversation) =>
        Handle(act, AuditedAct.TookMessage, conversation, MessageActs.Take(State, conversation, act.Agent, Now));

    Task<HandlingOutcome> IAdherentCorrespondence.GiveBack(AgentAct act, Guid conversation) =>
        Handle(act, AuditedAct.GaveBackMessage, conversation, MessageActs.GiveBack(State, conversation, act.Agent));

    Task<HandlingOutcome> IAdherentCorrespondence.Answer(AgentAct act, Guid conversation, string text, int seen, bool close) =>
        Handle(act, AuditedAct.AnsweredMessage, conversation, MessageActs.Answer(State, conversation, act.Agent, text, seen, close, Guid.CreateVersion7(Now), Now));

    Task<HandlingOutcome> IAdherentCorrespondence.Close(AgentAct act, Guid conversation, int seen) =>
        Handle(act, AuditedAct.ClosedMessage, conversation, MessageActs.Close(State, conversation, act.Agent, seen, Now));

    private async Task<HandlingOutcome> Handle(AgentAct act, AuditedAct what, Guid conversation, (AdherentState Next, AssistanceOutcome Outcome) decided)
    {
        var outcome = await Do(act, what, decided, TopicOf(conversation));
        return new(outcome, outcome is AssistanceOutcome.ReasonMissing ? null : HandledOf(conversation));
    }

    private string? TopicOf(Guid conversation) => State.Conversations.Find(conversation)?.Topic.ToString();

    private HandledConversation? HandledOf(Guid conversation) => State.Conversations.Find(conversation) is not { } found ? null : new(
        State.Identity!.DisplayName, found.Summary, [.. found.Messages.Select(m => new HandledMessage(m.At, m.Agent, m.Text, m.Attachments))], HoldOf(found));

    private static ConversationHold? HoldOf(Conversation conversation) => conversation.Hold is { } hold ? new(hold.Agent, hold.At, hold.Until) : null;
}
