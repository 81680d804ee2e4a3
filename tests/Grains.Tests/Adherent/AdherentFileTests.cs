using System.Text.Json;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Identity;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>What an agent of the hotline sees of an adherent and does for him, and what he leaves on the record.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class AdherentFileTests(AdherentCluster cluster)
{
    private static readonly Password own = new(TestAdherent.OwnPassword);

    [Fact]
    public async Task Looking_and_showing_write_no_row()
    {
        var (nobody, begun) = (cluster.NewAdherent(), cluster.NewAdherent());
        await begun.Declare();
        var version = cluster.Rows.Version(begun.Key);

        foreach (var adherent in new[] { nobody, begun })
        {
            cluster.Rows.TakeNotes(adherent.Key);
            await adherent.Look();
            await adherent.Assistance.Reveal(Call.Act, HiddenValue.Email);
            Assert.Equal(["recorded", "recorded"], cluster.Rows.TakeNotes(adherent.Key));
        }
        Assert.Null(nobody.Stored);
        Assert.Equal(version, cluster.Rows.Version(begun.Key));
    }

    [Fact]
    public async Task A_registry_that_does_not_answer_hides_nothing_else()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Declare();
        cluster.Registry.Break(fritz.Key);

        var file = await fritz.Look();

        Assert.False(file.RegistryAnswers);
        Assert.Null(file.Registry);
        Assert.Equal(new(StandingKind.SignUpUnderWay, cluster.Now, SignUp: SignUpStep.Proof), file.Standing);
    }

    [Fact]
    public async Task No_secret_hash_amount_or_whole_number_is_in_the_file()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        await fritz.Contact.ChangeEmail(session, own, Samples.OtherEmail);
        Assert.True(EmailLink.TryParse((await fritz.ReceiveLetters()).Single(l => l.Kind == LetterKind.EmailChangeLink).Secret, out _, out var link));
        var code = await fritz.ReceiveCode(session);
        var provisional = await fritz.Recover();
        var (again, _) = await fritz.SignIn(TestAdherent.OwnPassword);

        var file = JsonSerializer.Serialize(await fritz.Look());

        Assert.Contains("LAMY", file, StringComparison.Ordinal);
        var stored = fritz.Stored!;
        var hashes = stored.Credentials.PersonalHashes.Concat(stored.Credentials.ProvisionalHashes).Concat(stored.Enrolments.CodesAt(cluster.Now)).ToList();
        Assert.Equal(3, hashes.Count);
        foreach (var hidden in hashes.SelectMany(h => new[] { h.Hash, h.Salt }).Concat(
            [
                TestAdherent.OwnPassword, provisional, code.Value, link, again.Secret, stored.Sessions.Open[^1].TokenHash, stored.Registration.Completed!.TicketHash,
                fritz.Nir.Value, Samples.Email.Value, Samples.OtherEmail.Value, "612345678", Samples.FritzSerial, "22.5", "18.55",
            ]))
            Assert.DoesNotContain(JsonEncodedText.Encode(hidden).ToString(), file, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_is_masked_is_shown_one_by_one_on_the_record()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Contact.ChangeEmail(await fritz.Connect(), own, Samples.OtherEmail);

        Assert.Equal(fritz.Nir.Grouped, await fritz.Assistance.Reveal(Call.Act, HiddenValue.Nir));
        Assert.Equal(Samples.Email.Value, await fritz.Assistance.Reveal(Call.Act, HiddenValue.Email));
        Assert.Equal(Samples.OtherEmail.Value, await fritz.Assistance.Reveal(Call.Act, HiddenValue.PendingEmail));
        Assert.Equal("+33612345678", await fritz.Assistance.Reveal(Call.Act, HiddenValue.MobilePhone));
        Assert.Null(await fritz.Assistance.Reveal(Call.Act, HiddenValue.LandlinePhone));
        Assert.Null(await fritz.Assistance.Reveal(Call.Act, HiddenValue.DeclaredEmail));
        Assert.Equal(
            ["DeclaredEmail NothingToDo", "LandlinePhone NothingToDo", "MobilePhone Done", "PendingEmail Done", "Email Done", "Nir Done"],
            (await cluster.Audit.About(fritz.Key, 10)).Select(e => e.Detail));

        var begun = cluster.NewAdherent();
        await begun.Declare();
        Assert.Equal(Samples.Email.Value, await begun.Assistance.Reveal(Call.Act, HiddenValue.DeclaredEmail));
        Assert.Null(await begun.Assistance.Reveal(Call.Act, HiddenValue.Email));
    }

    [Fact]
    public async Task A_locked_adherent_is_unlocked_finishes_and_the_file_tells_the_whole_story()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Declare();
        await fritz.TryWrong(ticket, 3);
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.UnlockVerification(Call.Act));
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(new VerificationOutcome.Proved(), await fritz.Identity.Prove(ticket, TestAdherent.Card));
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await fritz.Registration.Complete(ticket, "2026-01");
        await fritz.ReceiveLetters();

        var told = (await fritz.Look()).Timeline;

        Assert.Equal(told.OrderByDescending(e => e.At).Select(e => e.At), told.Select(e => e.At));
        Assert.Equal(
            [TimelineKind.IdentityNotMatched, TimelineKind.IdentityNotMatched, TimelineKind.IdentityNotMatched, TimelineKind.Agent, TimelineKind.IdentityProved, TimelineKind.AccountOpened],
            told.Reverse().Select(e => e.Kind).Where(k => k is not (TimelineKind.LetterRequested or TimelineKind.LetterSent)).SkipLast(1));
        var unlocked = told.Single(e => e.Act == AuditedAct.UnlockedVerification);
        Assert.Equal((Call.Act, AssistanceOutcome.Done), (unlocked.By, unlocked.Outcome));
    }

    [Fact]
    public async Task He_sees_when_and_why_his_file_was_looked_at_and_not_by_whom()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        Assert.Empty((await fritz.Account.AssistanceRecord(session))!);
        var looked = cluster.Now;
        await fritz.Look();
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await fritz.Assistance.Reveal(Call.Act, HiddenValue.Email);
        await fritz.Assistance.CancelDepartment(Call.Act, "01");

        var traces = (await fritz.Account.AssistanceRecord(session))!;

        Assert.Equal(
            [
                new AssistanceTrace(cluster.Now, AuditedAct.CancelledDepartmentCode, "01", Done: false, Call.Act.Reason),
                new(cluster.Now, AuditedAct.Revealed, "Email", Done: true, Call.Act.Reason),
                new(looked, AuditedAct.Looked, null, Done: true, Call.Act.Reason),
            ],
            traces);
        Assert.Null(await fritz.Account.AssistanceRecord(SessionToken.New()));
    }

    [Fact]
    public async Task His_data_hold_the_notes_and_the_looks_without_the_agent_s_name()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        cluster.Clock.Advance(AssistanceActs.JustSent);
        await fritz.Assistance.AddNote(Call.Act, "Rappeler jeudi.");
        await fritz.Assistance.SendProvisionalPassword(Call.Act);

        var data = Assert.IsType<ExportOutcome.Exported>(await fritz.Account.Export(session, own)).Data;

        Assert.Equal([new NoteRecord(cluster.Now, "Rappeler jeudi.")], data.Notes);
        Assert.Equal([AuditedAct.SentProvisionalPassword, AuditedAct.AddedNote], data.Assistance.Select(t => t.What));
        Assert.Equal([cluster.Now], data.PasswordsSentByAgents);
        Assert.DoesNotContain(Call.Act.Agent, JsonSerializer.Serialize(data), StringComparison.Ordinal);
    }
}
