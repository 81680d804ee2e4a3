using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Sessions;

namespace MsaOrleans.Grains.Tests.Adherent;

[Collection(AdherentCluster.SharedClock)]
public sealed class EnrolmentsTests(AdherentCluster cluster)
{
    private const string NewPassword = "Chemin-Vert42";
    private static readonly SignInOutcome refused = new SignInOutcome.Refused();
    private static readonly CodeOutcome accepted = new CodeOutcome.Accepted();
    private static readonly TimeSpan tick = TimeSpan.FromTicks(1);

    [Fact]
    public async Task From_the_request_to_the_open_department()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var (connectedAt, askedAt) = (cluster.Now, cluster.Now.AddMinutes(1));
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        var dueAt = askedAt.AddDays(3);

        // The request.
        Assert.Empty((await fritz.Enrolments.Read(session))!.Requests);
        Assert.Equal(EnrolmentOutcome.Requested, await fritz.Enrolments.Request(session, "01"));
        var (dispatch, notBefore) = Assert.Single(cluster.Queue.TakeJobs(fritz.Key));
        Assert.Equal(dueAt, notBefore);
        Assert.Equal(new EnrolmentRequestSummary("01", EnrolmentRequestStatus.Requested, askedAt, dueAt, null, null, null), await fritz.LatestRequest(session));
        Assert.Equal(EnrolmentOutcome.AlreadyRequested, await fritz.Enrolments.Request(session, "01"));
        Assert.Equal(new CodeOutcome.NotSentYet(dueAt), await fritz.Enrolments.EnterCode(session, "01", ConfidentialCode.New()));
        Assert.Equal(["67", "68"], (await fritz.Space.Home(session))!.Departments);

        // Meanwhile he is reached elsewhere.
        await fritz.ReachAt(Samples.OtherEmail, session);

        // The letter.
        cluster.Clock.Advance(dueAt - cluster.Now - tick);
        Assert.Null(await fritz.Dispatches.Take(dispatch));
        cluster.Clock.Advance(tick);
        var letter = (await fritz.Dispatches.Take(dispatch))!;
        Assert.Equal(
            new Letter(LetterKind.DepartmentCode, Samples.OtherEmail, "LAMY FRITZ", letter.Secret, dueAt.AddDays(30), "01"),
            letter);
        Assert.Equal(Samples.OtherEmail, fritz.Stored!.Dispatches.All.Single(d => d.Id == dispatch).To);
        cluster.Clock.Advance(TimeSpan.FromSeconds(2));
        await fritz.Dispatches.Confirm(dispatch);
        Assert.Null(await fritz.Dispatches.Take(dispatch));

