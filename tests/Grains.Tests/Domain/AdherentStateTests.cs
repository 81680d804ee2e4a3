using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Credentials;
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

    private static AdherentState Completed() => new() { Nir = FritzNir, Registration = new() { Completed = completion } };
}
