using System.Collections.Immutable;
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

    Task<WriteOutcome> IAdherentMessages.Write(SessionToken session, MessageTopic topic, string text, IReadOnlyList<AttachedFile>? files) =>
        WriteMessage(session, files ?? [], attached => State.Conversations.Begin(Guid.CreateVersion7(Now), topic, text, Now, attached));

    Task<WriteOutcome> IAdherentMessages.Reply(SessionToken session, Guid conversation, string text, IReadOnlyList<AttachedFile>? files) =>
        WriteMessage(session, files ?? [], attached => State.Conversations.Reply(conversation, text, Now, attached));

    async Task<AttachmentContent?> IAdherentMessages.Open(SessionToken session, Guid attachment) =>
        !MayUseSpace(session) ? null : await ContentOf(State.Conversations.Attachments.FirstOrDefault(a => a.Id == attachment)) ?? Missing<AttachmentContent>();

    private async Task<WriteOutcome> WriteMessage(SessionToken session, IReadOnlyList<AttachedFile> sent, Func<ImmutableList<Attachment>, (Conversations Next, WriteOutcome Outcome)> write)
    {
        if (!MayUseSpace(session))
            return WriteOutcome.NotAllowed;
        var attached = sent.ToDictionary(_ => Guid.CreateVersion7(Now));
        var (next, outcome) = write([.. attached.Select(file => new Attachment(file.Key, file.Value.Name, file.Value.Type, file.Value.Content.Length))]);
        // Of what is refused, or was written before, nothing is kept.
        foreach (var named in next.Attachments.Where(a => attached.ContainsKey(a.Id)))
            await files.Write(Key, named.Id, attached[named.Id].Content);
        await Commit(State.With(next, Now));
        return outcome;
    }

    private async Task<AttachmentContent?> ContentOf(Attachment? attachment) =>
        attachment is not null && await files.Read(Key, attachment.Id) is { } content ? new(attachment, content) : null;

    private static List<ReadMessage> ReadingOf(Conversation conversation) =>
        [.. conversation.Messages.Select(m => new ReadMessage(m.At, m.Agent is not null, m.Text, m.Attachments))];
}
