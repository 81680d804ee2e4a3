using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Ports;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class AdherentStateTests
{
    private static readonly AdherentPolicy policy = new();
    private static readonly Guid letter = Guid.NewGuid();
    private static readonly PasswordHash hash = new("argon2id", 19456, 2, "c2FsdA==", "aGFzaA==");
    private static readonly Completion completion = new(Now, "ticket", "2026-01");

    [Fact]
    public void Nothing_is_due_for_somebody_of_whom_nothing_is_kept()
    {
        Assert.Null(new AdherentState().DueAt);
        Assert.True(new AdherentState().IsEmpty);
        Assert.False(new AdherentState().HasAccountAt(Now));
    }

    [Fact]
    public void The_earliest_thing_to_do_is_what_is_due()
    {
        var drafted = Drafted();
        var failed = drafted with { Verification = drafted.Verification.Attempt(false, ProofKind.VitaleCard, policy.Verification, Now.AddDays(-25)).Item1 };
        var tried = failed with { Credentials = failed.Credentials.Refuse(policy.SignIn, Now.AddDays(-27)) };
        var owing = tried with { Dispatches = tried.Dispatches.Request(letter, LetterKind.EmailChanged, Email, Now) };

        Assert.Equal(Now.AddDays(7), drafted.DueAt);
        Assert.Equal(Now.AddDays(5), failed.DueAt);
        Assert.Equal(Now.AddDays(3), tried.DueAt);
        Assert.Equal(Now + Dispatches.Grace, owing.DueAt);
    }

    [Fact]
    public void The_end_of_a_code_is_due_once_the_code_has_left_and_not_any_more_once_it_is_void()
    {
        var issued = Waiting() with { Enrolments = Waiting().Enrolments.Issue(letter, hash, Now.AddDays(33)) };
        var sent = issued with { Dispatches = issued.Dispatches.Confirm(letter, Now.AddDays(3)) };

        Assert.Equal(Now.AddDays(3) + Dispatches.Grace, Waiting().DueAt);
        Assert.Equal(Now.AddDays(3) + Dispatches.Grace, issued.DueAt);
        Assert.Equal(Now.AddDays(33), sent.DueAt);
        Assert.Null((sent with { Enrolments = sent.Enrolments.End(letter, EnrolmentEnding.Cancelled, Now) }).DueAt);
        Assert.Null(sent.TidiedAt(Now.AddDays(33)).DueAt);
    }

    [Fact]
    public void A_letter_is_owed_however_far_off_until_it_has_left_or_was_given_up()
    {
        Assert.False(new AdherentState().OwesLetter);
        Assert.True(Waiting().OwesLetter);
        Assert.False((Waiting() with { Dispatches = Waiting().Dispatches.Confirm(letter, Now) }).OwesLetter);
        Assert.False((Waiting() with { Dispatches = Waiting().Dispatches.Void(letter, "No use.", Now) }).OwesLetter);
    }

    [Fact]
    public void A_request_for_a_department_that_the_caisses_know_by_now_is_over_and_its_letter_does_not_leave()
    {
        var other = Guid.NewGuid();
        var waiting = Waiting();
        waiting = waiting with
        {
            Enrolments = waiting.Enrolments.Request("2A", other, Now.AddDays(3), Now).Item1,
            Dispatches = waiting.Dispatches.Request(other, LetterKind.DepartmentCode, Email, Now, Now.AddDays(3)),
        };

        var known = waiting.WithKnownDepartments(["67", "01"], Now.AddDays(1));

        Assert.Equal([new Enrolment("67", Now.AddDays(1)), new Enrolment("01", Now.AddDays(1))], known.Enrolments.Departments);
        Assert.Equal([EnrolmentRequestStatus.KnownMeanwhile, EnrolmentRequestStatus.Requested], known.Enrolments.Requests.Select(r => r.Status));
        Assert.Equal([Now.AddDays(1), null], known.Dispatches.All.Select(d => d.GivenUpAt));
        Assert.Equal("The caisses know him there meanwhile.", known.Dispatches.All[0].LastFailure);
        Assert.Same(known, known.WithKnownDepartments(["67"], Now.AddDays(2)));
        Assert.Same(known, known.WithKnownDepartments([], Now.AddDays(2)));
    }

    [Fact]
    public void A_code_that_has_left_already_is_void_too_once_the_caisses_know_the_department()
    {
        var sent = Waiting() with { Dispatches = Waiting().Dispatches.Confirm(letter, Now), Enrolments = Waiting().Enrolments.Issue(letter, hash, Now.AddDays(30)) };

        var known = sent.WithKnownDepartments(["01"], Now.AddDays(1));

        Assert.Empty(known.Enrolments.CodesAt(Now.AddDays(1)));
        Assert.Same(sent.Dispatches, known.Dispatches);
    }

    [Fact]
    public void Failures_of_somebody_who_has_an_account_fall_due_to_nobody()
    {
        var state = Completed() with { Credentials = new Credentials().Refuse(policy.SignIn, Now) };

        Assert.Null(state.DueAt);
        Assert.Equal(1, state.TidiedAt(Now.AddDays(365)).Credentials.Lockout.Failures);
    }

    [Fact]
    public void An_account_is_a_personal_password_or_a_way_to_one()
    {
        var owing = Completed() with { Dispatches = new Dispatches().Request(letter, LetterKind.ProvisionalPassword, Email, Now) };
        var issued = Completed() with { Credentials = new Credentials().Issue(letter, Email, hash, Now.AddDays(3)) };
        var personal = Completed() with { Credentials = issued.Credentials.Personalise(hash, Now) };

        Assert.True(owing.HasAccountAt(Now));
        Assert.True(issued.HasAccountAt(Now.AddDays(3).AddTicks(-1)));
        Assert.True(personal.HasAccountAt(Now.AddYears(20)));
        Assert.False(Completed().HasAccountAt(Now));
        Assert.False(issued.HasAccountAt(Now.AddDays(3)));
        Assert.False((owing with { Dispatches = owing.Dispatches.Fail(letter, new(true, "550"), [], Now).Item1 }).HasAccountAt(Now));
        Assert.False((issued with { Dispatches = owing.Dispatches.Fail(letter, new(true, "550"), [], Now).Item1 }).HasAccountAt(Now));
        Assert.False((owing with { Registration = new() }).HasAccountAt(Now));
    }

    [Fact]
    public void A_draft_a_failure_or_an_account_is_worth_a_row()
    {
        Assert.False(Drafted().IsEmpty);
        Assert.False(Completed().IsEmpty);
        Assert.False(new AdherentState { Credentials = new Credentials().Refuse(policy.SignIn, Now) }.IsEmpty);
        Assert.False(new AdherentState { Verification = new IdentityVerification().Attempt(false, ProofKind.VitaleCard, policy.Verification, Now).Item1 }.IsEmpty);
        Assert.True(new AdherentState { Nir = FritzNir }.IsEmpty);
    }

    [Fact]
    public void Tidying_erases_drafts_left_alone_and_failures_long_past()
    {
        var state = Drafted() with
        {
            Verification = new IdentityVerification().Attempt(false, ProofKind.VitaleCard, policy.Verification, Now).Item1,
            Credentials = new Credentials().Refuse(policy.SignIn, Now),
        };

        Assert.Equal(state, state.TidiedAt(Now.AddDays(6)));
        Assert.Empty(state.TidiedAt(Now.AddDays(7)).Registration.Drafts);
        Assert.False(state.TidiedAt(Now.AddDays(29)).IsEmpty);
        Assert.True(state.TidiedAt(Now.AddDays(30)).IsEmpty);
        Assert.Null(state.TidiedAt(Now.AddDays(30)).DueAt);
    }

    [Fact]
    public void Tidying_ends_requests_whose_code_nobody_entered_and_of_somebody_who_has_an_account_nothing_else()
    {
        var state = Waiting() with
        {
            Enrolments = Waiting().Enrolments.Issue(letter, hash, Now.AddDays(33)),
            Credentials = new Credentials().Refuse(policy.SignIn, Now),
        };

        Assert.Same(state, state.TidiedAt(Now.AddDays(33).AddTicks(-1)));
        var tidied = state.TidiedAt(Now.AddDays(40));
        Assert.Equal(state with { Enrolments = tidied.Enrolments }, tidied);
        Assert.Equal((EnrolmentRequestStatus.Expired, Now.AddDays(33)), (tidied.Enrolments.Requests[0].Status, tidied.Enrolments.Requests[0].EndedAt));
        Assert.Same(tidied, tidied.TidiedAt(Now.AddDays(50)));
    }

    [Fact]
    public void A_verification_that_only_the_hotline_opens_outlasts_tidying()
    {
        var (verification, now) = (new IdentityVerification(), Now);
        for (var i = 0; i < 9; i++)
        {
            verification = verification.Attempt(false, ProofKind.VitaleCard, policy.Verification, now).Item1;
            now = now.AddDays(1);
        }
        var state = new AdherentState { Nir = FritzNir, Verification = verification }.TidiedAt(now.AddYears(10));

        Assert.NotNull(state.Verification.LockAt(now.AddYears(10)));
        Assert.Null(state.Verification.LockAt(now.AddYears(10))!.Until);
        Assert.False(state.IsEmpty);
        Assert.Null(state.DueAt);
    }

    [Fact]
    public void A_session_owes_the_password_first_and_the_contact_details_next()
    {
        var session = new Session("hash", Now, Now, MustChangePassword: true);
        var confirmed = new AdherentState { Contact = new() { ConfirmedAt = Now } };

        Assert.Equal(FirstConnectionStep.Password, new AdherentState().Due(session));
        Assert.Equal(FirstConnectionStep.Password, confirmed.Due(session));
        Assert.Equal(FirstConnectionStep.ContactDetails, new AdherentState().Due(session with { MustChangePassword = false }));
        Assert.Equal(FirstConnectionStep.None, confirmed.Due(session with { MustChangePassword = false }));
    }

    private static AdherentState Drafted() => new() { Nir = FritzNir, Registration = new Registration().Begin("ticket", Now, policy.AbandonedAfter) };

    /// <summary>He has asked for a department, and its letter is to leave in three days.</summary>
    private static AdherentState Waiting() => Completed() with
    {
        Enrolments = new Enrolments().Request("01", letter, Now.AddDays(3), Now).Item1,
        Dispatches = new Dispatches().Request(letter, LetterKind.DepartmentCode, Email, Now, Now.AddDays(3)),
    };

    private static AdherentState Completed() => new() { Nir = FritzNir, Registration = new() { Completed = completion } };
}
