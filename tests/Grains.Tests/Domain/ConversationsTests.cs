using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Messages;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class ConversationsTests
{
    private const string Marie = "marie";
    private const string Marc = "marc";

    private static readonly Guid id = Guid.NewGuid();
    private static readonly Conversations none = new();

    /// <summary>One conversation with one message.</summary>
    private static AdherentState Written => Of(Begin(none, id));

    [Fact]
    public void What_is_written_waits_since_it_was_written_until_it_is_answered()
    {
        var written = Written;
        Assert.Equal((Now, true, false), (written.Conversations.WaitingSince, written.Conversations.All[0].IsWaiting, written.Conversations.HasNews));
        var more = written with { Conversations = Reply(written.Conversations, "Et aussi", Now.AddHours(1)) };
        Assert.Equal(Now, more.Conversations.WaitingSince); // the oldest without an answer

        var answered = Done(Answer(more, Marie, 2, now: Now.AddHours(2)));
        Assert.Null(answered.Conversations.WaitingSince);
        Assert.True(answered.Conversations.HasNews);
        Assert.False(answered.Conversations.Shown(id).HasNews);
        Assert.Equal(ConversationState.Answered, answered.Conversations.All[0].State);

        var asked = Reply(answered.Conversations, "Merci, mais", Now.AddHours(3));
        Assert.Equal(Now.AddHours(3), asked.WaitingSince);
        Assert.True(asked.HasNews); // his own words do not tell that he read the answer
    }

    [Fact]
    public void Three_files_go_with_a_message_and_all_of_one_adherent_have_thirty_megabytes()
    {
        static Attachment File(int size) => new(Guid.NewGuid(), "a.pdf", AttachmentType.Pdf, size);

        var (begun, _) = none.Begin(id, MessageTopic.Health, "Bonjour", Now, File(1), File(2), File(3));
        Assert.Equal([1, 2, 3], begun.Attachments.Select(file => file.Size));
        Assert.Equal(WriteOutcome.TooManyFiles, none.Begin(id, MessageTopic.Health, "Bonjour", Now, File(1), File(1), File(1), File(1)).Item2);
        Assert.Equal(WriteOutcome.TooManyFiles, begun.Reply(id, "Et aussi", Now, File(1), File(1), File(1), File(1)).Item2);

        var (full, outcome) = begun.Reply(id, "Et aussi", Now, File(AttachmentLimits.MaxKept - 6));
        Assert.Equal((WriteOutcome.Written, 4), (outcome, full.Attachments.Count()));
        Assert.Equal(WriteOutcome.NoRoomForFiles, full.Begin(Guid.NewGuid(), MessageTopic.Other, "Encore", Now, File(1)).Item2);
        Assert.Equal(WriteOutcome.Written, full.Begin(Guid.NewGuid(), MessageTopic.Other, "Encore", Now).Item2);
    }

    [Fact]
    public void Of_several_the_first_that_waits_and_the_first_that_is_to_go_count()
    {
        var (two, _) = Written.Conversations.Begin(Guid.NewGuid(), MessageTopic.Health, "Bonjour", Now.AddHours(1));
        Assert.Equal(Now, two.WaitingSince);
        var answered = two with { All = [.. two.All.Select(c => c.With(new(c.LastAt, Marie, "Voici")))] };
        Assert.Equal((Now.AddYears(1), null), (answered.EraseAt, answered.WaitingSince));
        Assert.True(answered.All[0].HasNews);
        Assert.Equal([ConversationState.Waiting, ConversationState.Answered], (ConversationState[])[two.All[0].State, answered.All[0].State]);
    }

    [Fact]
    public void Reading_what_holds_no_news_changes_nothing()
    {
        var written = Written.Conversations;
        Assert.Same(written, written.Shown(id));
        Assert.Same(written, written.Shown(Guid.NewGuid()));
    }

    [Theory]
    [InlineData("", WriteOutcome.TextMissing)]
    [InlineData(" \r\n\t\u00a0", WriteOutcome.TextMissing)]
    [InlineData("<script>alert(1)</script>", WriteOutcome.Written)]
    public void Nothing_but_words_is_asked_of_a_text(string text, WriteOutcome outcome)
    {
        Assert.Equal(outcome, none.Begin(id, MessageTopic.Other, text, Now).Item2);
        Assert.Equal(outcome, Written.Conversations.Reply(id, text, Now).Item2);
    }

    [Fact]
    public void A_text_is_measured_as_it_is_kept()
    {
        var longest = string.Join("\r\n", Enumerable.Repeat("e\u0301", MessageLimits.MaxLength / 2)) + "\r\n  ";
        var (conversations, outcome) = none.Begin(id, MessageTopic.Other, longest + "x", Now);
        Assert.Equal(WriteOutcome.TextTooLong, outcome);
        Assert.Same(none, conversations);
        (conversations, outcome) = none.Begin(id, MessageTopic.Other, longest, Now);
        Assert.Equal(WriteOutcome.Written, outcome);
        Assert.Equal(MessageLimits.MaxLength - 1, conversations.All[0].Messages[0].Text.Length);
        Assert.StartsWith("é\né\n", conversations.All[0].Messages[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_button_pressed_twice_writes_one_message()
    {
        var written = Written.Conversations;
        Assert.Equal((written, WriteOutcome.Written), written.Begin(Guid.NewGuid(), MessageTopic.Payments, " Bonjour\r\n", Now));
        Assert.Equal((written, WriteOutcome.Written), written.Reply(id, "Bonjour", Now));
        Assert.Equal(2, written.Begin(Guid.NewGuid(), MessageTopic.Health, "Bonjour", Now).Item1.All.Count);

        var answered = Done(Answer(Written, Marie, 1)).Conversations;
        Assert.Equal(2, answered.Begin(Guid.NewGuid(), MessageTopic.Payments, "Bonjour", Now).Item1.All.Count);
        Assert.Equal(3, answered.Reply(id, "Bonjour", Now).Item1.All[0].Messages.Count);
    }

    [Fact]
    public void Five_wait_and_no_more_but_those_may_go_on()
    {
        var full = Enumerable.Range(0, MessageLimits.MaxWaiting).Aggregate(none, (all, i) => Begin(all, Guid.NewGuid(), $"Question {i}"));
        Assert.Equal((full, WriteOutcome.TooManyWaiting), full.Begin(id, MessageTopic.Other, "Encore", Now));
        Assert.Equal(WriteOutcome.Written, full.Reply(full.All[0].Id, "Encore", Now).Item2);

        var answered = Done(MessageActs.Answer(Of(full), full.All[0].Id, Marie, "Voici", 1, close: false, Guid.NewGuid(), Now)).Conversations;
        var again = Begin(answered, id);
        Assert.Equal(WriteOutcome.TooManyWaiting, again.Reply(full.All[0].Id, "Merci, mais", Now).Item2);
    }

    [Fact]
    public void Thirty_are_kept_and_the_longest_untouched_that_does_not_wait_gives_way()
    {
        var state = Of(none);
        for (var i = 0; i < Conversations.MaxKept; i++)
        {
            var each = Guid.NewGuid();
            state = state with { Conversations = state.Conversations.Begin(each, MessageTopic.Other, $"Question {i}", Now.AddDays(i)).Item1 };
            if (i > 0) // the oldest of all waits
                state = Done(MessageActs.Answer(state, each, Marie, "Voici", 1, close: i % 2 == 0, Guid.NewGuid(), Now.AddDays(i)));
        }
        var before = state.Conversations.All;
        var after = Begin(state.Conversations, id).All;
        Assert.Equal([before[0], .. before.Skip(2)], after.Take(Conversations.MaxKept - 1));
        Assert.Equal(id, after[^1].Id);
    }

    [Fact]
    public void Only_so_much_text_is_kept_and_what_waits_does_not_give_way()
    {
        static string Long(int number) => $"{number} ".PadRight(MessageLimits.MaxLength, 'x');
        var state = Written;
        for (var i = 1; i < 24; i++)
            state = state with { Conversations = Reply(state.Conversations, Long(i)) };
        state = Done(Answer(state, Marie, 24));
        var other = Guid.NewGuid();
        state = state with { Conversations = Begin(state.Conversations, other, Long(0)) };
        Assert.Equal(2, state.Conversations.All.Count);
        var (next, outcome) = state.Conversations.Reply(other, Long(25), Now);
        Assert.Equal((WriteOutcome.Written, other), (outcome, Assert.Single(next.All).Id)); // the one that was answered has given way
        for (var i = 26; i < 49; i++)
            next = next.Reply(other, Long(i), Now).Item1;
        Assert.Equal(MessageLimits.MaxText, next.All[0].Messages.Sum(m => m.Text.Length));
        Assert.Equal((next, WriteOutcome.TooManyWaiting), next.Reply(other, "Encore", Now));
        Assert.Equal((next, WriteOutcome.TooManyWaiting), next.Begin(id, MessageTopic.Other, "Encore", Now));
    }

    [Fact]
    public void The_last_place_in_a_conversation_is_for_an_answer()
    {
        var state = Written;
        for (var i = 1; i < MessageLimits.MaxMessages - 1; i++)
            state = state with { Conversations = Reply(state.Conversations, $"Suite {i}", Now) };
        Assert.Equal((state.Conversations, WriteOutcome.Full), state.Conversations.Reply(id, "Encore", Now));
        Assert.False(state.Conversations.All[0].MayReply);
        var answered = Done(Answer(state, Marie, MessageLimits.MaxMessages - 1));
        Assert.Equal((answered, AssistanceOutcome.Full), Answer(answered, Marie, MessageLimits.MaxMessages, "Encore"));
        Assert.Equal(AssistanceOutcome.Done, MessageActs.Close(answered, id, Marie, MessageLimits.MaxMessages, Now).Outcome);
    }

    [Fact]
    public void A_conversation_is_erased_a_year_after_its_last_message_unless_it_waits()
    {
        var waiting = Written;
        var closed = Done(Answer(waiting, Marie, 1, close: true, now: Now.AddDays(1)));
        Assert.Null(waiting.Conversations.EraseAt);
        Assert.Same(waiting.Conversations, waiting.Conversations.WithoutOld(Now.AddYears(10)));
        var due = Now.AddDays(1).AddYears(1);
        Assert.Equal(due, closed.Conversations.EraseAt);
        Assert.Equal(due, (closed with { Dispatches = new() }).DueAt);
        Assert.Same(closed.Conversations, closed.Conversations.WithoutOld(due.AddTicks(-1)));
        Assert.Empty(closed.Conversations.WithoutOld(due).All);
        Assert.Equal(Now.AddYears(1), Done(MessageActs.Close(waiting, id, Marie, 1, Now.AddDays(2))).Conversations.EraseAt);
    }

    [Fact]
    public void Of_two_agents_the_first_has_it_for_half_an_hour()
    {
        var taken = Done(MessageActs.Take(Written, id, Marie, Now));
        var late = Now + Hold.Lifetime;
        foreach (var at in new[] { Now, late.AddTicks(-1) })
        {
            Assert.Equal((taken, AssistanceOutcome.TakenByAnother), MessageActs.Take(taken, id, Marc, at));
            Assert.Equal((taken, AssistanceOutcome.TakenByAnother), Answer(taken, Marc, 1, now: at));
            Assert.Equal((taken, AssistanceOutcome.TakenByAnother), MessageActs.Close(taken, id, Marc, 1, at));
            Assert.Equal((taken, AssistanceOutcome.NothingToDo), MessageActs.GiveBack(taken, id, Marc));
            Assert.Equal((taken, AssistanceOutcome.NothingToDo), MessageActs.Take(taken, id, Marie, at));
        }
        Assert.Null(Done(MessageActs.GiveBack(taken, id, Marie)).Conversations.All[0].Hold);
        Assert.Null(Done(Answer(taken, Marie, 1)).Conversations.All[0].Hold);
        var over = Done(MessageActs.Take(taken, id, Marc, late));
        Assert.Equal(new Hold(Marc, late), over.Conversations.All[0].Hold);
        Assert.Equal(AssistanceOutcome.TakenByAnother, Answer(over, Marie, 1, now: late).Outcome);
        Assert.Equal(AssistanceOutcome.Done, Answer(taken, Marc, 1, now: late).Outcome);
        Assert.Equal(AssistanceOutcome.Done, MessageActs.Take(taken, id, Marc, Now.AddDays(-1)).Outcome); // a clock that was moved back
        Assert.Equal(late + Hold.Lifetime, Done(MessageActs.Take(taken, id, Marie, late)).Conversations.All[0].Hold!.Until); // his own, once more
    }

    [Fact]
    public void What_an_agent_has_not_read_he_does_not_answer_or_close()
    {
        var more = Written with { Conversations = Reply(Written.Conversations, "Non, attendez") };
        Assert.Equal((more, AssistanceOutcome.ChangedMeanwhile), Answer(more, Marie, 1));
        Assert.Equal((more, AssistanceOutcome.ChangedMeanwhile), MessageActs.Close(more, id, Marie, 1, Now));
        var closed = Done(MessageActs.Close(more, id, Marie, 2, Now));
        Assert.Equal((closed, AssistanceOutcome.ChangedMeanwhile), Answer(closed, Marc, 2));
        Assert.Equal((closed, AssistanceOutcome.ChangedMeanwhile), MessageActs.Take(closed, id, Marc, Now));
        Assert.Equal((closed, AssistanceOutcome.NothingToDo), MessageActs.Close(closed, id, Marc, 2, Now));
        Assert.Equal((closed.Conversations, WriteOutcome.Closed), closed.Conversations.Reply(id, "Encore", Now));
        var gone = Of(none);
        Assert.Equal((gone, AssistanceOutcome.NothingToDo), Answer(gone, Marie, 1));
        Assert.Equal((gone, AssistanceOutcome.NothingToDo), MessageActs.Take(gone, id, Marie, Now));
        Assert.Equal((none, WriteOutcome.Unknown), none.Reply(id, "Encore", Now));
    }

    [Fact]
    public void An_answer_pressed_twice_is_given_once_and_an_empty_or_endless_one_not_at_all()
    {
        var answered = Done(Answer(Written, Marie, 1));
        Assert.Equal((answered, AssistanceOutcome.NothingToDo), Answer(answered, Marie, 1));
        var closed = Done(Answer(Written, Marie, 1, close: true));
        Assert.Equal((closed, AssistanceOutcome.NothingToDo), Answer(closed, Marie, 1, close: true));
        Assert.Equal(AssistanceOutcome.TextMissing, Answer(Written, Marie, 1, " ").Outcome);
        Assert.Equal(AssistanceOutcome.TextTooLong, Answer(Written, Marie, 1, new string('é', MessageLimits.MaxLength + 1)).Outcome);
    }

    [Fact]
    public void Several_answers_before_the_mail_has_left_make_one_mail()
    {
        var letter = Guid.NewGuid();
        var once = Done(Answer(Written, Marie, 1, letter: letter));
        var twice = Done(Answer(once, Marie, 2, "Et encore"));
        Assert.Equal([(letter, LetterKind.MessageAnswered, Email)], twice.Dispatches.All.Select(d => (d.Id, d.Kind, d.To)));

        var leaving = once with { Dispatches = once.Dispatches.Take(letter, Now).Item1 };
        Assert.Equal(2, Done(Answer(leaving, Marie, 2, "Et encore")).Dispatches.Pending.Count());
        var gone = once with { Dispatches = once.Dispatches.Confirm(letter, Now) };
        Assert.Single(Done(Answer(gone, Marie, 2, "Et encore")).Dispatches.Pending);
    }

    private static AdherentState Of(Conversations conversations) => new() { Contact = new() { Email = Email }, Conversations = conversations };

    private static Conversations Begin(Conversations all, Guid conversation, string text = "Bonjour")
    {
        var (next, outcome) = all.Begin(conversation, MessageTopic.Payments, text, Now);
        Assert.Equal(WriteOutcome.Written, outcome);
        return next;
    }

    private static Conversations Reply(Conversations all, string text, DateTimeOffset? now = null)
    {
        var (next, outcome) = all.Reply(id, text, now ?? Now);
        Assert.Equal(WriteOutcome.Written, outcome);
        return next;
    }

    private static (AdherentState Next, AssistanceOutcome Outcome) Answer(
        AdherentState state, string agent, int seen, string text = "Voici", bool close = false, DateTimeOffset? now = null, Guid? letter = null) =>
        MessageActs.Answer(state, id, agent, text, seen, close, letter ?? Guid.NewGuid(), now ?? Now);

    private static AdherentState Done((AdherentState Next, AssistanceOutcome Outcome) act)
    {
        Assert.Equal(AssistanceOutcome.Done, act.Outcome);
        return act.Next;
    }
}
