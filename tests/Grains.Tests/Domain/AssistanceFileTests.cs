using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Grains.Interfaces.Sessions;
using MsaOrleans.Grains.Ports;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class AssistanceFileTests
{
    private static readonly AdherentPolicy policy = new();
    private static readonly PasswordHash hash = new("cheap", 0, 1, "salt", "hash");
    private static readonly CaisseKnowledge known = new(Fritz, []);
    private static readonly Lockout held = new() { Locks = 1, Until = Now.AddHours(1), LastFailureAt = Now };
    private static readonly Guid letter = Guid.NewGuid();

    private static readonly AdherentState begun = new() { Registration = new Registration().Begin("a", Now, policy.AbandonedAfter).Begin("b", Now.AddHours(1), policy.AbandonedAfter) };

    private static readonly AdherentState opened = new()
    {
        Registration = new() { Completed = new(Now, "a", "2026-01") },
        Contact = new() { Email = Email },
        Dispatches = new Dispatches().Request(letter, LetterKind.ProvisionalPassword, Email, Now),
    };

    private static readonly AdherentState sent = opened with
    {
        Credentials = new Credentials().Issue(letter, Email, hash, Now.AddDays(3)),
        Dispatches = opened.Dispatches.Confirm(letter, Now.AddMinutes(1)),
    };

    private static readonly AdherentState signedIn = sent with
    {
        Credentials = sent.Credentials.AcceptProvisional(hash, Origin, Now.AddHours(2)),
        Contact = sent.Contact.Verified(Email, Now.AddHours(2)),
    };

    private static readonly AdherentState personal = signedIn with { Credentials = signedIn.Credentials.Personalise(hash, Now.AddHours(3)) };

    [Fact]
    public void Where_nothing_was_done_here_the_caisses_tell()
    {
        Assert.Equal(new(StandingKind.NeverBegun, null), Of(new()).Standing);
        Assert.Equal(new(StandingKind.NeverBegun, null), Of(new(), knows: null).Standing);
        Assert.Equal(new(StandingKind.UnknownToCaisses, null), Of(new(), knows: new(null, [])).Standing);
        Assert.Equal(new(StandingKind.UnknownToCaisses, Now.AddHours(1), SignUp: SignUpStep.ContactDetails), Of(begun, knows: new(null, [])).Standing);
        Assert.Equal(new(StandingKind.AccountClosed, Now), Of(new() { Closures = [new(Now.AddYears(-1), "2025-01", Now)] }).Standing);
        Assert.Equal((false, null, true), (Of(new(), knows: null).RegistryAnswers, Of(new(), knows: null).Registry, Of(new()).RegistryAnswers));
    }

    [Fact]
    public void A_sign_up_is_under_way_unless_it_is_locked_out()
    {
        Assert.Equal(new(StandingKind.SignUpUnderWay, Now.AddHours(1), SignUp: SignUpStep.ContactDetails), Of(begun).Standing);
        var locked = begun with { Verification = new() { Lockout = held } };
        Assert.Equal(new(StandingKind.VerificationLocked, Now, held.Until, SignUpStep.ContactDetails), Of(locked).Standing);
        Assert.Equal(StandingKind.SignUpUnderWay, Of(locked, at: Now.AddHours(1)).Standing.Kind);
        Assert.Equal(StandingKind.SignUpUnderWay, Of(begun with { Registration = begun.Registration with { Completed = opened.Registration.Completed } }).Standing.Kind);
        Assert.Equal(StandingKind.InSpace, Of(Confirmed() with { Registration = begun.Registration with { Completed = opened.Registration.Completed } }).Standing.Kind);
    }

    [Fact]
    public void An_account_is_followed_to_the_space()
    {
        var failed = opened with { Dispatches = opened.Dispatches.Fail(letter, new(Permanent: true, "The relay did not accept the letter: 550 no such user"), [], Now.AddMinutes(2)).Item1 };
        Assert.Equal(new(StandingKind.AwaitingPasswordMail, Now), Of(opened).Standing);
        Assert.Equal(new(StandingKind.PasswordMailFailed, Now.AddMinutes(2), Trouble: LetterTrouble.MailboxUnknown), Of(failed).Standing);
        Assert.Equal(new(StandingKind.PasswordMailSent, Now.AddMinutes(1), Now.AddDays(3)), Of(sent).Standing);
        Assert.Equal(new(StandingKind.ProvisionalPasswordExpired, Now.AddDays(3)), Of(sent, at: Now.AddDays(3)).Standing);
        Assert.Equal(new(StandingKind.ProvisionalPasswordExpired, Now), Of(sent with { Credentials = new() }).Standing);
        Assert.Equal(new(StandingKind.FirstConnectionUnfinished, Now.AddHours(2), Now.AddDays(3), FirstConnection: FirstConnectionStep.Password), Of(signedIn).Standing);
        Assert.Equal(StandingKind.PasswordMailSent, Of(signedIn with { Contact = sent.Contact }).Standing.Kind);
        Assert.Equal(new(StandingKind.FirstConnectionUnfinished, Now.AddHours(3), FirstConnection: FirstConnectionStep.ContactDetails), Of(personal).Standing);
        Assert.Equal(new(StandingKind.InSpace, Now.AddHours(4)), Of(Confirmed()).Standing);
        Assert.Equal(StandingKind.FirstConnectionUnfinished, Of(sent with { FranceConnect = new FranceConnectLink().Linked("sub", Now) }).Standing.Kind);
        Assert.Equal(new(StandingKind.SignInLocked, Now, held.Until), Of(personal with { Credentials = personal.Credentials with { Lockout = held } }).Standing);
    }

    [Fact]
    public void A_letter_that_he_has_done_without_is_no_news()
    {
        var again = Confirmed() with { Dispatches = Confirmed().Dispatches.Request(Guid.NewGuid(), LetterKind.NewProvisionalPassword, Email, Now.AddHours(5)) };
        Assert.Equal(StandingKind.AwaitingPasswordMail, Of(again).Standing.Kind);
        Assert.Equal(StandingKind.AwaitingPasswordMail, Of(again with { Credentials = again.Credentials.Accept(SignInMeans.Password, Origin, Now.AddHours(5)) }).Standing.Kind);
        Assert.Equal(StandingKind.InSpace, Of(again with { Credentials = again.Credentials.Accept(SignInMeans.Password, Origin, Now.AddHours(6)) }).Standing.Kind);
    }

    [Fact]
    public void What_the_caisses_know_helps_to_find_out_who_calls()
    {
        var view = Of(new(), knows: new(Fritz, [new(new(2026, 3, 1), "Santé", 12.50m)])).Registry!;
        Assert.Equal(("LAMY", "67320 MARLENHEIM", true, true, true), (view.BirthName, view.City, view.HealthInsured, view.HasCard, view.HasRecentPayment));
        Assert.Equal((false, false), (Of(new()).Registry!.HasRecentPayment, Of(new(), knows: new(Fritz with { CardSerial = null }, [])).Registry!.HasCard));
    }

    [Fact]
    public void Sign_ups_stand_in_the_order_of_their_last_use()
    {
        var file = Of(begun with { Registration = begun.Registration.With(begun.Registration.DraftOf("a")!.Declare(FritzDeclares).TouchedAt(Now.AddHours(2), policy.AbandonedAfter)) });
        Assert.Equal([(Now, Now.AddHours(2), "Lamy", "f***@***.fr"), (Now.AddHours(1), Now.AddHours(1), null, null)], file.SignUps.Select(s => (s.BegunAt, s.LastTouchedAt, s.FamilyName, s.Email)));
        Assert.Equal(
            [TimelineKind.SignUpTouched, TimelineKind.SignUpBegun, TimelineKind.SignUpBegun], file.Timeline.Select(entry => entry.Kind));
    }

    [Fact]
    public void A_guard_tells_how_near_the_next_lock_is()
    {
        var once = new AdherentState { Verification = new IdentityVerification().Attempt(false, ProofKind.ReceivedPayment, policy.Verification, Now).Item1 };
        Assert.Equal(new(1, policy.Verification.Attempts - 1, 0, null, Now), Of(once).VerificationGuard);
        Assert.Equal(new(0, 0, 1, new(held.Until), Now), Of(once with { Credentials = new() { Lockout = held } }).SignInGuard);
        Assert.Equal(new(0, policy.SignIn.Attempts, 1, null, Now), Of(once with { Credentials = new() { Lockout = held } }, at: Now.AddHours(1)).SignInGuard);
    }

    [Fact]
    public void Of_everything_the_latest_comes_first()
    {
        var state = Confirmed() with
        {
            Verification = new() { Attempts = [new(Now.AddDays(-2), ProofKind.VitaleCard, false), new(Now.AddDays(-1), ProofKind.FranceConnect, true, Now)] },
            Dispatches = Confirmed().Dispatches.Request(Guid.NewGuid(), LetterKind.PasswordChanged, Email, Now.AddHours(3)),
            Sessions = new Sessions().Add(Session.Begin("1", Origin, Now.AddHours(4)), policy.Session).Add(Session.Begin("2", Origin, Now.AddHours(4).AddMinutes(1)), policy.Session),
            Assistance = new Assistance().Add(new(Now, "c.roth", "Une")).Add(new(Now.AddHours(1), "c.roth", "Deux")).PasswordSent(Now),
            Conversations = new Conversations().Begin(Guid.NewGuid(), MessageTopic.Health, "Bonjour", Now).Item1.Begin(Guid.NewGuid(), MessageTopic.Payments, "Bonjour", Now.AddHours(1)).Item1,
            Credentials = personal.Credentials.Accept(SignInMeans.Password, Origin, Now.AddHours(4)),
        };
        var file = Of(state, at: Now.AddHours(4).AddMinutes(2));
        Assert.Equal([(false, true, true), (true, false, false)], file.Verifications.Select(a => (a.ByCard, a.ByFranceConnect, a.Matched)));
        Assert.Equal([("PasswordChanged", "f***@***.fr"), ("ProvisionalPassword", "f***@***.fr")], file.Letters.Select(l => (l.Kind, l.To)));
        Assert.Equal([SignInMeans.Password, SignInMeans.ProvisionalPassword], file.SignIns.Select(s => s.Means));
        Assert.Equal([Now.AddHours(4).AddMinutes(1), Now.AddHours(4)], file.OpenSessions.Select(s => s.StartedAt));
        Assert.All(file.OpenSessions, session => Assert.False(session.IsThisOne));
        Assert.Equal(["Deux", "Une"], file.Notes.Select(note => note.Text));
        Assert.Equal([MessageTopic.Payments, MessageTopic.Health], file.Conversations.Select(c => c.Topic));
        Assert.Equal((Assistance.MostPasswords - 1, Now), (file.PasswordsLeft, file.AccountSince));
        Assert.Equal(file.Timeline.Select(entry => entry.At).OrderDescending(), file.Timeline.Select(entry => entry.At));
    }

    [Fact]
    public void How_he_is_reached_is_masked_and_told_of_an_account_alone()
    {
        Assert.Null(Of(begun).Contact);
        var pending = personal with { Contact = personal.Contact.ChangeEmail(OtherEmail, Guid.NewGuid(), Now) };
        Assert.Equal(("f***@***.fr", "f***@***.example"), (Of(pending).Contact!.Email, Of(pending).Contact!.PendingEmail));
        Assert.Null(Of(pending, at: Now + EmailChange.Lifetime).Contact!.PendingEmail);
    }

    [Fact]
    public void What_an_agent_can_do_now_is_offered_and_nothing_else()
    {
        Assert.Empty(Of(begun).Possible);
        Assert.Equal([AuditedAct.UnlockedVerification], Of(begun with { Verification = new() { Lockout = held } }).Possible);
        Assert.Equal([AuditedAct.CorrectedEmail], Of(opened).Possible);
        var everything = Confirmed() with
        {
            Credentials = personal.Credentials with { Lockout = held },
            Verification = new() { Lockout = held },
            Sessions = new Sessions().Add(Session.Begin("1", Origin, Now), policy.Session),
        };
        Assert.Equal(
            [AuditedAct.UnlockedVerification, AuditedAct.UnlockedSignIn, AuditedAct.SentProvisionalPassword, AuditedAct.CorrectedEmail, AuditedAct.ClosedSessions],
            Of(everything, at: Now.AddMinutes(10)).Possible);
    }

    [Fact]
    public void All_that_happened_is_told_newest_first_and_what_agents_did_among_it()
    {
        var (address, request) = (new Interfaces.Contact.PostalAddress("8 rue Haute", "68000", "Colmar"), Guid.NewGuid());
        var state = Confirmed() with
        {
            Verification = new() { Attempts = [new(Now.AddDays(-2), ProofKind.VitaleCard, false, Now.AddDays(-1)), new(Now.AddDays(-1), ProofKind.ReceivedPayment, true)] },
            Recovery = new Recovery().Grant(Now.AddHours(5)).Ignore(Now.AddHours(6)),
            Credentials = personal.Credentials.Refuse(policy.SignIn, Now.AddHours(7)),
            FranceConnect = new FranceConnectLink().Linked("sub", Now.AddHours(8)),
            Enrolments = new Enrolments().Know(["67"], Now.AddHours(9)).Request("01", request, Now.AddDays(3), Now.AddHours(10)).Item1.End(request, EnrolmentEnding.Cancelled, Now.AddHours(11)),
            Contact = Confirmed().Contact with { AddressChanges = new AddressChanges().Tell(address, Now.AddHours(12)).Known(address, Now.AddHours(13)) },
            Conversations = new() { All = [new() { Id = request, Topic = MessageTopic.Health, Messages = [new(Now.AddHours(14), null, "Bonjour"), new(Now.AddHours(15), "c.roth", "Bonjour")] }] },
            Dispatches = sent.Dispatches.Request(request, LetterKind.SignInLocked, Email, Now.AddHours(16)).Void(request, VoidReasons.OtherLock, Now.AddHours(17)),
            Closures = [new(Now.AddYears(-2), "2024-01", Now.AddYears(-1))],
        };
        AuditEntry[] record = [new(Now.AddHours(18), AuditedAct.ClosedSessions, new("c.roth", "appel"), letter, AssistanceDetail.Of(AssistanceOutcome.Done))];
        var timeline = new AssistanceFile(state, known, record, policy, Now.AddHours(20)).DrawUp().Timeline;

        Assert.Equal(
            [
                TimelineKind.Agent, TimelineKind.LetterGivenUp, TimelineKind.LetterRequested, TimelineKind.MessageWritten, TimelineKind.AddressTakenOver, TimelineKind.AddressTold,
                TimelineKind.DepartmentRequestEnded, TimelineKind.DepartmentRequested, TimelineKind.DepartmentOpened, TimelineKind.FranceConnectLinked, TimelineKind.SignInFailed,
                TimelineKind.PasswordForgottenInVain, TimelineKind.PasswordForgotten, TimelineKind.ContactConfirmed, TimelineKind.PasswordChosen, TimelineKind.SignedIn, TimelineKind.EmailVerified,
                TimelineKind.LetterSent, TimelineKind.LetterRequested, TimelineKind.AccountOpened, TimelineKind.IdentityProved, TimelineKind.IdentityNotMatched, TimelineKind.AccountClosed,
            ],
            timeline.Select(entry => entry.Kind));
        Assert.Equal((AuditedAct.ClosedSessions, AssistanceOutcome.Done, "c.roth"), (timeline[0].Act, timeline[0].Outcome, timeline[0].By!.Agent));
        Assert.Equal((Now.AddHours(14), MessageTopic.Health), (timeline[3].At, timeline[3].Topic)); // his own message, not the answer
        Assert.Equal(("SignInLocked", "ProvisionalPassword", "ProvisionalPassword"), (timeline[2].Letter, timeline[17].Letter, timeline[18].Letter));
        Assert.Equal(("SignInLocked", LetterTrouble.Replaced), (timeline[1].Letter, timeline[1].Trouble));
        Assert.Equal(("01", EnrolmentRequestStatus.Cancelled, "67"), (timeline[6].Department, timeline[6].Status, timeline[8].Department));
        Assert.Equal((true, false, Now.AddDays(-1)), (timeline[^2].ByCard, timeline[^3].ByCard, timeline[^2].Lock!.Until));
    }

    [Theory]
    [InlineData(nameof(EnrolmentEnding.Activated), false)]
    [InlineData(nameof(EnrolmentEnding.KnownMeanwhile), false)]
    [InlineData(nameof(EnrolmentEnding.Expired), true)]
    [InlineData(nameof(EnrolmentEnding.Locked), true)]
    [InlineData(nameof(EnrolmentEnding.Undeliverable), true)]
    public void That_a_request_ended_is_told_unless_its_department_is_open(string ending, bool isTold)
    {
        var request = Guid.NewGuid();
        var enrolments = new Enrolments().Request("01", request, Now.AddDays(3), Now).Item1.Issue(request, hash, Now.AddDays(9)).Sent(request, Now.AddDays(3));
        var file = Of(new() { Enrolments = enrolments.End(request, Enum.Parse<EnrolmentEnding>(ending), Now.AddDays(4)) }, at: Now.AddDays(5));
        Assert.Equal(isTold, file.Timeline.Any(entry => entry.Kind is TimelineKind.DepartmentRequestEnded));
        Assert.Equal(Now.AddDays(3), file.Timeline.Single(entry => entry.Kind is TimelineKind.DepartmentCodeSent).At);
    }

    [Fact]
    public void The_account_of_FranceConnect_stays_linked_since_the_first_time_and_until_it_is_unlinked()
    {
        var linked = new FranceConnectLink().Linked("sub", Now);
        Assert.Equal(("sub", Now), (linked.Subject, linked.LinkedAt));
        Assert.Same(linked, linked.Linked("sub", Now.AddDays(1)));
        Assert.Equal(("other", Now.AddDays(1)), (linked.Linked("other", Now.AddDays(1)).Subject, linked.Linked("other", Now.AddDays(1)).LinkedAt));
        Assert.Equal(new(), linked.Unlinked());
    }

    private static AdherentState Confirmed() => personal with { Contact = personal.Contact with { ConfirmedAt = Now.AddHours(4) } };

    private static AdherentFile Of(AdherentState state, DateTimeOffset? at = null) => Of(state, known, at);

    private static AdherentFile Of(AdherentState state, CaisseKnowledge? knows, DateTimeOffset? at = null) => new AssistanceFile(state, knows, [], policy, at ?? Now.AddMinutes(5)).DrawUp();
}
