using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Messages;

namespace MsaOrleans.Grains.Domain;

/// <summary>
/// What agents do with an adherent's messages. Like <see cref="AssistanceActs"/> they look at the conversation as it is now, and what is not
/// <see cref="AssistanceOutcome.Done"/> leaves the state as it was.
/// </summary>
internal static class MessageActs
{
    public static (AdherentState Next, AssistanceOutcome Outcome) Take(AdherentState state, Guid id, string agent, DateTimeOffset now) => state.Conversations.Find(id) switch
    {
        null => (state, AssistanceOutcome.NothingToDo),
        { ClosedAt: not null } => (state, AssistanceOutcome.ChangedMeanwhile),
        var one when one.IsHeldFrom(agent, now) => (state, AssistanceOutcome.TakenByAnother),
        { Hold: { } hold } when hold.Agent == agent && now < hold.Until => (state, AssistanceOutcome.NothingToDo),
        var one => Done(state, one with { Hold = new(agent, now) }),
    };

    public static (AdherentState Next, AssistanceOutcome Outcome) GiveBack(AdherentState state, Guid id, string agent) =>
        state.Conversations.Find(id) is { } one && one.Hold?.Agent == agent ? Done(state, one with { Hold = null }) : (state, AssistanceOutcome.NothingToDo);

    /// <summary>A button pressed twice answers once; several answers before the mail has left make one mail.</summary>
    public static (AdherentState Next, AssistanceOutcome Outcome) Answer(
        AdherentState state, Guid id, string agent, string typed, int seen, bool close, Guid letter, DateTimeOffset now)
    {
        var answer = new Message(now, agent, Typed.Text(typed));
        if (state.Conversations.Find(id) is not { } one)
            return (state, AssistanceOutcome.NothingToDo);
        if (one.Messages.Count == seen + 1 && one.EndsWith(answer) && close == one.ClosedAt is not null)
            return (state, AssistanceOutcome.NothingToDo);
        if (Refusal(one, agent, seen, now) is { } refusal)
            return (state, refusal);
        if (answer.Text.Length == 0)
            return (state, AssistanceOutcome.TextMissing);
        if (answer.Text.Length > MessageLimits.MaxLength)
            return (state, AssistanceOutcome.TextTooLong);
        if (one.Messages.Count >= MessageLimits.MaxMessages)
            return (state, AssistanceOutcome.Full);
        var answered = one.With(answer) with { Hold = null, ClosedAt = close ? now : null };
        return Done(state with { Dispatches = state.Dispatches.RequestOnce(letter, LetterKind.MessageAnswered, state.Contact.Email!, now) }, answered);
    }

    public static (AdherentState Next, AssistanceOutcome Outcome) Close(AdherentState state, Guid id, string agent, int seen, DateTimeOffset now) =>
        state.Conversations.Find(id) is not { ClosedAt: null } one ? (state, AssistanceOutcome.NothingToDo)
        : Refusal(one, agent, seen, now) is { } refusal ? (state, refusal)
        : Done(state, one with { Hold = null, ClosedAt = now });

    private static AssistanceOutcome? Refusal(Conversation one, string agent, int seen, DateTimeOffset now) =>
        one.ClosedAt is not null ? AssistanceOutcome.ChangedMeanwhile
        : one.IsHeldFrom(agent, now) ? AssistanceOutcome.TakenByAnother
        : one.Messages.Count != seen ? AssistanceOutcome.ChangedMeanwhile
        : null;

    private static (AdherentState, AssistanceOutcome) Done(AdherentState state, Conversation changed) =>
        (state with { Conversations = state.Conversations.With(changed) }, AssistanceOutcome.Done);
}
