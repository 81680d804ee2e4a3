using System.Text.Json;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Storage;
using static MsaOrleans.Grains.Tests.Adherent.Fakes.MemoryRows;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>What an agent of the hotline sees of an adherent and does for him, and what he leaves on the record.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class AssistanceTests(AdherentCluster cluster)
{
    /// <summary>Every act, done to somebody with a call in hand.</summary>
    private static readonly Dictionary<AuditedAct, Func<IAdherentAssistance, AgentAct, Task<AssistanceOutcome>>> acts = new()
    {
        [AuditedAct.UnlockedVerification] = (file, by) => file.UnlockVerification(by),
        [AuditedAct.UnlockedSignIn] = (file, by) => file.UnlockSignIn(by),
        [AuditedAct.SentProvisionalPassword] = (file, by) => file.SendProvisionalPassword(by),
        [AuditedAct.CorrectedEmail] = (file, by) => file.CorrectEmail(by, Samples.OtherEmail, phoneChecked: true),
        [AuditedAct.CancelledDepartmentCode] = (file, by) => file.CancelDepartment(by, "01"),
        [AuditedAct.HastenedDepartmentCode] = (file, by) => file.HastenDepartment(by, "01"),
        [AuditedAct.ClosedSessions] = (file, by) => file.CloseSessions(by),
        [AuditedAct.AddedNote] = (file, by) => file.AddNote(by, "Rappeler jeudi."),
    };

    public static TheoryData<AuditedAct> Acts => [.. acts.Keys];

    [Fact]
    public async Task Without_a_record_nothing_is_shown()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        cluster.Audit.Break(fritz.Key);

        await Assert.ThrowsAsync<IOException>(() => fritz.Assistance.Look(Call.Act));
        await Assert.ThrowsAsync<IOException>(() => fritz.Assistance.Reveal(Call.Act, HiddenValue.Nir));
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Without_a_record_nothing_is_done(AuditedAct what)
    {
        var fritz = await cluster.NewCallerFor(what);
        var before = Json(fritz);
        cluster.Audit.Break(fritz.Key);

        await Assert.ThrowsAsync<IOException>(() => acts[what](fritz.Assistance, Call.Act));

        Assert.Equal(before, Json(fritz));
        Assert.Empty(cluster.Queue.TakeJobs(fritz.Key));
        cluster.Audit.Mend(fritz.Key);
        Assert.Equal(AssistanceOutcome.Done, await acts[what](fritz.Assistance, Call.Act));
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task An_act_is_on_the_record_before_it_is_done_and_says_who_did_it_and_why(AuditedAct what)
    {
        var fritz = await cluster.NewCallerFor(what);
        cluster.Rows.TakeNotes(fritz.Key);

        Assert.Equal(AssistanceOutcome.Done, await acts[what](fritz.Assistance, Call.Act));

        var notes = cluster.Rows.TakeNotes(fritz.Key);
        Assert.Equal(("recorded", "written"), (notes[0], notes[^1]));
        var entry = (await cluster.Audit.About(fritz.Key, 1))[0];
        Assert.Equal((cluster.Now, what, Call.Act, fritz.Key), (entry.At, entry.Act, entry.By, entry.Adherent!.Value));
        Assert.EndsWith("Done", entry.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task An_act_whose_write_failed_is_on_the_record_and_not_done(AuditedAct what)
    {
        var fritz = await cluster.NewCallerFor(what);
        var before = Json(fritz);
        cluster.Rows.FailNext(fritz.Key, Failure.BeforeSaving);

        await Assert.ThrowsAsync<OrleansException>(() => acts[what](fritz.Assistance, Call.Act));

        Assert.Equal(before, Json(fritz));
        Assert.Equal(what, (await cluster.Audit.About(fritz.Key, 1))[0].Act);
        Assert.Equal(AssistanceOutcome.Done, await acts[what](fritz.Assistance, Call.Act));
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task An_act_that_was_saved_without_our_knowing_is_done_and_not_done_again(AuditedAct what)
    {
        var fritz = await cluster.NewCallerFor(what);
        cluster.Rows.FailNext(fritz.Key, Failure.AfterSaving);

        await Assert.ThrowsAsync<OrleansException>(() => acts[what](fritz.Assistance, Call.Act));

        var after = Json(fritz);
        Assert.Equal(AssistanceOutcome.NothingToDo, await acts[what](fritz.Assistance, Call.Act));
        Assert.Equal(after, Json(fritz));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \u00a0\t")]
    public async Task Without_a_reason_nothing_is_shown_done_or_recorded(string reason)
    {
        var fritz = await cluster.NewCallerFor(AuditedAct.SentProvisionalPassword);
        var (before, mute) = (Json(fritz), Call.Act with { Reason = reason });

        Assert.Null(await fritz.Assistance.Look(mute));
        Assert.Null(await fritz.Assistance.Reveal(mute, HiddenValue.Nir));
        foreach (var doing in acts.Values)
            Assert.Equal(AssistanceOutcome.ReasonMissing, await doing(fritz.Assistance, mute));

        Assert.Equal(before, Json(fritz));
        Assert.Empty(await cluster.Audit.About(fritz.Key, 10));
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Of_two_agents_at_once_one_does_it_and_the_other_reads_that_it_is_done(AuditedAct what)
    {
        var fritz = await cluster.NewCallerFor(what);

        var outcomes = await Task.WhenAll(acts[what](fritz.Assistance, Call.Act), acts[what](fritz.Assistance, Call.Act));

        Assert.Equal([AssistanceOutcome.Done, AssistanceOutcome.NothingToDo], outcomes.Order());
        Assert.Equal([$"{AssistanceOutcome.NothingToDo}", $"{AssistanceOutcome.Done}"], (await cluster.Audit.About(fritz.Key, 10)).Select(e => e.Detail!.Split(' ')[^1]));
    }

    [Fact]
    public async Task Of_somebody_about_whom_nothing_is_kept_there_is_nothing_to_do_and_no_row_to_write()
    {
        var nobody = cluster.NewAdherent();

        foreach (var (what, doing) in acts.Where(a => a.Key != AuditedAct.AddedNote))
        {
            var outcome = await doing(nobody.Assistance, Call.Act);
            Assert.Equal(what is AuditedAct.SentProvisionalPassword or AuditedAct.CorrectedEmail ? AssistanceOutcome.NoAccount : AssistanceOutcome.NothingToDo, outcome);
        }

        Assert.Null(nobody.Stored);
        Assert.Equal(7, (await cluster.Audit.About(nobody.Key, 10)).Count);
    }

    private static string Json(TestAdherent adherent) => JsonSerializer.Serialize(adherent.Stored!, AdherentStateJson.Default.AdherentState);
}
