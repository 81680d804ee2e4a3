using System.Text;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Postal;
using MsaOrleans.Grains.Telemetry;
using MsaOrleans.Testing;
using static MsaOrleans.Grains.Tests.Adherent.Fakes.MemoryRows;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>How documents reach those who want them on paper, and those who do not.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class PostalCopiesTests(AdherentCluster cluster)
{
    private static readonly AgentAct marie = new("marie", "Courriers à imprimer, lot 7K3M-9QRT");
    private static readonly AgentAct marc = new("marc", "Courriers à imprimer, lot 0B2W-XY4Z");
    private static readonly PostalBatch batch = PostalBatch.Parse("7K3M-9QRT");
    private static readonly PostalBatch other = PostalBatch.Parse("0B2W-XY4Z");

    [Fact]
    public async Task Whoever_wants_paper_gets_his_certificate_posted_and_sees_when()
    {
        var (fritz, session) = await Connected(ReceptionMode.Paper);
        var id = await Certify(fritz, session);
        Assert.Empty(await fritz.ReceiveLetters());
        Assert.Equal([new WaitingCopy(PostalCopyKind.Certificate, cluster.Now, null)], await fritz.PostalCopies.Waiting());
        Assert.Equal("alsace", fritz.Stored!.PostalCopies.Caisse);
        Assert.Equal(new(PostalCopyKind.Certificate, cluster.Now, null), (await fritz.Documents.All(session))!.Certificates[0].Copy);

        Assert.Equal(1, await fritz.PostalCopies.Prepare(marie, batch, 50));
        Assert.Equal(new PostalPreparation(batch, "marie", cluster.Now, null), Assert.Single(await fritz.PostalCopies.Waiting()).Preparation);
        Assert.Equal(0, await fritz.PostalCopies.Post(marie, batch)); // not printed yet
        var printed = Assert.Single(await fritz.PostalCopies.Print(marie, batch));
        Assert.Equal((await fritz.Documents.Open(session, id))!.Content, printed);
        Assert.Equal(printed, Assert.Single(await fritz.PostalCopies.Print(marc, batch))); // again
        Assert.Equal(1, await fritz.PostalCopies.Post(marie, batch));
        Assert.Equal(0, await fritz.PostalCopies.Post(marc, batch));
        Assert.Empty(await fritz.PostalCopies.Waiting());
        Assert.Empty(await fritz.PostalCopies.Print(marie, batch));
        Assert.Equal(new(PostalCopyKind.Certificate, cluster.Now, cluster.Now), (await fritz.Documents.All(session))!.Certificates[0].Copy);
        Assert.Equal(
            [AuditedAct.PostedLetters, AuditedAct.PrintedLetters, AuditedAct.PrintedLetters, AuditedAct.PreparedLetters],
            (await cluster.Audit.About(fritz.Key, 10)).Select(entry => entry.Act));
        Assert.All(await cluster.Audit.About(fritz.Key, 10), entry => Assert.Equal(("1 Done", cluster.Now), (entry.Detail, entry.At)));
        Assert.Equal(marie, (await cluster.Audit.About(fritz.Key, 10))[0].By);

        var data = Assert.IsType<ExportOutcome.Exported>(await fritz.Account.Export(session, new(TestAdherent.OwnPassword))).Data;
        Assert.Equal([new(PostalCopyKind.Certificate, cluster.Now, cluster.Now)], data.PostalCopies);
    }

    [Fact]
    public async Task The_copy_is_in_the_write_that_files_the_certificate()
    {
        var (fritz, session) = await Connected(ReceptionMode.Paper);
        cluster.Rows.FailNext(fritz.Key, Failure.BeforeSaving);
        await Assert.ThrowsAnyAsync<Exception>(() => fritz.Documents.Certify(session, new(Deliver: true)));
        Assert.Empty(fritz.Stored!.PostalCopies.All);
        var written = cluster.Rows.Version(fritz.Key);
        await Certify(fritz, session);
        Assert.Equal(written + 1, cluster.Rows.Version(fritz.Key));
    }

    [Fact]
    public async Task Whoever_wants_mail_is_told_once_that_certificates_wait_and_not_what_they_say()
    {
        var (fritz, session) = await Connected(ReceptionMode.Email);
        await Certify(fritz, session);
        await Certify(fritz, session);
        var letter = Assert.Single(await fritz.ReceiveLetters());
        Assert.Equal((LetterKind.CertificateMade, Samples.Email, null, null), (letter.Kind, letter.To, letter.Secret, letter.Department));
        Assert.Empty(await fritz.PostalCopies.Waiting());
        Assert.Null((await fritz.Documents.All(session))!.Certificates[0].Copy);
    }

    [Fact]
    public async Task A_web_server_of_the_version_before_asks_for_neither_and_there_is_neither()
    {
        var (fritz, session) = await Connected(ReceptionMode.Paper);
        await fritz.Documents.Certify(session, new());
        await fritz.RequestDepartment(session);
        Assert.Empty(await fritz.PostalCopies.Waiting());
        Assert.Empty(await fritz.ReceiveLetters());
    }

    [Fact]
    public async Task A_request_for_a_department_is_acknowledged_on_paper_and_its_code_stays_off_it()
    {
        var (fritz, session) = await Connected(ReceptionMode.Paper);
        Assert.Equal(EnrolmentOutcome.Requested, await fritz.Enrolments.Request(session, "01", acknowledge: true));
        var paper = cluster.Press.LastAcknowledgedOf(fritz.Nir)!;
        Assert.Equal(("01", cluster.Now, cluster.Now + cluster.Policy.CodeDelay, "MARLENHEIM"), (paper.Department, paper.RequestedAt, paper.CodeDueAt, paper.Person.Address.City));
        Assert.Equal(new(PostalCopyKind.Acknowledgement, cluster.Now, null), (await fritz.Enrolments.Read(session))!.Requests[0].Copy);
        await fritz.PostalCopies.Prepare(marie, batch, 50);
        Assert.Equal(["01"], (await fritz.PostalCopies.Print(marie, batch)).Select(Encoding.UTF8.GetString));
        Assert.Equal(LetterKind.DepartmentCode, Assert.Single(fritz.Stored!.Dispatches.Pending).Kind); // by mail, and nothing else is

        await fritz.PostalCopies.Post(marie, batch);
        Assert.Single(cluster.Files.Of(fritz.Key));
        Assert.Equal(cluster.Now, fritz.Stored.DueAt);
        await fritz.Dispatches.Sweep(queueLost: false);
        Assert.Empty(cluster.Files.Of(fritz.Key)); // nobody needs it any more
        Assert.NotNull((await fritz.Enrolments.Read(session))!.Requests[0].Copy!.PostedAt);
    }

    [Fact]
    public async Task It_is_acknowledged_by_mail_to_whoever_wants_mail_or_when_nobody_knows_where_he_lives()
    {
        var (fritz, session) = await Connected(ReceptionMode.Email);
        await fritz.Enrolments.Request(session, "01", acknowledge: true);
        Assert.Equal([LetterKind.DepartmentRequested], (await fritz.ReceiveLetters()).Select(letter => letter.Kind));
        await fritz.Contact.ChooseReception(session, new(ReceptionMode.Paper));
        cluster.Registry.Break(fritz.Key);
        await fritz.Enrolments.Request(session, "13", acknowledge: true);
        Assert.Equal([LetterKind.DepartmentRequested], (await fritz.ReceiveLetters()).Select(letter => letter.Kind));
        Assert.Empty(await fritz.PostalCopies.Waiting());
    }

    [Fact]
    public async Task Of_a_request_taken_back_nothing_is_printed()
    {
        var (fritz, session) = await Connected(ReceptionMode.Paper);
        await fritz.Enrolments.Request(session, "01", acknowledge: true);
        await fritz.Enrolments.Cancel(session, "01");
        Assert.Empty(await fritz.PostalCopies.Waiting());
        await fritz.Dispatches.Sweep(queueLost: false);
        Assert.Empty(cluster.Files.Of(fritz.Key));
    }

    [Fact]
    public async Task Another_choice_counts_for_what_comes_after_it()
    {
        var (fritz, session) = await Connected(ReceptionMode.Paper);
        await Certify(fritz, session);
        await fritz.Contact.ChooseReception(session, new(ReceptionMode.Email));
        await Certify(fritz, session);
        Assert.Single(await fritz.PostalCopies.Waiting());
        Assert.Equal([LetterKind.CertificateMade], (await fritz.ReceiveLetters()).Select(letter => letter.Kind));
    }

    [Fact]
    public async Task What_does_not_fit_in_the_queue_any_more_is_told_by_mail()
    {
        var (fritz, session) = await Connected(ReceptionMode.Paper);
        for (var i = 0; i < PostalCopies.MaxWaiting; i++)
            await Certify(fritz, session);
        await fritz.Enrolments.Request(session, "01", acknowledge: true);
        Assert.Equal(PostalCopies.MaxWaiting, (await fritz.PostalCopies.Waiting()).Count);
        Assert.Equal([LetterKind.DepartmentRequested], (await fritz.ReceiveLetters()).Select(letter => letter.Kind));
    }

    [Fact]
    public async Task With_the_account_what_waits_is_dropped_and_counted()
    {
        var (fritz, session) = await Connected(ReceptionMode.Paper);
        using var measures = new Measures(cluster.Meters, AdherentMeter.Name);
        await Certify(fritz, session);
        await fritz.PostalCopies.Prepare(marie, batch, 50);
        await fritz.PostalCopies.Print(marie, batch);
        await fritz.PostalCopies.Post(marie, batch);
        await Certify(fritz, session);
        await fritz.PostalCopies.Prepare(marie, other, 50);
        await fritz.Account.Close(session, new(TestAdherent.OwnPassword));
        Assert.Empty(await fritz.PostalCopies.Waiting());
        Assert.Empty(await fritz.PostalCopies.Print(marie, other));
        Assert.Equal(0, await fritz.PostalCopies.Post(marie, other));
        Assert.Equal(
            [("msa.postal_copies event=dropped", 1), ("msa.postal_copies event=posted", 1), ("msa.postal_copies event=requested", 2)],
            measures.All.Where(m => m.Name.StartsWith("msa.postal_copies", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nothing_is_done_without_a_reason_or_a_record()
    {
        var (fritz, session) = await Connected(ReceptionMode.Paper);
        await Certify(fritz, session);
        Assert.Equal(0, await fritz.PostalCopies.Prepare(marie with { Reason = " " }, batch, 50));
        cluster.Audit.Break(fritz.Key);
        await Assert.ThrowsAnyAsync<Exception>(() => fritz.PostalCopies.Prepare(marie, batch, 50));
        Assert.Null(Assert.Single(await fritz.PostalCopies.Waiting()).Preparation);
        cluster.Audit.Mend(fritz.Key);
        await fritz.PostalCopies.Prepare(marie, batch, 50);
        cluster.Audit.Break(fritz.Key);
        await Assert.ThrowsAnyAsync<Exception>(() => fritz.PostalCopies.Print(marie, batch));
        cluster.Audit.Mend(fritz.Key);
        Assert.Null((await fritz.PostalCopies.Waiting())[0].Preparation!.PrintedAt);
    }

    [Fact]
    public async Task A_batch_is_of_several_adherents_and_whoever_cannot_be_read_stays_for_later()
    {
        var (fritz, _) = await Posting(2);
        var (copied, nobody) = (cluster.NewAdherent(known: false), cluster.NewAdherent());
        cluster.Rows.Copy(fritz.Key, copied.Key); // another's row: it is not read
        var (marthe, _) = await Posting(1);
        cluster.Copies.Adherents = [copied, fritz, nobody, marthe];
        cluster.Copies.Always.Add(copied.Key);
        try
        {
            var page = await cluster.PostalQueue.Page("alsace", 1);
            Assert.Equal((3, false), (page.Copies.Count, page.More));
            Assert.Equal(new(3, 1), await cluster.PostalQueue.Prepare(marie, "alsace", batch));
            var printed = await cluster.PostalQueue.Print(marie, batch);
            Assert.Equal((3, 1, 3), (printed.Letters, printed.Unread, Encoding.UTF8.GetString(printed.Content).Split('|').Length));
            Assert.Equal(new(3, 1), await cluster.PostalQueue.Post(marie, batch));
            Assert.Empty(await fritz.PostalCopies.Waiting());
            Assert.Equal(new(0, 1), await cluster.PostalQueue.Post(marc, batch)); // twice
        }
        finally
        {
            cluster.Copies.Always.Clear();
        }
        cluster.Copies.Adherents = [fritz, nobody, marthe];
        Assert.Null(await cluster.PostalQueue.Batch(batch));
        Assert.Equal(new(0, 0), await cluster.PostalQueue.Prepare(marie, "alsace", other));
        Assert.Equal(0, (await cluster.PostalQueue.Print(marie, other)).Letters);
    }

    [Fact]
    public async Task A_batch_takes_fifty_letters_and_the_next_the_rest()
    {
        var all = new List<TestAdherent>();
        for (var i = 0; i < 3; i++)
            all.Add((await Posting(PostalCopies.MaxWaiting)).Fritz);
        cluster.Copies.Adherents = all;
        Assert.Equal(new(PostalBatch.MaxLetters, 0), await cluster.PostalQueue.Prepare(marie, "alsace", batch));
        Assert.Equal((10, 50), (Assert.Single(await cluster.PostalQueue.Caisses()).Letters, (await cluster.PostalQueue.Caisses())[0].Prepared));
        Assert.Equal(new(10, 0), await cluster.PostalQueue.Prepare(marc, "alsace", other));
        Assert.Equal(("marie", 50), ((await cluster.PostalQueue.Batch(batch))!.Preparation!.Agent, (await cluster.PostalQueue.Batch(batch))!.Letters));
        Assert.Equal([batch, other], (await cluster.PostalQueue.Page("alsace", 1)).Batches.Select(one => one.Batch));
    }

    private static async Task<Guid> Certify(TestAdherent adherent, SessionToken session) =>
        Assert.IsType<CertificateOutcome.Made>(await adherent.Documents.Certify(session, new(Deliver: true))).Document;

    private async Task<(TestAdherent Fritz, SessionToken Session)> Posting(int letters)
    {
        var (fritz, session) = await Connected(ReceptionMode.Paper);
        for (var i = 0; i < letters; i++)
            await Certify(fritz, session);
        return (fritz, session);
    }

    private async Task<(TestAdherent Fritz, SessionToken Session)> Connected(ReceptionMode documents)
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        Assert.True(await fritz.Contact.ChooseReception(session, new(documents)));
        return (fritz, session);
    }
}
