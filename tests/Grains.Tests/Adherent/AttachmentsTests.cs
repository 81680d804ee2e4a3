using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Grains.Telemetry;
using MsaOrleans.Testing;
using static MsaOrleans.Grains.Tests.Adherent.Fakes.MemoryRows;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>Files that go with messages: who opens them, and when they go.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class AttachmentsTests(AdherentCluster cluster)
{
    private static readonly AgentAct marie = new("marie", "Réponse à un message");
    private static readonly Password own = new(TestAdherent.OwnPassword);
    private static readonly AttachedFile letter = File(SampleFiles.Pdf, "courrier.pdf");
    private static readonly AttachedFile photograph = File(SampleFiles.Photograph, "IMG_1.jpg");

    [Fact]
    public async Task He_sends_files_opens_them_again_and_an_agent_opens_them_on_the_record()
    {
        var (fritz, session) = await Connected();
        var id = await Write(fritz, session, letter, photograph);
        var sent = Assert.Single((await fritz.Messages.Read(session, id))!.Messages).Attachments;
        Assert.Equal([("courrier.pdf", AttachmentType.Pdf, letter.Content.Length), ("IMG_1.jpg", AttachmentType.Jpeg, photograph.Content.Length)], sent.Select(a => (a.Name, a.Type, a.Size)));
        Assert.Equal(sent.Select(a => a.Id).Order(), cluster.Files.Of(fritz.Key).Order());
        var opened = (await fritz.Messages.Open(session, sent[1].Id))!;
        Assert.Equal(sent[1], opened.About);
        Assert.Equal(photograph.Content, opened.Content);

        Assert.Equal(sent, Assert.Single((await fritz.Correspondence.Read(marie, id))!.Messages).Attachments);
        Assert.Equal(letter.Content, (await fritz.Correspondence.Open(marie, id, sent[0].Id))!.Content);
        Assert.Equal(new AuditEntry(cluster.Now, AuditedAct.OpenedAttachment, marie, fritz.Key, "Payments Done"), (await cluster.Audit.About(fritz.Key, 1))[0]);
        var data = Assert.IsType<ExportOutcome.Exported>(await fritz.Account.Export(session, own)).Data;
        Assert.Equal(sent, data.Conversations[0].Messages[0].Attachments);
    }

    [Fact]
    public async Task What_an_agent_cannot_have_recorded_or_what_is_not_there_he_does_not_get()
    {
        var (fritz, session) = await Connected();
        var id = await Write(fritz, session, letter);
        var file = cluster.Files.Of(fritz.Key).Single();
        Assert.Null(await fritz.Correspondence.Open(marie with { Reason = " " }, id, file));
        Assert.Null(await fritz.Correspondence.Open(marie, id, Guid.NewGuid()));
        Assert.Equal("Payments NothingToDo", (await cluster.Audit.About(fritz.Key, 1))[0].Detail);
        Assert.Null(await fritz.Correspondence.Open(marie, Guid.NewGuid(), file)); // of another conversation
        cluster.Audit.Break(fritz.Key);
        await Assert.ThrowsAsync<IOException>(() => fritz.Correspondence.Open(marie, id, file));
        cluster.Audit.Mend(fritz.Key);
    }

    [Fact]
    public async Task Another_s_file_is_not_there_which_is_counted()
    {
        var (fritz, session) = await Connected();
        var (other, others) = await Connected();
        await Write(fritz, session, letter);
        var file = cluster.Files.Of(fritz.Key).Single();
        using var measures = new Measures(cluster.Meters, AdherentMeter.Name);
        Assert.Null(await other.Messages.Open(others, file));
        Assert.Single(measures.All, measured => measured.Name == "msa.documents.refused");
        Assert.Null(await fritz.Messages.Open(others, file));
        Assert.Equal(WriteOutcome.NotAllowed, await fritz.Messages.Write(others, MessageTopic.Other, "Bonjour", [letter]));
        Assert.Single(cluster.Files.Of(fritz.Key));
    }

    [Fact]
    public async Task Of_what_is_refused_or_pressed_twice_no_file_is_kept()
    {
        var (fritz, session) = await Connected();
        var id = await Write(fritz, session, letter);
        Assert.Equal(WriteOutcome.Written, await fritz.Messages.Write(session, MessageTopic.Payments, "Où est mon paiement ?", [letter]));
        Assert.Equal(WriteOutcome.TextMissing, await fritz.Messages.Reply(session, id, " ", [letter]));
        Assert.Equal(WriteOutcome.TooManyFiles, await fritz.Messages.Reply(session, id, "Voici", [letter, letter, letter, letter]));
        Assert.Equal(WriteOutcome.Unknown, await fritz.Messages.Reply(session, Guid.NewGuid(), "Voici", [letter]));
        Assert.Single(cluster.Files.Of(fritz.Key));
        Assert.Equal(WriteOutcome.Written, await fritz.Messages.Reply(session, id, "Voici", [letter, letter])); // the same twice is two
        Assert.Equal(WriteOutcome.Written, await fritz.Messages.Reply(session, id, "Voici", [letter]));
        Assert.Equal(4, cluster.Files.Of(fritz.Key).Count);
    }

    [Fact]
    public async Task A_message_that_could_not_be_written_names_no_file_and_the_next_that_go_take_its_leftover_with_them()
    {
        var (fritz, session) = await Connected();
        cluster.Rows.FailNext(fritz.Key, Failure.BeforeSaving);
        await Assert.ThrowsAnyAsync<Exception>(() => fritz.Messages.Write(session, MessageTopic.Payments, "Voici", [letter]));
        Assert.Empty((await fritz.Messages.All(session))!);
        var leftover = Assert.Single(cluster.Files.Of(fritz.Key));
        await Answered(fritz, await Write(fritz, session, letter));
        await Pass(fritz, cluster.Now.AddYears(1));
        Assert.DoesNotContain(leftover, cluster.Files.Of(fritz.Key));
    }

    [Fact]
    public async Task A_year_after_the_last_message_its_files_go_and_no_others()
    {
        var (fritz, session) = await Connected();
        var old = await Write(fritz, session, letter);
        await Answered(fritz, old);
        cluster.Clock.Advance(TimeSpan.FromDays(30));
        session = (await fritz.SignIn(TestAdherent.OwnPassword)).Session;
        var certificate = Assert.IsType<CertificateOutcome.Made>(await fritz.Documents.Certify(session, new())).Document;
        Assert.Equal(WriteOutcome.Written, await fritz.Messages.Write(session, MessageTopic.Health, "Et ma carte ?", [photograph]));
        var photo = fritz.Stored!.Conversations.All[^1].Attachments.Single().Id;

        await Pass(fritz, fritz.Stored.Conversations.Find(old)!.EraseAt!.Value);
        Assert.Equal(new[] { certificate, photo }.Order(), cluster.Files.Of(fritz.Key).Order());
        Assert.Null(fritz.Stored.Documents.PruneAt);
        await Pass(fritz, fritz.Stored.DueAt!.Value); // the certificate's year
        Assert.Equal([photo], cluster.Files.Of(fritz.Key)); // of what waits
    }

    [Fact]
    public async Task With_the_account_they_go()
    {
        var (fritz, session) = await Connected();
        await Write(fritz, session, letter, photograph);
        Assert.Equal(CloseOutcome.Closed, await fritz.Account.Close(session, own));
        Assert.Equal(cluster.Now, fritz.Stored!.DueAt);
        await fritz.Dispatches.Sweep(queueLost: false);
        Assert.Empty(cluster.Files.Of(fritz.Key));
    }

    [Fact]
    public async Task Thirty_megabytes_are_kept_and_older_conversations_give_way_to_more_but_none_that_waits()
    {
        var (fritz, session) = await Connected();
        var large = File(SampleFiles.LargePdf(AttachmentLimits.MaxSize), "a.pdf");
        var first = await Write(fritz, session, large, large, large);
        await Answered(fritz, first);
        Assert.Equal(WriteOutcome.Written, await fritz.Messages.Write(session, MessageTopic.Health, "Voici", [large, large, large]));
        Assert.Equal(6, cluster.Files.Of(fritz.Key).Count);
        Assert.Equal(WriteOutcome.Written, await fritz.Messages.Write(session, MessageTopic.Pension, "Voici", [large]));
        Assert.Null(fritz.Stored!.Conversations.Find(first));
        Assert.Equal(cluster.Now, fritz.Stored.DueAt);
        await fritz.Dispatches.Sweep(queueLost: false);
        Assert.Equal(4, cluster.Files.Of(fritz.Key).Count);

        Assert.Equal(WriteOutcome.NoRoomForFiles, await fritz.Messages.Write(session, MessageTopic.Other, "Voici", [large, large, letter]));
        Assert.Equal(4, cluster.Files.Of(fritz.Key).Count);
        Assert.Equal(WriteOutcome.Written, await fritz.Messages.Write(session, MessageTopic.Other, "Voici", [large, large]));
    }

    // What is due goes in two sweeps: the first forgets its name.
    private async Task Pass(TestAdherent fritz, DateTimeOffset until)
    {
        cluster.Clock.Advance(until - cluster.Now);
        await fritz.Dispatches.Sweep(queueLost: false);
        await fritz.Dispatches.Sweep(queueLost: false);
    }

    private static async Task Answered(TestAdherent fritz, Guid conversation)
    {
        Assert.Equal(AssistanceOutcome.Done, (await fritz.Correspondence.Answer(marie, conversation, "Voici", 1, close: true)).Outcome);
        await fritz.ReceiveLetters();
    }

    private static async Task<Guid> Write(TestAdherent fritz, SessionToken session, params AttachedFile[] files)
    {
        Assert.Equal(WriteOutcome.Written, await fritz.Messages.Write(session, MessageTopic.Payments, "Où est mon paiement ?", files));
        return (await fritz.Messages.All(session))![0].Id;
    }

    private async Task<(TestAdherent Fritz, SessionToken Session)> Connected()
    {
        var fritz = cluster.NewAdherent();
        return (fritz, await fritz.Connect());
    }

    private static AttachedFile File(byte[] content, string name)
    {
        Assert.Equal(AttachmentFault.None, AttachedFile.Read(name, content, out var file));
        return file!;
    }
}
