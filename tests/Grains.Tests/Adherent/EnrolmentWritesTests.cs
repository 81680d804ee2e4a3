using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;
using static MsaOrleans.Grains.Tests.Adherent.Fakes.MemoryRows;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>Writes of what becomes of a department that was asked for, which fail before they are saved or after.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class EnrolmentWritesTests(AdherentCluster cluster)
{
    private const string NewPassword = "Chemin-Vert42";
    private static readonly CodeOutcome accepted = new CodeOutcome.Accepted();

    [Theory]
    [InlineData(Failure.BeforeSaving)]
    [InlineData(Failure.AfterSaving)]
    internal async Task A_request_whose_write_failed_was_made_with_its_letter_or_not_at_all(Failure failure)
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();

        await FailsToWrite(fritz, failure, () => fritz.Enrolments.Request(session, "01"));

        var made = failure == Failure.AfterSaving;
        var (dispatch, _) = Assert.Single(cluster.Queue.TakeJobs(fritz.Key));
        Assert.Equal(made, (await fritz.Enrolments.Read(session))!.Requests.Any());
        Assert.Equal(made, fritz.Stored!.OwesLetter);
        Assert.Equal(made ? EnrolmentOutcome.AlreadyRequested : EnrolmentOutcome.Requested, await fritz.Enrolments.Request(session, "01"));
        var again = cluster.Queue.TakeJobs(fritz.Key);
        Assert.Equal(made ? 0 : 1, again.Count);
        Assert.Single(fritz.Stored!.Enrolments.Requests);
        cluster.Clock.Advance(cluster.Policy.CodeDelay);
        Assert.Equal(made, await fritz.Dispatches.Take(dispatch) is not null);
        if (!made)
            Assert.NotNull(await fritz.Dispatches.Take(again[0].Dispatch));
    }

    [Theory]
    [InlineData(Failure.BeforeSaving)]
    [InlineData(Failure.AfterSaving)]
    internal async Task A_cancellation_whose_write_failed_was_made_with_its_letter_or_not_at_all(Failure failure)
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var dispatch = await fritz.RequestDepartment(session);

        await FailsToWrite(fritz, failure, () => fritz.Enrolments.Cancel(session, "01"));

        var cancelled = failure == Failure.AfterSaving;
        Assert.Equal(cancelled, !(await fritz.LatestRequest(session)).IsPending);
        Assert.Equal(!cancelled, fritz.Stored!.OwesLetter);
        cluster.Clock.Advance(cluster.Policy.CodeDelay);
        Assert.Equal(!cancelled, await fritz.Dispatches.Take(dispatch) is not null);
    }

    [Theory]
    [InlineData(Failure.BeforeSaving)]
    [InlineData(Failure.AfterSaving)]
    internal async Task A_letter_whose_taking_failed_can_be_taken_again_and_its_code_works(Failure failure)
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.RequestDepartment(await fritz.Connect());
        cluster.Clock.Advance(cluster.Policy.CodeDelay);

        await FailsToWrite(fritz, failure, () => fritz.Dispatches.Take(dispatch));

        Assert.Equal(failure == Failure.BeforeSaving ? 0 : 1, fritz.Stored!.Enrolments.CodesAt(cluster.Now).Count);
        if (failure == Failure.AfterSaving)
            cluster.Clock.Advance(Dispatches.Lease);
        var code = await fritz.TakeCode(dispatch);
        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        Assert.Equal(accepted, await fritz.Enrolments.EnterCode(session, "01", code));
    }

    [Theory]
    [InlineData(Failure.BeforeSaving, 4)]
    [InlineData(Failure.AfterSaving, 3)]
    internal async Task A_wrong_code_counts_if_it_was_saved_and_only_then(Failure failure, int triesLeftNext)
    {
        var (fritz, session, _) = await ComeWithCode();

        await FailsToWrite(fritz, failure, () => fritz.Enrolments.EnterCode(session, "01", ConfidentialCode.New()));

        Assert.Equal(new CodeOutcome.Wrong(triesLeftNext), await fritz.Enrolments.EnterCode(session, "01", ConfidentialCode.New()));
    }

    [Theory]
    [InlineData(Failure.BeforeSaving)]
    [InlineData(Failure.AfterSaving)]
    internal async Task A_right_code_whose_write_failed_obliges_to_the_change_or_to_nothing(Failure failure)
    {
        var (fritz, session, code) = await ComeWithCode();

        await FailsToWrite(fritz, failure, () => fritz.Enrolments.EnterCode(session, "01", code));

        Assert.Equal(
            failure == Failure.AfterSaving ? (FirstConnectionStep.Password, "01") : (FirstConnectionStep.None, null),
            (await fritz.Sessions.Check(session) is { } status) ? (status.Due, status.Activating) : default);
        if (failure == Failure.BeforeSaving)
            Assert.Equal(accepted, await fritz.Enrolments.EnterCode(session, "01", code));
        Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Personalise(session, new(NewPassword)));
    }

    [Theory]
    [InlineData(Failure.BeforeSaving)]
    [InlineData(Failure.AfterSaving)]
    internal async Task A_change_of_password_whose_write_failed_opened_the_department_or_changed_nothing(Failure failure)
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        var (session, _) = await fritz.SignIn(code.Value);

        await FailsToWrite(fritz, failure, () => fritz.Credentials.Personalise(session, new(NewPassword)));

        var done = failure == Failure.AfterSaving;
        Assert.Equal(done, await fritz.Sessions.Check(session) is null);
        Assert.Equal(done, fritz.Stored!.Enrolments.IsActive("01"));
        Assert.Equal(!done, fritz.Stored.Enrolments.PendingFor("01") is not null);
        Assert.Equal(done, await fritz.Credentials.SignIn(new(NewPassword), Samples.Origin) is SignInOutcome.SignedIn);
        Assert.Equal(!done, await fritz.Credentials.SignIn(new(TestAdherent.OwnPassword), Samples.Origin) is SignInOutcome.SignedIn);
    }

    /// <summary>He is told that what he did failed, whether or not it was saved.</summary>
    private async Task FailsToWrite(TestAdherent fritz, Failure failure, Func<Task> act)
    {
        cluster.Rows.FailNext(fritz.Key, failure);
        await Assert.ThrowsAsync<OrleansException>(act);
    }

    /// <summary>Somebody has got the code for a department, and signs in with his own password.</summary>
    private async Task<(TestAdherent Fritz, SessionToken Session, ConfidentialCode Code)> ComeWithCode()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        return (fritz, (await fritz.SignIn(TestAdherent.OwnPassword)).Session, code);
    }
}