        // The code.
        (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        var (other, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        Assert.Equal(
            new EnrolmentRequestSummary("01", EnrolmentRequestStatus.CodeSent, askedAt, dueAt, dueAt.AddSeconds(2), dueAt.AddDays(30), null),
            await fritz.LatestRequest(session));
        Assert.Equal(EnrolmentOutcome.AlreadyRequested, await fritz.Enrolments.Request(session, "01"));
        Assert.Equal(new CodeOutcome.Wrong(4), await fritz.Enrolments.EnterCode(session, "01", ConfidentialCode.New()));
        Assert.Equal(accepted, await fritz.Enrolments.EnterCode(session, "01", Typed($" {letter.Secret![..5].ToLowerInvariant()} {letter.Secret[5..]}\r\n")));

        // Nothing but the forced change is open in this session, and the department is not yet.
        Assert.Equal(StatusOf(FirstConnectionStep.Password, "01"), await fritz.Sessions.Check(session));
        Assert.Null(await fritz.Space.Home(session));
        Assert.Null(await fritz.Contact.Read(session));
        Assert.Null(await fritz.Enrolments.Read(session));
        Assert.Equal(StatusOf(FirstConnectionStep.None), await fritz.Sessions.Check(other));
        Assert.Equal(["67", "68"], (await fritz.Space.Home(other))!.Departments);
        Assert.Equal(new PasswordChangeOutcome.NotDue(), await fritz.Credentials.Personalise(other, new(NewPassword)));
        Assert.Equal(Rejected(PasswordFlaws.Provisional), await fritz.Credentials.Personalise(session, new(Dressed(letter.Secret))));
        Assert.Equal(Rejected(PasswordFlaws.Current), await fritz.Credentials.Personalise(session, new(TestAdherent.OwnPassword)));
        Assert.Equal(Rejected(PasswordFlaws.ContainsName), await fritz.Credentials.Personalise(session, new("Vive-Lamy7")));
        var changed = Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Personalise(session, new(NewPassword)));

        // The department is open; every other session is over, and so is the code.
        Assert.Null(await fritz.Sessions.Check(session));
        Assert.Null(await fritz.Sessions.Check(other));
        Assert.Equal(StatusOf(FirstConnectionStep.None), await fritz.Sessions.Check(changed.Session));
        Assert.Equal(["01", "67", "68"], (await fritz.Space.Home(changed.Session))!.Departments);
        var overview = (await fritz.Enrolments.Read(changed.Session))!;
        Assert.Equal(
            [
                new ActiveDepartment("01", cluster.Now, EnrolmentOrigin.Code),
                new("67", connectedAt, EnrolmentOrigin.Automatic),
                new("68", connectedAt, EnrolmentOrigin.Automatic),
            ],
            overview.Active);
        Assert.Equal(
            [new EnrolmentRequestSummary("01", EnrolmentRequestStatus.Activated, askedAt, dueAt, dueAt.AddSeconds(2), null, cluster.Now)],
            overview.Requests);
        Assert.Equal(new CodeOutcome.AlreadyActive(), await fritz.Enrolments.EnterCode(changed.Session, "01", Typed(letter.Secret)));
        Assert.Equal(EnrolmentOutcome.AlreadyActive, await fritz.Enrolments.Request(changed.Session, "01"));
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(TestAdherent.OwnPassword), Samples.Origin));
        Assert.Equal(FirstConnectionStep.None, (await fritz.SignIn(NewPassword)).Due);
        Assert.Equal((LetterKind.PasswordChanged, Samples.OtherEmail), Assert.Single((await fritz.ReceiveLetters()).Select(l => (l.Kind, l.To))));
        Assert.Null(fritz.Stored!.DueAt);
    }

    [Fact]
    public async Task Asked_ten_times_at_once_it_is_one_request_one_job_and_one_code()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => fritz.Enrolments.Request(session, "01")));

        Assert.Equal(1, outcomes.Count(outcome => outcome == EnrolmentOutcome.Requested));
        Assert.Equal(9, outcomes.Count(outcome => outcome == EnrolmentOutcome.AlreadyRequested));
        var (dispatch, _) = Assert.Single(cluster.Queue.TakeJobs(fritz.Key));
        Assert.Equal(dispatch, Assert.Single(fritz.Stored!.Enrolments.Requests).Letter);
        Assert.Equal(dispatch, Assert.Single(fritz.Stored.Dispatches.Pending).Id);
        cluster.Clock.Advance(cluster.Policy.CodeDelay);
        var letters = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => fritz.Dispatches.Take(dispatch)));
        Assert.Single(letters, letter => letter is not null);
        Assert.Single(fritz.Stored!.Enrolments.CodesAt(cluster.Now));
    }

    [Theory]
    [InlineData("971", EnrolmentOutcome.UnknownDepartment)]
    [InlineData("2a", EnrolmentOutcome.UnknownDepartment)]
    [InlineData("67", EnrolmentOutcome.AlreadyActive)]
    public async Task What_cannot_be_asked_for_writes_and_queues_nothing(string department, EnrolmentOutcome outcome)
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        cluster.Rows.TakeNotes(fritz.Key);

        Assert.Equal(outcome, await fritz.Enrolments.Request(session, department));

        Assert.Empty(cluster.Rows.TakeNotes(fritz.Key));
        Assert.Empty(cluster.Queue.TakeJobs(fritz.Key));
    }

    [Fact]
    public async Task Every_sign_in_opens_the_departments_in_which_the_caisses_know_him_by_now_and_what_he_asked_for_is_pointless()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var connectedAt = cluster.Now;
        var (known, asked) = (await fritz.RequestDepartment(session, "01"), await fritz.RequestDepartment(session, "2A"));
        fritz.MoveTo("01", "68", "33");
        cluster.Clock.Advance(TimeSpan.FromDays(1));

        (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);

        var overview = (await fritz.Enrolments.Read(session))!;
        Assert.Equal([("01", cluster.Now), ("33", cluster.Now), ("67", connectedAt), ("68", connectedAt)], overview.Active.Select(d => (d.Department, d.Since)));
        Assert.All(overview.Active, d => Assert.Equal(EnrolmentOrigin.Automatic, d.Origin));
        Assert.Equal([("2A", EnrolmentRequestStatus.Requested), ("01", EnrolmentRequestStatus.KnownMeanwhile)], overview.Requests.Select(r => (r.Department, r.Status)));
        Assert.Equal(["01", "33", "67", "68"], (await fritz.Space.Home(session))!.Departments);
        cluster.Clock.Advance(cluster.Policy.CodeDelay - TimeSpan.FromDays(1));
        Assert.Null(await fritz.Dispatches.Take(known));
        Assert.NotNull(await fritz.Dispatches.Take(asked));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Confirming_the_contact_details_again_asks_the_caisses_too(bool withAnotherAddress)
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var dispatch = await fritz.RequestDepartment(session);
        fritz.MoveTo("01");

        var card = (await fritz.Contact.Read(session))!;
        await fritz.Contact.Confirm(session, withAnotherAddress ? card with { Email = Samples.OtherEmail } : card);

        Assert.Equal(["01", "67", "68"], (await fritz.Space.Home(session))!.Departments);
        Assert.Equal(EnrolmentRequestStatus.KnownMeanwhile, (await fritz.LatestRequest(session)).Status);
        Assert.DoesNotContain(fritz.Stored!.Dispatches.Pending, d => d.Id == dispatch);
        Assert.Equal(withAnotherAddress, fritz.Stored.OwesLetter);
        cluster.Clock.Advance(cluster.Policy.CodeDelay);
        Assert.Null(await fritz.Dispatches.Take(dispatch));
    }

    [Fact]
    public async Task Nothing_opens_before_the_first_connection_is_complete()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Personalise();
        fritz.MoveTo("67", "01");

        var (session, due) = await fritz.SignIn(TestAdherent.OwnPassword);

        Assert.Equal(FirstConnectionStep.ContactDetails, due);
        Assert.Empty(fritz.Stored!.Enrolments.Departments);
        await AssertClosed(fritz, session);
    }

    [Fact]
    public async Task Nothing_of_this_is_possible_in_a_session_that_is_over_or_owes_something_else()
    {
        var fritz = cluster.NewAdherent();
        var (provisional, _) = await fritz.SignIn(await fritz.ReceiveProvisionalPassword());
        await AssertClosed(fritz, provisional);

        var own = Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Personalise(provisional, new(TestAdherent.OwnPassword))).Session;
        await AssertClosed(fritz, own);
        await fritz.Contact.Confirm(own, (await fritz.Contact.Read(own))!);
        await fritz.RequestDepartment(own, "2A");
        var code = await fritz.ReceiveCode(own);

        await AssertClosed(fritz, own); // idle for three days
        var (obliged, _) = await fritz.SignIn(code.Value);
        await AssertClosed(fritz, obliged);
        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        Assert.NotNull(await fritz.Enrolments.Read(session));
        Assert.Equal(accepted, await fritz.Enrolments.EnterCode(session, "01", code));
        await AssertClosed(fritz, session);
        await fritz.Sessions.SignOut(session);
        await AssertClosed(fritz, session);
        await AssertClosed(fritz, SessionToken.New());
        await AssertClosed(cluster.NewAdherent(known: false), SessionToken.New());
    }

    [Fact]
    public async Task A_session_does_not_promise_a_department_whose_request_has_ended()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        var (other, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        await fritz.Enrolments.EnterCode(session, "01", code);

        Assert.True(await fritz.Enrolments.Cancel(other, "01"));

        var status = await fritz.Sessions.Check(session);
        Assert.NotNull(status);
        Assert.Null(status.Activating);
    }

    [Fact]
    public async Task A_request_that_is_taken_back_ends_the_session_that_its_code_opened()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        var (stranger, _) = await fritz.SignIn(code.Value);
        var (own, _) = await fritz.SignIn(TestAdherent.OwnPassword);

        Assert.True(await fritz.Enrolments.Cancel(own, "01"));

        Assert.Null(await fritz.Sessions.Check(stranger));
        Assert.Equal(new PasswordChangeOutcome.NotDue(), await fritz.Credentials.Personalise(stranger, new("Chemin-Vert42")));
    }

    [Fact]
    public async Task A_request_that_is_taken_back_frees_the_session_of_his_own_in_which_its_code_was_entered()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        var (other, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        await fritz.Enrolments.EnterCode(session, "01", code);
        Assert.Equal(FirstConnectionStep.Password, (await fritz.Sessions.Check(session))!.Due);

        await fritz.Enrolments.Cancel(other, "01");

        Assert.Equal(FirstConnectionStep.None, (await fritz.Sessions.Check(session))!.Due);
        Assert.Equal(new PasswordChangeOutcome.NotDue(), await fritz.Credentials.Personalise(session, new(NewPassword)));
    }

    private static PasswordChangeOutcome.Rejected Rejected(PasswordFlaws flaws) => new(flaws);

    private static ConfidentialCode Typed(string typed)
    {
        Assert.True(ConfidentialCode.TryParse(typed, out var code));
        return code;
    }

    /// <summary>The code with a dash in it and its first letter small: enough classes for a password.</summary>
    private static string Dressed(string code)
    {
        var first = code.First(char.IsAsciiLetter);
        var at = code.IndexOf(first, StringComparison.Ordinal);
        return $"{code[..at]}{char.ToLowerInvariant(first)}-{code[(at + 1)..]}";
    }

    private static async Task AssertClosed(TestAdherent adherent, SessionToken session)
    {
        Assert.Null(await adherent.Enrolments.Read(session));
        Assert.Equal(EnrolmentOutcome.NotAllowed, await adherent.Enrolments.Request(session, "01"));
        Assert.Equal(EnrolmentOutcome.NotAllowed, await adherent.Enrolments.Request(session, "971"));
        Assert.False(await adherent.Enrolments.Cancel(session, "2A"));
        Assert.Equal(new CodeOutcome.NotAllowed(), await adherent.Enrolments.EnterCode(session, "01", ConfidentialCode.New()));
        Assert.Equal(new CodeOutcome.NotAllowed(), await adherent.Enrolments.EnterCode(session, "2A", ConfidentialCode.New()));
    }

    // Of a session that began now.
    private SessionStatus StatusOf(FirstConnectionStep due, string? activating = null) =>
        new("LAMY FRITZ", due, new(TimeSpan.FromMinutes(20), cluster.Now.AddHours(8)), activating);
}
