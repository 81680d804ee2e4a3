using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Messages;

namespace MsaOrleans.Grains;

internal sealed partial class AdherentGrain : IAdherentMessages
{
    Task<IReadOnlyList<ConversationSummary>?> IAdherentMessages.All(SessionToken session) => Task.FromResult<IReadOnlyList<ConversationSummary>?>(
        MayUseSpace(session) ? [.. State.Conversations.All.OrderByDescending(c => c.LastAt).Select(c => c.Summary)] : null);

    async Task<ConversationReading?> IAdherentMessages.Read(SessionToken session, Guid conversation)
    {
        if (!MayUseSpace(session) || State.Conversations.Find(conversation) is not { } found)
            return null;
        await Commit(State with { Conversations = State.Conversations.Shown(conversation) });
        return new(found.Summary, ReadingOf(found), found.MayReply);
    }

    Task<WriteOutcome> IAdherentMessages.Write(SessionToken session, MessageTopic topic, string text) =>
        WriteMessage(session, () => State.Conversations.Begin(Guid.CreateVersion7(Now), topic, text, Now));

    Task<WriteOutcome> IAdherentMessages.Reply(SessionToken session, Guid conversation, string text) =>
        WriteMessage(session, () => State.Conversations.Reply(conversation, text, Now));

    private async Task<WriteOutcome> WriteMessage(SessionToken session, Func<(Conversations Next, WriteOutcome Outcome)> write)
    {
        if (!MayUseSpace(session))
            return WriteOutcome.NotAllowed;
        var (next, outcome) = write();
        await Commit(State with { Conversations = next });
        return outcome;
    }

    private static List<ReadMessage> ReadingOf(Conversation conversation) => [.. conversation.Messages.Select(m => new ReadMessage(m.At, m.Agent is not null, m.Text))];
}
