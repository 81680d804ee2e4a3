using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Sessions;
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
    public void A_row_in_which_a_list_is_nothing_has_an_empty_one()
    {
        Assert.Empty(new AddressChanges { All = null! }.All);
        Assert.Empty(new Registration { Drafts = null! }.Drafts);
        Assert.Empty(new IdentityVerification { Attempts = null! }.Attempts);
        Assert.Empty(new Credentials { SignIns = null! }.SignIns);
        Assert.Empty(new Sessions { Open = null! }.Open);
        Assert.Empty(new Enrolments { Departments = null! }.Departments);
        Assert.Empty(new Enrolments { Requests = null! }.Requests);
        Assert.Empty(new Dispatches { All = null! }.All);
        Assert.Empty(new Documents { Certificates = null! }.Certificates);
        Assert.Empty(new Recovery { Granted = null! }.Granted);
        Assert.Empty(new Conversations { All = null! }.All);
        Assert.Empty(new Conversation { Id = letter, Topic = default, Messages = null! }.Messages);
        Assert.Empty(new Message(Now, null, "") { Attachments = null! }.Attachments);
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
    public void A_new_provisional_password_that_is_owed_is_a_way_in_though_the_last_one_has_expired()
    {
        var lapsed = Completed() with { Credentials = new Credentials().Issue(letter, Email, hash, Now) };
        var asked = lapsed with { Dispatches = new Dispatches().Request(Guid.NewGuid(), LetterKind.NewProvisionalPassword, Email, Now) };

        Assert.False(lapsed.HasAccountAt(Now));
        Assert.True(asked.HasAccountAt(Now));
        Assert.False((asked with { Dispatches = asked.Dispatches.Void(asked.Dispatches.All[0].Id, "Never mind.", Now) }).HasAccountAt(Now));
        Assert.False((lapsed with { Dispatches = new Dispatches().Request(letter, LetterKind.SignInLocked, Email, Now) }).HasAccountAt(Now));
    }

    [Fact]
    public void An_account_that_nobody_has_opened_falls_due_to_be_erased_and_one_that_was_opened_never()
    {
        Assert.Equal(Now.AddDays(10), Unopened().DueAt);
        Assert.Equal(Now.AddDays(9), (Unopened() with { Registration = Unopened().Registration.Begin("meanwhile", Now.AddDays(2), policy.AbandonedAfter) }).DueAt);
        Assert.Null((Unopened() with { Registration = Unopened().Registration.Opened() }).DueAt);
    }

    [Fact]
    public void The_first_of_the_closed_accounts_falls_due_whether_or_not_there_is_an_account_again()
    {
        Assert.Equal(Now.AddYears(4), Closures().DueAt);
        Assert.Equal(Now.AddYears(4), (Completed() with { Closures = Closures().Closures }).DueAt);
    }

    [Fact]
    public void Requests_for_a_new_password_fall_due_to_be_forgotten_of_people_without_an_account_only()
    {
        var ignored = new AdherentState { Recovery = new Recovery().Ignore(Now) };

        Assert.Equal(Now.AddHours(1), ignored.DueAt);
        Assert.Equal(Now.AddHours(1), new AdherentState { Recovery = new Recovery().Grant(Now) }.DueAt);
        Assert.Equal(Now.AddHours(1), (Drafted() with { Recovery = ignored.Recovery }).DueAt);
        Assert.Null((Completed() with { Recovery = ignored.Recovery }).DueAt);
        Assert.Equal(ignored, ignored.TidiedAt(Now.AddHours(1).AddTicks(-1)));
        Assert.True(ignored.TidiedAt(Now.AddHours(1)).IsEmpty);
        Assert.Null(ignored.TidiedAt(Now.AddHours(1)).DueAt);
        Assert.Equal(ignored.Recovery, (Completed() with { Recovery = ignored.Recovery }).TidiedAt(Now.AddYears(1)).Recovery);
    }

    [Fact]
    public void A_draft_a_failure_or_an_account_is_worth_a_row()
    {
        Assert.False(Drafted().IsEmpty);
        Assert.False(Completed().IsEmpty);
        Assert.False(new AdherentState { Credentials = new Credentials().Refuse(policy.SignIn, Now) }.IsEmpty);
        Assert.False(new AdherentState { Verification = new IdentityVerification().Attempt(false, ProofKind.VitaleCard, policy.Verification, Now).Item1 }.IsEmpty);
        Assert.False(new AdherentState { Recovery = new Recovery().Ignore(Now) }.IsEmpty);
        Assert.False(new AdherentState { Recovery = new Recovery().Grant(Now) }.IsEmpty);
        Assert.False(new AdherentState { Closures = Closures().Closures }.IsEmpty);
        Assert.False(new AdherentState { Dispatches = new Dispatches().Request(letter, LetterKind.AccountClosed, Email, Now) }.IsEmpty);
        Assert.True(new AdherentState { Dispatches = new Dispatches().Request(letter, LetterKind.AccountClosed, Email, Now).Confirm(letter, Now) }.IsEmpty);
        Assert.True(new AdherentState { Nir = FritzNir, Identity = CivilIdentity.Of(Fritz) }.IsEmpty);
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

    [Fact]
    public void Of_a_closed_account_nothing_is_left_but_that_it_was_open_and_what_a_new_sign_up_must_not_wipe_out()
    {
        var failed = new IdentityVerification().Attempt(false, ProofKind.VitaleCard, policy.Verification, Now).Item1;
        var before = Waiting() with
        {
            Owner = Guid.NewGuid(),
            Identity = CivilIdentity.Of(Fritz),
            Verification = failed,
            Credentials = new Credentials().Issue(letter, Email, hash, Now.AddDays(3)).Personalise(hash, Now).Accept(SignInMeans.Password, Origin, Now).Refuse(policy.SignIn, Now),
            Sessions = new Sessions().Add(Session.Begin("token", Origin, Now), policy.Session),
            Contact = new Contact { Email = Email, MobilePhone = FritzDeclares.MobilePhone, ConfirmedAt = Now }.ChangeEmail(OtherEmail, letter, Now),
            Recovery = new Recovery().Grant(Now),
            Closures = Closures().Closures,
        };
        var closing = Guid.NewGuid();

        var closed = before.Closed(closing, Now.AddDays(1));

        Assert.Equal(new AdherentState
        {
            Identity = before.Identity,
            Verification = failed,
            Recovery = before.Recovery,
            Dispatches = closed.Dispatches,
            Closures = closed.Closures,
        }, closed);
        Assert.Equal([.. before.Closures, new(Now, "2026-01", Now.AddDays(1))], closed.Closures);
        var owed = Assert.Single(closed.Dispatches.All);
        Assert.Equal((closing, LetterKind.AccountClosed, Email), (owed.Id, owed.Kind, owed.To));
        Assert.False(closed.HasAccountAt(Now.AddDays(1)));
    }

    [Fact]
    public void The_name_of_somebody_who_has_closed_his_account_goes_once_its_letter_has_left()
    {
        var closed = (Completed() with { Identity = CivilIdentity.Of(Fritz), Contact = new() { Email = Email } }).Closed(letter, Now);
        var sent = (closed with { Dispatches = closed.Dispatches.Confirm(letter, Now) }).TidiedAt(Now);

        Assert.Equal(closed, closed.TidiedAt(Now.AddDays(30)));
        Assert.Null(sent.Identity);
        Assert.Empty(sent.Dispatches.All);
        Assert.Equal(Now.AddYears(5), sent.DueAt);
        Assert.Equal(sent, sent.TidiedAt(Now.AddYears(5).AddTicks(-1)));
        Assert.True(sent.TidiedAt(Now.AddYears(5)).IsEmpty);
    }

    [Fact]
    public void The_proof_of_one_closed_account_goes_after_five_years_and_the_others_stay()
    {
        foreach (var state in new[] { Closures(), Completed() with { Closures = Closures().Closures } })
        {
            Assert.Equal(2, state.TidiedAt(Now.AddYears(4).AddTicks(-1)).Closures.Count);
            Assert.Equal([state.Closures[1]], state.TidiedAt(Now.AddYears(4)).Closures);
            Assert.Empty(state.TidiedAt(Now.AddYears(6)).Closures);
        }
    }

    [Fact]
    public void An_account_that_nobody_has_opened_is_erased_with_all_that_hangs_on_it()
    {
        var state = Unopened();

        Assert.Same(state, state.TidiedAt(Now.AddDays(10).AddTicks(-1)));
        Assert.True(state.TidiedAt(Now.AddDays(10)).IsEmpty);
        Assert.Equal(new AdherentState(), state.TidiedAt(Now.AddDays(10)));
    }

    [Fact]
    public void The_failures_and_the_closed_accounts_of_somebody_whose_unopened_account_is_erased_stay_as_long_as_they_would_have()
    {
        var failed = new IdentityVerification().Attempt(false, ProofKind.VitaleCard, policy.Verification, Now).Item1;
        var asked = Now.AddDays(10).AddMinutes(-30);
        var state = Unopened() with
        {
            Verification = failed,
            Credentials = Unopened().Credentials.Refuse(policy.SignIn, Now.AddDays(1)),
            Recovery = new Recovery().Grant(asked),
            Closures = Closures().Closures,
        };

        var erased = state.TidiedAt(Now.AddDays(10));

        Assert.Equal(new AdherentState
        {
            Verification = failed,
            Credentials = new() { Lockout = state.Credentials.Lockout },
            Recovery = state.Recovery,
            Closures = state.Closures,
        }, erased);
        Assert.Equal(asked.AddHours(1), erased.DueAt);
        erased = erased.TidiedAt(asked.AddHours(1));
        Assert.True(erased.Recovery.IsClean);
        Assert.Equal(Now.AddDays(30), erased.DueAt);
        erased = erased.TidiedAt(Now.AddDays(30));
        Assert.Empty(erased.Verification.Attempts);
        Assert.Equal(Now.AddDays(31), erased.DueAt);
        Assert.Equal(new AdherentState { Closures = state.Closures }, erased.TidiedAt(Now.AddDays(31)));
    }

    [Fact]
    public void An_account_that_was_opened_outlasts_any_tidying()
    {
        var opened = Unopened() with { Registration = Unopened().Registration.Opened() };

        Assert.Same(opened, opened.TidiedAt(Now.AddYears(10)));
    }

    [Fact]
    public void Of_somebody_without_an_account_nothing_is_known_once_his_drafts_are_gone()
    {
        var state = Drafted() with { Recovery = new Recovery().Ignore(Now.AddDays(7)) };

        Assert.Equal(FritzNir, state.TidiedAt(Now.AddDays(7).AddTicks(-1)).Nir);
        Assert.Null(state.TidiedAt(Now.AddDays(7)).Nir);
        Assert.False(state.TidiedAt(Now.AddDays(7)).IsEmpty);
    }

    [Fact]
    public void The_registry_opens_departments_and_takes_addresses_over_and_is_silent_when_it_knows_nothing_new()
    {
        var moved = new PostalAddress("8 rue Haute", "68000", "Colmar");
        var told = Completed() with { Contact = new() { AddressChanges = new AddressChanges().Tell(moved, Now) } };

        var known = told.WithRegistryOf(Fritz with { Address = new("8, RUE HAUTE", "68000", "COLMAR") }, Now.AddDays(1));

        Assert.Equal(["67", "68"], known.Enrolments.Departments.Select(d => d.Department));
        Assert.Equal([new AddressChange(moved, Now, TakenOverAt: Now.AddDays(1))], known.Contact.AddressChanges.All);
        Assert.Same(known, known.WithRegistryOf(Fritz with { Address = moved }, Now.AddDays(2)));
        Assert.Same(told.Contact, told.WithRegistryOf(Fritz, Now.AddDays(1)).Contact);
        Assert.Equal(Now.AddDays(3), (known with { Contact = told.Contact }).WithRegistryOf(Fritz with { Address = moved }, Now.AddDays(3)).Contact.AddressChanges.All[0].TakenOverAt);
    }

    private static AdherentState Drafted() => new() { Nir = FritzNir, Registration = new Registration().Begin("ticket", Now, policy.AbandonedAfter) };

    /// <summary>He has asked for a department, and its letter is to leave in three days.</summary>
    private static AdherentState Waiting() => Completed() with
    {
        Enrolments = new Enrolments().Request("01", letter, Now.AddDays(3), Now).Item1,
        Dispatches = new Dispatches().Request(letter, LetterKind.DepartmentCode, Email, Now, Now.AddDays(3)),
    };

    /// <summary>He never came to open the account that he made.</summary>
    private static AdherentState Unopened() => new()
    {
        Nir = FritzNir,
        Identity = CivilIdentity.Of(Fritz),
        Registration = new() { Completed = completion with { EraseUnopenedAt = Now.AddDays(10) } },
        Credentials = new Credentials().Issue(letter, Email, hash, Now.AddDays(3)),
        Contact = new() { Email = Email },
        Dispatches = new Dispatches().Request(letter, LetterKind.ProvisionalPassword, Email, Now).Confirm(letter, Now),
    };

    /// <summary>He had two accounts and closed them, the first a year ago.</summary>
    private static AdherentState Closures() => new()
    {
        Closures = [new(Now.AddYears(-2), "2024-01", Now.AddYears(-1)), new(Now.AddMonths(-6), "2025-01", Now)],
    };

    private static AdherentState Completed() => new() { Nir = FritzNir, Registration = new() { Completed = completion } };
}
