using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;

namespace MsaOrleans.Grains.Tests.Adherent;

[Collection(AdherentCluster.SharedClock)]
public sealed class EnrolmentLettersTests(AdherentCluster cluster)
{
    private const string NewPassword = "Chemin-Vert42";
    private static readonly SignInOutcome refused = new SignInOutcome.Refused();
    private static readonly CodeOutcome accepted = new CodeOutcome.Accepted();

    [Fact]
    public async Task The_letter_is_queued_before_the_request_is_written_and_in_one_write()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        cluster.Rows.TakeNotes(fritz.Key);

        await fritz.Enrolments.Request(session, "01");

        Assert.Equal(["queued", "written"], cluster.Rows.TakeNotes(fritz.Key));
    }

    [Fact]
    public async Task A_request_that_was_taken_back_sends_no_letter()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var dispatch = await fritz.RequestDepartment(session);
        Assert.True(fritz.Stored!.OwesLetter);

        Assert.True(await fritz.Enrolments.Cancel(session, "01"));

        Assert.False(await fritz.Enrolments.Cancel(session, "01"));
        Assert.False(await fritz.Enrolments.Cancel(session, "67"));
        Assert.False(await fritz.Enrolments.Cancel(session, "971"));
        Assert.Equal((EnrolmentRequestStatus.Cancelled, cluster.Now), ((await fritz.LatestRequest(session)).Status, (await fritz.LatestRequest(session)).EndedAt));
        Assert.False(fritz.Stored!.OwesLetter);
        Assert.Null(fritz.Stored.DueAt);
        var again = await fritz.RequestDepartment(session);
        cluster.Clock.Advance(cluster.Policy.CodeDelay);
        Assert.Null(await fritz.Dispatches.Take(dispatch));
        Assert.NotNull(await fritz.Dispatches.Take(again));
    }

    [Fact]
    public async Task A_request_that_is_taken_back_takes_its_code_with_it_wherever_its_letter_is()
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.RequestDepartment(await fritz.Connect());
        cluster.Clock.Advance(cluster.Policy.CodeDelay);
        var code = await fritz.TakeCode(dispatch);
        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);

        Assert.True(await fritz.Enrolments.Cancel(session, "01"));
        await fritz.Dispatches.Confirm(dispatch);
        await fritz.Dispatches.Fail(dispatch, new(Permanent: true, "550 no such user"));

        Assert.Equal(new CodeOutcome.NotRequested(), await fritz.Enrolments.EnterCode(session, "01", code));
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(code.Value), Samples.Origin));
        Assert.Equal((EnrolmentRequestStatus.Cancelled, null), ((await fritz.LatestRequest(session)).Status, (await fritz.LatestRequest(session)).CodeSentAt));
    }

    [Fact]
    public async Task A_letter_that_could_not_be_delivered_ends_its_request_and_another_can_be_made()
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.RequestDepartment(await fritz.Connect());
        cluster.Clock.Advance(cluster.Policy.CodeDelay);
        var code = await fritz.TakeCode(dispatch);
        await fritz.Dispatches.Fail(dispatch, new(Permanent: true, "550 no such user"));
        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);

        Assert.Equal((EnrolmentRequestStatus.Undeliverable, cluster.Now), ((await fritz.LatestRequest(session)).Status, (await fritz.LatestRequest(session)).EndedAt));
        Assert.Equal(new CodeOutcome.NotRequested(), await fritz.Enrolments.EnterCode(session, "01", code));
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(code.Value), Samples.Origin));
        Assert.Empty(cluster.Queue.TakeJobs(fritz.Key));
        await fritz.ReceiveCode(session);
    }

    [Fact]
    public async Task A_letter_that_is_tried_again_brings_another_code_to_the_address_of_that_day_and_the_first_works_too()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var dispatch = await fritz.RequestDepartment(session);
        cluster.Clock.Advance(cluster.Policy.CodeDelay);
        var first = await fritz.TakeCode(dispatch);
        await fritz.Dispatches.Fail(dispatch, new(Permanent: false, "Timed out."));
        Assert.Equal((dispatch, cluster.Now + cluster.Policy.MailRetryDelays[0]), Assert.Single(cluster.Queue.TakeJobs(fritz.Key)));
        (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        Assert.Equal(EnrolmentRequestStatus.Requested, (await fritz.LatestRequest(session)).Status);
        await fritz.ReachAt(Samples.OtherEmail, session);
        cluster.Clock.Advance(cluster.Policy.MailRetryDelays[0]);

        var letter = (await fritz.Dispatches.Take(dispatch))!;

        Assert.Equal((Samples.OtherEmail, cluster.Now.AddDays(30)), (letter.To, letter.ExpiresAt));
        Assert.Equal(new CodeOutcome.Accepted(), await fritz.Enrolments.EnterCode(session, "01", first));
        (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        Assert.Equal(new CodeOutcome.Wrong(4), await fritz.Enrolments.EnterCode(session, "01", Typed(letter.Secret!))); // the other one is used
    }

    [Fact]
    public async Task A_letter_that_every_try_failed_for_ends_its_request()
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.RequestDepartment(await fritz.Connect());
        cluster.Clock.Advance(cluster.Policy.CodeDelay);
        foreach (var delay in cluster.Policy.MailRetryDelays)
        {
            Assert.NotNull(await fritz.Dispatches.Take(dispatch));
            await fritz.Dispatches.Fail(dispatch, new(Permanent: false, "Timed out."));
            Assert.True(fritz.Stored!.Enrolments.WaitsFor(dispatch));
            cluster.Clock.Advance(delay);
        }
        Assert.NotNull(await fritz.Dispatches.Take(dispatch));
        await fritz.Dispatches.Fail(dispatch, new(Permanent: false, "Timed out."));

        Assert.Equal(EnrolmentEnding.Undeliverable, Assert.Single(fritz.Stored!.Enrolments.Requests).Ending);
        Assert.Null(fritz.Stored.DueAt);
    }

    [Fact]
    public async Task After_a_machine_died_between_taking_a_letter_and_saying_so_both_codes_work_until_one_is_used()
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.RequestDepartment(await fritz.Connect());
        cluster.Clock.Advance(cluster.Policy.CodeDelay);
        var first = await fritz.TakeCode(dispatch);
        await fritz.Deactivate();
        Assert.Null(await fritz.Dispatches.Take(dispatch));
        cluster.Clock.Advance(Dispatches.Lease);
        var second = await fritz.TakeCode(dispatch);
        await fritz.Deactivate();
        var ((one, _), (other, _)) = (await fritz.SignIn(TestAdherent.OwnPassword), await fritz.SignIn(TestAdherent.OwnPassword));

        Assert.NotEqual(first, second);
        Assert.Equal(accepted, await fritz.Enrolments.EnterCode(one, "01", second));
        Assert.Equal(new CodeOutcome.Wrong(4), await fritz.Enrolments.EnterCode(other, "01", first));
        Assert.Equal(accepted, await fritz.Enrolments.EnterCode(other, "01", second));
        var changed = Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Personalise(other, new(NewPassword)));

        Assert.Equal(new PasswordChangeOutcome.NotDue(), await fritz.Credentials.Personalise(one, new("Autre-Chose7")));
        foreach (var code in new[] { first, second })
        {
            Assert.Equal(new CodeOutcome.AlreadyActive(), await fritz.Enrolments.EnterCode(changed.Session, "01", code));
            Assert.Equal(refused, await fritz.Credentials.SignIn(new(code.Value), Samples.Origin));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_letter_whose_code_was_used_has_arrived_even_if_its_worker_never_said_so(bool asPassword)
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.RequestDepartment(await fritz.Connect());
        cluster.Clock.Advance(cluster.Policy.CodeDelay);
        var code = await fritz.TakeCode(dispatch);
        var (session, _) = await fritz.SignIn(asPassword ? code.Value : TestAdherent.OwnPassword);
        if (!asPassword)
            Assert.Equal(accepted, await fritz.Enrolments.EnterCode(session, "01", code));

        cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(0, await fritz.Dispatches.Sweep(queueLost: true));

        Assert.Null(await fritz.Dispatches.Take(dispatch));
        Assert.Equal(cluster.Now.AddMinutes(-10), Assert.Single(fritz.Stored!.Enrolments.Requests).CodeSentAt);
        await fritz.Dispatches.Fail(dispatch, new(Permanent: true, "550 no such user"));
        Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Personalise(session, new(NewPassword)));
        Assert.Contains(new Enrolment("01", cluster.Now, EnrolmentOrigin.Code), fritz.Stored!.Enrolments.Departments);
    }

    [Fact]
    public async Task It_can_be_taken_up_at_every_step_after_the_machine_died()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        await fritz.Deactivate();
        var dispatch = await fritz.RequestDepartment(session);
        await fritz.Deactivate();
        cluster.Clock.Advance(cluster.Policy.CodeDelay);
        var code = await fritz.TakeCode(dispatch);
        await fritz.Deactivate();
        await fritz.Dispatches.Confirm(dispatch);
        await fritz.Deactivate();
        (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        await fritz.Deactivate();
        Assert.Equal(accepted, await fritz.Enrolments.EnterCode(session, "01", code));
        await fritz.Deactivate();
        Assert.Equal("01", (await fritz.Sessions.Check(session))!.Activating);
        var changed = Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Personalise(session, new(NewPassword)));
        await fritz.Deactivate();

        Assert.Equal(["01", "67", "68"], (await fritz.Space.Home(changed.Session))!.Departments);
    }

    [Fact]
    public async Task A_letter_confirmed_twice_is_written_once()
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.RequestDepartment(await fritz.Connect());
        cluster.Clock.Advance(cluster.Policy.CodeDelay);
        await fritz.TakeCode(dispatch);
        await fritz.Dispatches.Confirm(dispatch);
        var before = cluster.Rows.Version(fritz.Key);

        await fritz.Dispatches.Confirm(dispatch);

        Assert.Equal(before, cluster.Rows.Version(fritz.Key));
    }

    private static ConfidentialCode Typed(string typed)
    {
        Assert.True(ConfidentialCode.TryParse(typed, out var code));
        return code;
    }
}
