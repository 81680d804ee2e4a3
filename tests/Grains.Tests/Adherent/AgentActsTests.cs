using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Identity;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>What an agent of the hotline sees of an adherent and does for him, and what he leaves on the record.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class AgentActsTests(AdherentCluster cluster)
{
    [Fact]
    public async Task Unlocking_gives_the_attempts_before_a_lock_and_forgets_none_of_the_locks()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Declare();
        await fritz.TryWrong(ticket, 2);
        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.UnlockVerification(Call.Act));
        await fritz.TryWrong(ticket, 1);

        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.UnlockVerification(Call.Act));

        Assert.Null((await fritz.Registration.Progress(ticket))!.Lock);
        await fritz.TryWrong(ticket, 3);
        Assert.Equal(new VerificationLock(cluster.Now.AddDays(1)), (await fritz.Registration.Progress(ticket))!.Lock);
        Assert.Equal(6, fritz.Stored!.Verification.Attempts.Count);
    }

    [Fact]
    public async Task A_verification_locked_for_good_is_open_again_to_the_right_proof()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Declare();
        foreach (var wait in new[] { TimeSpan.FromHours(1), TimeSpan.FromDays(1), TimeSpan.Zero })
        {
            await fritz.TryWrong(ticket, 3);
            cluster.Clock.Advance(wait);
        }

        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.UnlockVerification(Call.Act));

        Assert.Equal(new VerificationOutcome.Proved(), await fritz.Identity.Prove(ticket, TestAdherent.Card));
        Assert.True(fritz.Stored!.Verification.Lockout.IsClean);
    }

    [Fact]
    public async Task Signing_in_is_unlocked_and_the_mail_about_the_lock_is_not_sent_any_more()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        await fritz.ReceiveLetters();
        await fritz.GuessWrong();

        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.UnlockSignIn(Call.Act));

        Assert.Empty(await fritz.ReceiveLetters());
        await fritz.GuessWrong();
        Assert.Equal(cluster.Now.AddMinutes(30), fritz.Stored!.Credentials.Lockout.Until);
        await fritz.Assistance.UnlockSignIn(Call.Act);
        await fritz.SignIn(TestAdherent.OwnPassword);
        Assert.True(fritz.Stored!.Credentials.Lockout.IsClean);
    }

    [Fact]
    public async Task A_lock_that_time_has_ended_meanwhile_is_none_to_end()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        await fritz.GuessWrong();
        cluster.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.UnlockSignIn(Call.Act));

        Assert.Equal(1, fritz.Stored!.Credentials.Lockout.Locks);
    }

    [Fact]
    public async Task A_department_is_cancelled_unless_its_owner_was_faster()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var letter = await fritz.RequestDepartment(session);
        await fritz.RequestDepartment(session, "33");
        await fritz.Enrolments.Cancel(session, "33");

        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.CancelDepartment(Call.Act, "01"));
        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.CancelDepartment(Call.Act, "33"));
        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.CancelDepartment(Call.Act, "nowhere <b> Done"));
        Assert.Equal(["NothingToDo", "33 NothingToDo", "01 Done"], (await cluster.Audit.About(fritz.Key, 10)).Select(e => e.Detail));

        cluster.Clock.Advance(cluster.Policy.CodeDelay);
        Assert.Null(await fritz.Dispatches.Take(letter));
        Assert.All(fritz.Stored!.Enrolments.Requests, r => Assert.Equal(EnrolmentEnding.Cancelled, r.Ending));
        Assert.Equal(
            [("01", EnrolmentRequestStatus.Cancelled), ("33", EnrolmentRequestStatus.Cancelled)],
            (await fritz.Look()).Timeline.Where(e => e.Kind == TimelineKind.DepartmentRequestEnded).Select(e => (e.Department!, e.Status!.Value)).Order());
    }

    [Fact]
    public async Task A_code_that_is_hastened_leaves_now_and_once()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        await fritz.ReceiveLetters();
        var letter = await fritz.RequestDepartment(session);
        Assert.Null(await fritz.Dispatches.Take(letter));

        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.HastenDepartment(Call.Act, "01"));

        Assert.Equal((letter, null), Assert.Single(cluster.Queue.TakeJobs(fritz.Key)));
        Assert.Equal(cluster.Now, Assert.Single((await fritz.Look()).Enrolments.Requests).CodeDueAt);
        var code = await fritz.TakeCode(letter);
        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.HastenDepartment(Call.Act, "01")); // a worker has it
        await fritz.Dispatches.Confirm(letter);
        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.HastenDepartment(Call.Act, "01"));
        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.HastenDepartment(Call.Act, "67"));
        cluster.Clock.Advance(cluster.Policy.CodeDelay);
        Assert.Null(await fritz.Dispatches.Take(letter));
        var (again, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        Assert.Equal(new CodeOutcome.Accepted(), await fritz.Enrolments.EnterCode(again, "01", code));
    }

    [Fact]
    public async Task Closed_sessions_are_over_at_once_everywhere()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var (other, _) = await fritz.SignIn(TestAdherent.OwnPassword);

        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.CloseSessions(Call.Act));

        Assert.Null(await fritz.Sessions.Check(session));
        Assert.Null(await fritz.Sessions.Check(other));
        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.CloseSessions(Call.Act));
        await fritz.SignIn(TestAdherent.OwnPassword);
    }
}
