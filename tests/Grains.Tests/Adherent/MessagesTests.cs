using System.Text.Json;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Grains.Storage;
using static MsaOrleans.Grains.Tests.Adherent.Fakes.MemoryRows;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>What an adherent writes to the MSA, and what agents do with it.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class MessagesTests(AdherentCluster cluster)
{
    private const string Question = "Où est <b>mon</b> paiement & quand ?";

    private static readonly AgentAct marie = new("marie", "Réponse à un message");
    private static readonly AgentAct marc = new("marc", "Réponse à un message");
    private static readonly Password own = new(TestAdherent.OwnPassword);

    private static readonly Dictionary<AuditedAct, Func<IAdherentCorrespondence, AgentAct, Guid, Task<object?>>> acts = new()
    {
        [AuditedAct.ReadMessage] = async (file, by, id) => await file.Read(by, id),
        [AuditedAct.TookMessage] = async (file, by, id) => await file.Take(by, id),
        [AuditedAct.GaveBackMessage] = async (file, by, id) => await file.GiveBack(by, id),
        [AuditedAct.AnsweredMessage] = async (file, by, id) => await file.Answer(by, id, "Il part demain.", 1, close: false),
        [AuditedAct.ClosedMessage] = async (file, by, id) => await file.Close(by, id, 1),
    };

    public static TheoryData<AuditedAct> Acts => [.. acts.Keys];

    [Fact]
    public async Task He_writes_an_agent_takes_and_answers_a_mail_says_so_and_he_reads_it()
    {
        var (fritz, session) = await Connected();
        var id = await Write(fritz, session);
        Assert.Equal([(id, MessageTopic.Payments, cluster.Now, 1, null)], (await fritz.Correspondence.Waiting()).Select(w => (w.Id, w.Topic, w.Since, w.Messages, w.Hold)));

        Assert.Equal(AssistanceOutcome.Done, (await fritz.Correspondence.Take(marie, id)).Outcome);
        Assert.Equal(new("marie", cluster.Now, cluster.Now + Hold.Lifetime), Assert.Single(await fritz.Correspondence.Waiting()).Hold);
        var answered = await fritz.Correspondence.Answer(marie, id, " Il part\r\ndemain. ", 1, close: false);
        Assert.Equal((AssistanceOutcome.Done, "LAMY FRITZ", ConversationState.Answered), (answered.Outcome, answered.Conversation!.Name, answered.Conversation.Summary.State));
        Assert.Equal([(null, Question), ("marie", "Il part\ndemain.")], answered.Conversation.Messages.Select(m => (m.Agent, m.Text)));
        Assert.Empty(await fritz.Correspondence.Waiting());

        var letter = Assert.Single(await fritz.ReceiveLetters());
        Assert.Equal((LetterKind.MessageAnswered, Samples.Email, "LAMY FRITZ", null), (letter.Kind, letter.To, letter.RecipientName, letter.Secret));
        Assert.True((await fritz.Space.Home(session))!.HasNewAnswer);
        Assert.True(Assert.Single((await fritz.Messages.All(session))!).HasNews);
        var reading = await fritz.Messages.Read(session, id);
        Assert.Equal([(false, Question), (true, "Il part\ndemain.")], reading!.Messages.Select(m => (m.IsAnswer, m.Text)));
        Assert.False((await fritz.Space.Home(session))!.HasNewAnswer);
        Assert.False(Assert.Single((await fritz.Messages.All(session))!).HasNews);

        await fritz.Deactivate();
        Assert.Equal(2, (await fritz.Messages.Read(session, id))!.Messages.Count);
    }

    [Fact]
    public async Task The_last_written_in_comes_first()
    {
        var (fritz, session) = await Connected();
        var first = await Write(fritz, session);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await fritz.Messages.Write(session, MessageTopic.Health, "Ma carte Vitale");
        Assert.Equal([MessageTopic.Health, MessageTopic.Payments], (await fritz.Messages.All(session))!.Select(c => c.Topic));
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await fritz.Messages.Reply(session, first, "Toujours rien.");
        Assert.Equal([MessageTopic.Payments, MessageTopic.Health], (await fritz.Messages.All(session))!.Select(c => c.Topic));
    }

    [Fact]
    public async Task Without_a_session_nothing_is_shown_or_written()
    {
        var (fritz, session) = await Connected();
        var id = await Write(fritz, session);
        var version = cluster.Rows.Version(fritz.Key);
        foreach (var other in new[] { SessionToken.New(), await cluster.NewAdherent().Personalise() })
        {
            Assert.Null(await fritz.Messages.All(other));
            Assert.Null(await fritz.Messages.Read(other, id));
            Assert.Equal(WriteOutcome.NotAllowed, await fritz.Messages.Write(other, MessageTopic.Other, "Bonjour"));
            Assert.Equal(WriteOutcome.NotAllowed, await fritz.Messages.Reply(other, id, "Bonjour"));
        }
        var unfinished = cluster.NewAdherent();
        Assert.Null(await unfinished.Messages.All(await unfinished.Personalise()));
        Assert.Null(await fritz.Messages.Read(session, Guid.NewGuid()));
        Assert.Equal(version, cluster.Rows.Version(fritz.Key));
    }

    [Fact]
    public async Task Two_agents_at_once_make_one_answer_and_the_other_hears_who_was_faster()
    {
        var (fritz, session) = await Connected();
        var id = await Write(fritz, session);
        var outcomes = await Task.WhenAll(fritz.Correspondence.Take(marie, id), fritz.Correspondence.Take(marc, id));
        var (winner, loser) = outcomes[0].Outcome == AssistanceOutcome.Done ? (marie, marc) : (marc, marie);
        Assert.Equal([AssistanceOutcome.Done, AssistanceOutcome.TakenByAnother], outcomes.Select(o => o.Outcome).Order());
        Assert.All(outcomes, o => Assert.Equal(winner.Agent, o.Conversation!.Hold!.Agent));
        var refused = await fritz.Correspondence.Answer(loser, id, "Voici", 1, close: true);
        Assert.Equal((AssistanceOutcome.TakenByAnother, winner.Agent), (refused.Outcome, refused.Conversation!.Hold!.Agent));
        await fritz.Correspondence.GiveBack(winner, id);

        outcomes = await Task.WhenAll(fritz.Correspondence.Answer(marie, id, "Un", 1, close: false), fritz.Correspondence.Answer(marc, id, "Deux", 1, close: false));
        Assert.Equal([AssistanceOutcome.Done, AssistanceOutcome.ChangedMeanwhile], outcomes.Select(o => o.Outcome).Order());
        Assert.Equal(2, Assert.Single(fritz.Stored!.Conversations.All).Messages.Count);
        Assert.Single(await fritz.ReceiveLetters());
    }

    [Fact]
    public async Task An_answer_to_what_its_owner_has_changed_meanwhile_is_refused_with_what_he_wrote()
    {
        var (fritz, session) = await Connected();
        var id = await Write(fritz, session);
        await fritz.Correspondence.Take(marie, id);
        await fritz.Messages.Reply(session, id, "Il est arrivé, merci.");
        var refused = await fritz.Correspondence.Answer(marie, id, "Il part demain.", 1, close: false);
        Assert.Equal((AssistanceOutcome.ChangedMeanwhile, "Il est arrivé, merci."), (refused.Outcome, refused.Conversation!.Messages[^1].Text));
        Assert.Equal(AssistanceOutcome.Done, (await fritz.Correspondence.Close(marie, id, 2)).Outcome);
        Assert.Equal(WriteOutcome.Closed, await fritz.Messages.Reply(session, id, "Encore"));
        Assert.Empty(await fritz.ReceiveLetters()); // closing says nothing
    }

    [Fact]
    public async Task Whoever_took_it_and_is_gone_holds_it_for_half_an_hour_and_no_longer()
    {
        var (fritz, session) = await Connected();
        var id = await Write(fritz, session);
        await fritz.Correspondence.Take(marie, id);
        cluster.Clock.Advance(Hold.Lifetime);
        Assert.Equal(AssistanceOutcome.Done, (await fritz.Correspondence.Take(marc, id)).Outcome);
        Assert.Equal(AssistanceOutcome.TakenByAnother, (await fritz.Correspondence.Answer(marie, id, "Voici", 1, close: false)).Outcome);
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task An_act_is_on_the_record_before_anything_is_shown_or_written(AuditedAct what)
    {
        var (fritz, session) = await Connected();
        var id = await Write(fritz, session);
        if (what == AuditedAct.GaveBackMessage)
            await fritz.Correspondence.Take(marie, id);
        cluster.Rows.TakeNotes(fritz.Key);

        Assert.NotNull(await acts[what](fritz.Correspondence, marie, id));
        Assert.Equal(
            what switch { AuditedAct.ReadMessage => ["recorded"], AuditedAct.AnsweredMessage => ["recorded", "queued", "written"], _ => ["recorded", "written"] },
            cluster.Rows.TakeNotes(fritz.Key));
        Assert.Equal(new AuditEntry(cluster.Now, what, marie, fritz.Key, "Payments Done"), (await cluster.Audit.About(fritz.Key, 1))[0]);
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task When_the_record_cannot_be_written_or_no_reason_is_given_nothing_is_done(AuditedAct what)
    {
        var (fritz, session) = await Connected();
        var id = await Write(fritz, session);
        if (what == AuditedAct.GaveBackMessage)
            await fritz.Correspondence.Take(marie, id);
        var before = Json(fritz);

        cluster.Audit.Break(fritz.Key);
        await Assert.ThrowsAsync<IOException>(() => acts[what](fritz.Correspondence, marie, id));
        cluster.Audit.Mend(fritz.Key);
        cluster.Rows.TakeNotes(fritz.Key);
        var unreasoned = await acts[what](fritz.Correspondence, marie with { Reason = " " }, id);
        Assert.True(unreasoned is null or HandlingOutcome { Outcome: AssistanceOutcome.ReasonMissing, Conversation: null });
        Assert.Empty(cluster.Rows.TakeNotes(fritz.Key));
        Assert.Equal(before, Json(fritz));
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task An_unknown_conversation_shows_nothing_and_is_on_record_as_such(AuditedAct what)
    {
        var (fritz, session) = await Connected();
        await Write(fritz, session);
        var outcome = await acts[what](fritz.Correspondence, marie, Guid.NewGuid());
        Assert.True(outcome is null or HandlingOutcome { Outcome: AssistanceOutcome.NothingToDo, Conversation: null });
        Assert.Equal((what, "NothingToDo"), ((await cluster.Audit.About(fritz.Key, 1))[0].Act, (await cluster.Audit.About(fritz.Key, 1))[0].Detail));
    }

    [Fact]
    public async Task An_answer_whose_write_fails_was_not_given_and_can_be_given_again()
    {
        var (fritz, session) = await Connected();
        var id = await Write(fritz, session);
        cluster.Rows.FailNext(fritz.Key, Failure.BeforeSaving);
        await Assert.ThrowsAnyAsync<Exception>(() => fritz.Correspondence.Answer(marie, id, "Voici", 1, close: false));
        Assert.Empty(await fritz.ReceiveLetters());
        Assert.Equal(AssistanceOutcome.Done, (await fritz.Correspondence.Answer(marie, id, "Voici", 1, close: false)).Outcome);
        Assert.Single(await fritz.ReceiveLetters());
    }

    [Fact]
    public async Task A_mail_about_what_he_has_read_already_does_not_leave()
    {
        var (fritz, session) = await Connected();
        var id = await Write(fritz, session);
        await fritz.Correspondence.Answer(marie, id, "Voici", 1, close: false);
        await fritz.Messages.Read(session, id);
        Assert.Empty(await fritz.ReceiveLetters());
        Assert.Equal(VoidReasons.Ended, fritz.Stored!.Dispatches.All[^1].LastFailure);
    }

    [Fact]
    public async Task A_year_after_the_last_message_the_sweep_erases_it()
    {
        var (fritz, session) = await Connected();
        var id = await Write(fritz, session);
        await fritz.Correspondence.Answer(marie, id, "Voici", 1, close: true);
        await fritz.ReceiveLetters();
        var due = cluster.Now.AddYears(1);
        Assert.Equal(due, fritz.Stored!.DueAt);
        cluster.Clock.Advance(due - cluster.Now);
        await fritz.Dispatches.Sweep(queueLost: false);
        Assert.Empty(fritz.Stored!.Conversations.All);
        Assert.Null(fritz.Stored.DueAt);
    }

    [Fact]
    public async Task They_are_in_his_export_without_the_agent_and_go_with_his_account()
    {
        var (fritz, session) = await Connected();
        var id = await Write(fritz, session);
        await fritz.Correspondence.Answer(marie, id, "Voici", 1, close: true);

        var data = Assert.IsType<ExportOutcome.Exported>(await fritz.Account.Export(session, own)).Data;
        var record = Assert.Single(data.Conversations);
        Assert.Equal((MessageTopic.Payments, (DateTimeOffset?)cluster.Now), (record.Topic, record.ClosedAt));
        Assert.Equal([(false, Question), (true, "Voici")], record.Messages.Select(m => (m.IsAnswer, m.Text)));
        Assert.Equal((AuditedAct.AnsweredMessage, "Payments", true), (data.Assistance[0].What, data.Assistance[0].Subject, data.Assistance[0].Done));

        await fritz.Account.Close(session, own);
        Assert.DoesNotContain("paiement", Json(fritz), StringComparison.Ordinal);
        Assert.Equal((AssistanceOutcome.NothingToDo, null), await Handled(fritz.Correspondence.Answer(marie, id, "Encore", 2, close: false)));
    }

    [Fact]
    public async Task The_file_lists_them_and_its_timeline_tells_what_was_written_and_answered()
    {
        var (fritz, session) = await Connected();
        var id = await Write(fritz, session);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await fritz.Correspondence.Answer(marie, id, "Voici", 1, close: false);

        var file = (await fritz.Assistance.Look(marie))!;
        Assert.Equal([(id, MessageTopic.Payments, ConversationState.Answered, 2)], file.Conversations.Select(c => (c.Id, c.Topic, c.State, c.Messages)));
        Assert.Equal(MessageTopic.Payments, Assert.Single(file.Timeline, e => e.Kind == TimelineKind.MessageWritten).Topic);
        Assert.Equal(("Payments", "marie"), (Assert.Single(file.Timeline, e => e.Act == AuditedAct.AnsweredMessage) is var entry ? (entry.Subject, entry.By!.Agent) : default));
        Assert.DoesNotContain("quand", JsonSerializer.Serialize(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_queue_shows_those_of_each_page_the_longest_waiting_first_and_no_row_that_is_broken_hides_them()
    {
        var (fritz, session) = await Connected();
        var (marthe, hers) = await Connected();
        await Write(fritz, session);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await Write(marthe, hers);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await fritz.Messages.Write(session, MessageTopic.Health, "Ma carte Vitale");
        var (copied, nobody) = (cluster.NewAdherent(), cluster.NewAdherent());
        cluster.Rows.Copy(fritz.Key, copied.Key); // another's row: it is not activated

        cluster.Waiting.Adherents = [fritz.Key, copied.Key, nobody.Key, marthe.Key];
        var page = await cluster.MessageQueue.Page(1);
        Assert.Equal([(fritz.Key, MessageTopic.Payments), (marthe.Key, MessageTopic.Payments), (fritz.Key, MessageTopic.Health)], page.Conversations.Select(q => (q.Adherent, q.Waiting.Topic)));
        Assert.False(page.More);

        cluster.Waiting.Adherents = [.. Enumerable.Repeat(nobody.Key, QueuePage.Length), marthe.Key];
        page = await cluster.MessageQueue.Page(1);
        Assert.Equal((0, true), (page.Conversations.Count, page.More));
        page = await cluster.MessageQueue.Page(2);
        Assert.Equal((marthe.Key, false), (Assert.Single(page.Conversations).Adherent, page.More));
    }

    private async Task<(TestAdherent Fritz, SessionToken Session)> Connected()
    {
        var fritz = cluster.NewAdherent();
        return (fritz, await fritz.Connect());
    }

    private static async Task<Guid> Write(TestAdherent fritz, SessionToken session)
    {
        Assert.Equal(WriteOutcome.Written, await fritz.Messages.Write(session, MessageTopic.Payments, Question));
        return (await fritz.Messages.All(session))![0].Id;
    }

    private static async Task<(AssistanceOutcome, HandledConversation?)> Handled(Task<HandlingOutcome> act) => await act is var (outcome, conversation) ? (outcome, conversation) : default;

    private static string Json(TestAdherent fritz) => JsonSerializer.Serialize(fritz.Stored!, AdherentStateJson.Default.AdherentState);
}
