using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Enrolments;
using static MsaOrleans.Grains.Tests.Domain.AdherentStateSamples;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

/// <summary>When something of a row falls due, and what is erased then: nothing is kept of anybody longer than it serves.</summary>
public sealed class AdherentStateTidyingTests
{
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
        var failed = drafted with { Verification = drafted.Verification.Attempt(false, ProofKind.VitaleCard, Policy.Verification, Now.AddDays(-25)).Item1 };
        var tried = failed with { Credentials = failed.Credentials.Refuse(Policy.SignIn, Now.AddDays(-27)) };
        var owing = tried with { Dispatches = tried.Dispatches.Request(LetterId, LetterKind.EmailChanged, Email, Now) };

        Assert.Equal(Now.AddDays(7), drafted.DueAt);
        Assert.Equal(Now.AddDays(5), failed.DueAt);
        Assert.Equal(Now.AddDays(3), tried.DueAt);
        Assert.Equal(Now + Dispatches.Grace, owing.DueAt);
    }

    [Fact]
    public void The_end_of_a_code_is_due_once_the_code_has_left_and_not_any_more_once_it_is_void()
    {
        var issued = Waiting() with { Enrolments = Waiting().Enrolments.Issue(LetterId, Hash, Now.AddDays(33)) };
        var sent = issued with { Dispatches = issued.Dispatches.Confirm(LetterId, Now.AddDays(3)) };

        Assert.Equal(Now.AddDays(3) + Dispatches.Grace, Waiting().DueAt);
        Assert.Equal(Now.AddDays(3) + Dispatches.Grace, issued.DueAt);
        Assert.Equal(Now.AddDays(33), sent.DueAt);
        Assert.Null((sent with { Enrolments = sent.Enrolments.End(LetterId, EnrolmentEnding.Cancelled, Now) }).DueAt);
        Assert.Null(sent.TidiedAt(Now.AddDays(33)).DueAt);
    }

    [Fact]
    public void Failures_of_somebody_who_has_an_account_fall_due_to_nobody()
    {
        var state = Completed() with { Credentials = new Credentials().Refuse(Policy.SignIn, Now) };

        Assert.Null(state.DueAt);
        Assert.Equal(1, state.TidiedAt(Now.AddDays(365)).Credentials.Lockout.Failures);
    }

    [Fact]
    public void An_account_that_nobody_has_opened_falls_due_to_be_erased_and_one_that_was_opened_never()
    {
        Assert.Equal(Now.AddDays(10), Unopened().DueAt);
        Assert.Equal(Now.AddDays(9), (Unopened() with { Registration = Unopened().Registration.Begin("meanwhile", Now.AddDays(2), Policy.AbandonedAfter) }).DueAt);
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
    public void Tidying_erases_drafts_left_alone_and_failures_long_past()
    {
        var state = Drafted() with
        {
            Verification = new IdentityVerification().Attempt(false, ProofKind.VitaleCard, Policy.Verification, Now).Item1,
            Credentials = new Credentials().Refuse(Policy.SignIn, Now),
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
            Enrolments = Waiting().Enrolments.Issue(LetterId, Hash, Now.AddDays(33)),
            Credentials = new Credentials().Refuse(Policy.SignIn, Now),
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
            verification = verification.Attempt(false, ProofKind.VitaleCard, Policy.Verification, now).Item1;
            now = now.AddDays(1);
        }
        var state = new AdherentState { Nir = FritzNir, Verification = verification }.TidiedAt(now.AddYears(10));

        Assert.NotNull(state.Verification.LockAt(now.AddYears(10)));
        Assert.Null(state.Verification.LockAt(now.AddYears(10))!.Until);
        Assert.False(state.IsEmpty);
        Assert.Null(state.DueAt);
    }

    [Fact]
    public void The_name_of_somebody_who_has_closed_his_account_goes_once_its_letter_has_left()
    {
        var closed = (Completed() with { Identity = CivilIdentity.Of(Fritz), Contact = new() { Email = Email } }).Closed(LetterId, Now);
        var sent = (closed with { Dispatches = closed.Dispatches.Confirm(LetterId, Now) }).TidiedAt(Now);

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
        var failed = new IdentityVerification().Attempt(false, ProofKind.VitaleCard, Policy.Verification, Now).Item1;
        var asked = Now.AddDays(10).AddMinutes(-30);
        var state = Unopened() with
        {
            Verification = failed,
            Credentials = Unopened().Credentials.Refuse(Policy.SignIn, Now.AddDays(1)),
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
}
