using System.Text.Json;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Sessions;
using MsaOrleans.Grains.Storage;
using static MsaOrleans.Grains.Tests.Adherent.Fakes.MemoryRows;

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
        Assert.Equal(new EnrolmentRequestSummary("01", EnrolmentRequestStatus.Requested, askedAt, dueAt, null, null, null), await Latest(fritz, session));
        Assert.Equal(EnrolmentOutcome.AlreadyRequested, await fritz.Enrolments.Request(session, "01"));
        Assert.Equal(new CodeOutcome.NotSentYet(dueAt), await fritz.Enrolments.EnterCode(session, "01", ConfidentialCode.New()));
        Assert.Equal(["67", "68"], (await fritz.Space.Home(session))!.Departments);

        // Meanwhile he is reached elsewhere.
        await ReachAt(Samples.OtherEmail, fritz, session);

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
            await Latest(fritz, session));
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
    public async Task The_code_signs_in_once_in_place_of_the_password_and_still_serves_on_its_own_page()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());

        var (session, due) = await fritz.SignIn($" {code.Value[..5].ToLowerInvariant()}-{code.Value[5..]} ");

        Assert.Equal(FirstConnectionStep.Password, due);
        Assert.Equal(StatusOf(FirstConnectionStep.Password, "01"), await fritz.Sessions.Check(session));
        Assert.Null(await fritz.Space.Home(session));
        Assert.Equal(cluster.Now, fritz.Stored!.Credentials.LastSignInAt);
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(code.Value), Samples.Origin));
        await fritz.Sessions.SignOut(session);
        await fritz.Deactivate();
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(code.Value), Samples.Origin));
        var (own, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        Assert.Equal(accepted, await fritz.Enrolments.EnterCode(own, "01", code));
        Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Personalise(own, new(NewPassword)));
        Assert.Equal(["01", "67", "68"], fritz.Stored!.Enrolments.Departments.Select(d => d.Department).Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whichever_way_it_was_entered_the_code_is_over_once_the_department_is_open(bool asPassword)
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        var (session, _) = await fritz.SignIn(asPassword ? code.Value : TestAdherent.OwnPassword);
        if (!asPassword)
            Assert.Equal(accepted, await fritz.Enrolments.EnterCode(session, "01", code));

        Assert.Equal(Rejected(PasswordFlaws.Provisional), await fritz.Credentials.Personalise(session, new(Dressed(code.Value))));
        Assert.Equal(Rejected(PasswordFlaws.Current), await fritz.Credentials.Personalise(session, new(TestAdherent.OwnPassword)));
        var changed = Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Personalise(session, new(NewPassword)));

        Assert.Equal(["01", "67", "68"], (await fritz.Space.Home(changed.Session))!.Departments);
        Assert.Equal(new CodeOutcome.AlreadyActive(), await fritz.Enrolments.EnterCode(changed.Session, "01", code));
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(code.Value), Samples.Origin));
        Assert.Null(Assert.Single(fritz.Stored!.Enrolments.Requests).Code);
        Assert.Single(fritz.Stored.Sessions.Open);
    }

    [Fact]
    public async Task The_code_of_another_adherent_is_wrong()
    {
        var (fritz, anne) = (cluster.NewAdherent(), cluster.NewAdherent());
        var (forFritz, forAnne) = (await fritz.RequestDepartment(await fritz.Connect()), await anne.RequestDepartment(await anne.Connect()));
        cluster.Clock.Advance(cluster.Policy.CodeDelay);
        var (his, hers) = (await fritz.TakeCode(forFritz), await anne.TakeCode(forAnne));
        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);

        Assert.Equal(new CodeOutcome.Wrong(4), await fritz.Enrolments.EnterCode(session, "01", hers));
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(hers.Value), Samples.Origin));
        Assert.Equal(accepted, await fritz.Enrolments.EnterCode(session, "01", his));
    }

    [Fact]
    public async Task The_code_of_another_department_of_his_is_told_and_not_counted()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var letters = new[] { await fritz.RequestDepartment(session, "01"), await fritz.RequestDepartment(session, "2A") };
        cluster.Clock.Advance(cluster.Policy.CodeDelay);
        var (ain, corse) = (await fritz.TakeCode(letters[0]), await fritz.TakeCode(letters[1]));
        (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);

        for (var i = 0; i < 10; i++)
            Assert.Equal(new CodeOutcome.OtherDepartment("2A"), await fritz.Enrolments.EnterCode(session, "01", corse));
        Assert.Equal(new CodeOutcome.NotRequested(), await fritz.Enrolments.EnterCode(session, "33", corse));
        Assert.Equal(new CodeOutcome.AlreadyActive(), await fritz.Enrolments.EnterCode(session, "67", corse));

        Assert.Equal(new CodeOutcome.Wrong(4), await fritz.Enrolments.EnterCode(session, "01", ConfidentialCode.New()));
        Assert.Equal(accepted, await fritz.Enrolments.EnterCode(session, "01", ain));
        Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Personalise(session, new(NewPassword)));
        var (next, _) = await fritz.SignIn(corse.Value);
        Assert.Equal("2A", (await fritz.Sessions.Check(next))!.Activating);
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

    [Fact]
    public async Task The_letter_is_queued_before_the_request_is_written_and_in_one_write()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        cluster.Rows.TakeNotes(fritz.Key);

        await fritz.Enrolments.Request(session, "01");

        Assert.Equal(["queued", "written"], cluster.Rows.TakeNotes(fritz.Key));
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
    public async Task Five_wrong_codes_void_the_right_one_and_another_can_be_asked_for()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);

        for (var left = 4; left > 0; left--)
        {
            Assert.Equal(new CodeOutcome.Wrong(left), await fritz.Enrolments.EnterCode(session, "01", ConfidentialCode.New()));
            await fritz.Deactivate();
        }
        Assert.Equal(new CodeOutcome.Locked(), await fritz.Enrolments.EnterCode(session, "01", ConfidentialCode.New()));

        Assert.Equal(new CodeOutcome.NotRequested(), await fritz.Enrolments.EnterCode(session, "01", code));
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(code.Value), Samples.Origin));
        Assert.Equal(EnrolmentRequestStatus.Locked, (await Latest(fritz, session)).Status);
        var another = await fritz.ReceiveCode(session);
        (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        Assert.Equal(new CodeOutcome.Wrong(4), await fritz.Enrolments.EnterCode(session, "01", code));
        Assert.Equal(accepted, await fritz.Enrolments.EnterCode(session, "01", another));
    }

    [Fact]
    public async Task A_thousand_wrong_codes_at_once_reach_the_hasher_five_times()
    {
        var fritz = cluster.NewAdherent();
        await fritz.ReceiveCode(await fritz.Connect());
        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        var guess = ConfidentialCode.New();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => fritz.Enrolments.EnterCode(session, "01", guess)));

        Assert.Equal(5, cluster.Hasher.HashesOf(guess.Value));
        Assert.Equal([1, 2, 3, 4], outcomes.OfType<CodeOutcome.Wrong>().Select(wrong => wrong.TriesLeft).Order());
        Assert.Single(outcomes.OfType<CodeOutcome.Locked>());
        Assert.Equal(995, outcomes.OfType<CodeOutcome.NotRequested>().Count());
    }

    [Fact]
    public async Task A_code_works_to_its_last_moment_on_its_page()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        var session = await JustBefore(cluster.Now.AddDays(30), fritz);

        cluster.Clock.Advance(TimeSpan.FromMinutes(1) - tick);
        Assert.Equal(accepted, await fritz.Enrolments.EnterCode(session, "01", code));
    }

    [Fact]
    public async Task A_code_works_to_its_last_moment_as_a_password()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());

        cluster.Clock.Advance(TimeSpan.FromDays(30) - tick);
        Assert.Equal(FirstConnectionStep.Password, (await fritz.SignIn(code.Value)).Due);
    }

    [Fact]
    public async Task A_code_that_has_expired_is_void_in_both_places_and_another_can_be_asked_for()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        var expiry = cluster.Now.AddDays(30);
        Assert.Equal(expiry, fritz.Stored!.DueAt);
        var session = await JustBefore(expiry, fritz);

        cluster.Clock.Advance(TimeSpan.FromMinutes(1) - tick);
        Assert.Equal(EnrolmentRequestStatus.CodeSent, (await Latest(fritz, session)).Status);
        Assert.Equal(EnrolmentOutcome.AlreadyRequested, await fritz.Enrolments.Request(session, "01"));
        cluster.Clock.Advance(tick);

        Assert.Equal((EnrolmentRequestStatus.Expired, expiry), ((await Latest(fritz, session)).Status, (await Latest(fritz, session)).EndedAt));
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(code.Value), Samples.Origin));
        Assert.Equal(new CodeOutcome.Expired(), await fritz.Enrolments.EnterCode(session, "01", code));
        Assert.Equal(new CodeOutcome.Expired(), await fritz.Enrolments.EnterCode(session, "01", code));
        Assert.Equal(EnrolmentOutcome.Requested, await fritz.Enrolments.Request(session, "01"));
        Assert.Equal(
            [EnrolmentRequestStatus.Requested, EnrolmentRequestStatus.Expired],
            (await fritz.Enrolments.Read(session))!.Requests.Select(r => r.Status));
    }

    [Fact]
    public async Task What_was_called_expired_stays_so_when_the_clock_is_moved_back()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        var expiry = cluster.Now.AddDays(30);
        var session = await JustBefore(expiry, fritz);
        cluster.Clock.Advance(expiry - cluster.Now);
        Assert.Equal(new CodeOutcome.Expired(), await fritz.Enrolments.EnterCode(session, "01", code));

        cluster.Clock.AdjustTime(expiry.AddMinutes(-1));
        try
        {
            Assert.Equal(new CodeOutcome.Expired(), await fritz.Enrolments.EnterCode(session, "01", code));
            Assert.Equal(refused, await fritz.Credentials.SignIn(new(code.Value), Samples.Origin));
            Assert.Equal(EnrolmentRequestStatus.Expired, (await Latest(fritz, session)).Status);
        }
        finally
        {
            cluster.Clock.AdjustTime(expiry);
        }
    }

    [Fact]
    public async Task A_code_that_nobody_entered_is_forgotten_by_the_sweep()
    {
        var fritz = cluster.NewAdherent();
        await fritz.ReceiveCode(await fritz.Connect());
        var expiry = cluster.Now.AddDays(30);

        cluster.Clock.Advance(TimeSpan.FromDays(30) - tick);
        await fritz.Dispatches.Sweep(queueLost: false);
        Assert.Equal(expiry, fritz.Stored!.DueAt);
        cluster.Clock.Advance(tick);
        await fritz.Dispatches.Sweep(queueLost: false);

        var request = Assert.Single(fritz.Stored!.Enrolments.Requests);
        Assert.Equal((EnrolmentEnding.Expired, expiry, null), (request.Ending, request.EndedAt, request.Code));
        Assert.Null(fritz.Stored.DueAt);
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
        Assert.Equal((EnrolmentRequestStatus.Cancelled, cluster.Now), ((await Latest(fritz, session)).Status, (await Latest(fritz, session)).EndedAt));
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
        Assert.Equal((EnrolmentRequestStatus.Cancelled, null), ((await Latest(fritz, session)).Status, (await Latest(fritz, session)).CodeSentAt));
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

        Assert.Equal((EnrolmentRequestStatus.Undeliverable, cluster.Now), ((await Latest(fritz, session)).Status, (await Latest(fritz, session)).EndedAt));
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
        Assert.Equal(EnrolmentRequestStatus.Requested, (await Latest(fritz, session)).Status);
        await ReachAt(Samples.OtherEmail, fritz, session);
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

    [Theory]
    [InlineData(Failure.BeforeSaving)]
    [InlineData(Failure.AfterSaving)]
    internal async Task A_request_whose_write_failed_was_made_with_its_letter_or_not_at_all(Failure failure)
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        cluster.Rows.FailNext(fritz.Key, failure);

        await Assert.ThrowsAsync<OrleansException>(() => fritz.Enrolments.Request(session, "01"));

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
        cluster.Rows.FailNext(fritz.Key, failure);

        await Assert.ThrowsAsync<OrleansException>(() => fritz.Enrolments.Cancel(session, "01"));

        var cancelled = failure == Failure.AfterSaving;
        Assert.Equal(cancelled, !(await Latest(fritz, session)).IsPending);
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
        cluster.Rows.FailNext(fritz.Key, failure);

        await Assert.ThrowsAsync<OrleansException>(() => fritz.Dispatches.Take(dispatch));

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
        var fritz = cluster.NewAdherent();
        await fritz.ReceiveCode(await fritz.Connect());
        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        cluster.Rows.FailNext(fritz.Key, failure);

        await Assert.ThrowsAsync<OrleansException>(() => fritz.Enrolments.EnterCode(session, "01", ConfidentialCode.New()));

        Assert.Equal(new CodeOutcome.Wrong(triesLeftNext), await fritz.Enrolments.EnterCode(session, "01", ConfidentialCode.New()));
    }

    [Theory]
    [InlineData(Failure.BeforeSaving)]
    [InlineData(Failure.AfterSaving)]
    internal async Task A_right_code_whose_write_failed_obliges_to_the_change_or_to_nothing(Failure failure)
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        cluster.Rows.FailNext(fritz.Key, failure);

        await Assert.ThrowsAsync<OrleansException>(() => fritz.Enrolments.EnterCode(session, "01", code));

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
        cluster.Rows.FailNext(fritz.Key, failure);

        await Assert.ThrowsAsync<OrleansException>(() => fritz.Credentials.Personalise(session, new(NewPassword)));

        var done = failure == Failure.AfterSaving;
        Assert.Equal(done, await fritz.Sessions.Check(session) is null);
        Assert.Equal(done, fritz.Stored!.Enrolments.IsActive("01"));
        Assert.Equal(!done, fritz.Stored.Enrolments.PendingFor("01") is not null);
        Assert.Equal(done, await fritz.Credentials.SignIn(new(NewPassword), Samples.Origin) is SignInOutcome.SignedIn);
        Assert.Equal(!done, await fritz.Credentials.SignIn(new(TestAdherent.OwnPassword), Samples.Origin) is SignInOutcome.SignedIn);
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

    [Fact]
    public async Task A_code_that_is_with_him_already_is_void_once_the_caisses_know_the_department()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        fritz.MoveTo("67", "01");

        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);

        Assert.Equal(new CodeOutcome.AlreadyActive(), await fritz.Enrolments.EnterCode(session, "01", code));
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(code.Value), Samples.Origin));
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
        Assert.Equal(EnrolmentRequestStatus.KnownMeanwhile, (await Latest(fritz, session)).Status);
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
    public async Task A_lock_by_wrong_sign_ins_holds_for_codes_too()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        for (var i = 0; i < 5; i++)
            Assert.Equal(refused, await fritz.Credentials.SignIn(new(ConfidentialCode.New().Value), Samples.Origin));

        var hashes = cluster.Hasher.HashesOf(code.Value);
        Assert.Equal(refused, await fritz.Credentials.SignIn(new(code.Value), Samples.Origin));
        Assert.Equal(hashes, cluster.Hasher.HashesOf(code.Value));
        cluster.Clock.Advance(TimeSpan.FromMinutes(15));

        await fritz.SignIn(code.Value);
        Assert.True(fritz.Stored!.Credentials.Lockout.IsClean);
    }

    [Fact]
    public async Task No_code_is_ever_stored()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        AssertStoredWithout(code);
        var (session, _) = await fritz.SignIn(code.Value);
        AssertStoredWithout(code);
        await fritz.Credentials.Personalise(session, new(NewPassword));
        AssertStoredWithout(code);

        void AssertStoredWithout(ConfidentialCode secret) => Assert.DoesNotContain(
            secret.Value,
            JsonSerializer.Serialize(fritz.Stored!, AdherentStateJson.Default.AdherentState),
            StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_code_that_was_entered_in_time_opens_its_department_even_if_the_sweep_comes_before_the_change_of_password(bool swept)
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        cluster.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(1));
        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        Assert.Equal(new CodeOutcome.Accepted(), await fritz.Enrolments.EnterCode(session, "01", code));
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        if (swept)
            await fritz.Dispatches.Sweep(queueLost: false);

        Assert.Equal("01", (await fritz.Sessions.Check(session))!.Activating);
        var changed = Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Personalise(session, new("Chemin-Vert42")));

        Assert.Equal(["01", "67", "68"], (await fritz.Space.Home(changed.Session))!.Departments);
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

    private static async Task<EnrolmentRequestSummary> Latest(TestAdherent adherent, SessionToken session) =>
        (await adherent.Enrolments.Read(session))!.Requests[0];

    /// <summary>He signs in a minute before a moment.</summary>
    private async Task<SessionToken> JustBefore(DateTimeOffset moment, TestAdherent adherent)
    {
        cluster.Clock.Advance(moment.AddMinutes(-1) - cluster.Now);
        return (await adherent.SignIn(TestAdherent.OwnPassword)).Session;
    }

    /// <summary>He changes his e-mail address and opens the link.</summary>
    private async Task ReachAt(EmailAddress address, TestAdherent adherent, SessionToken session)
    {
        Assert.Equal(ContactConfirmation.EmailToProve, await adherent.Contact.Confirm(session, new(address, null, null, null)));
        var letters = await Task.WhenAll(cluster.Queue.TakeJobs(adherent.Key).Select(async job =>
        {
            var letter = await adherent.Dispatches.Take(job.Dispatch);
            await adherent.Dispatches.Confirm(job.Dispatch);
            return letter!;
        }));
        Assert.True(EmailLink.TryParse(letters.Single(l => l.Kind == LetterKind.EmailChangeLink).Secret, out _, out var secret));
        Assert.Equal(EmailProof.Changed, await adherent.Contact.ProveEmail(secret));
        await adherent.Dispatches.Confirm(Assert.Single(cluster.Queue.TakeJobs(adherent.Key)).Dispatch);
    }

    // Of a session that began now.
    private SessionStatus StatusOf(FirstConnectionStep due, string? activating = null) =>
        new("LAMY FRITZ", due, new(TimeSpan.FromMinutes(20), cluster.Now.AddHours(8)), activating);
}
