using System.Text.Json;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Identity;
using MsaOrleans.Grains.Storage;
using static MsaOrleans.Grains.Tests.Adherent.Fakes.MemoryRows;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>What an agent of the hotline sees of an adherent and does for him, and what he leaves on the record.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class AssistanceTests(AdherentCluster cluster)
{
    private static readonly AgentAct act = new("c.roth", "Il n'arrive pas à se connecter.", "A-1234");
    private static readonly Password own = new(TestAdherent.OwnPassword);

    /// <summary>Every act, done to somebody with a call in hand.</summary>
    private static readonly Dictionary<AuditedAct, Func<IAdherentAssistance, AgentAct, Task<AssistanceOutcome>>> acts = new()
    {
        [AuditedAct.UnlockedVerification] = (file, by) => file.UnlockVerification(by),
        [AuditedAct.UnlockedSignIn] = (file, by) => file.UnlockSignIn(by),
        [AuditedAct.SentProvisionalPassword] = (file, by) => file.SendProvisionalPassword(by),
        [AuditedAct.CorrectedEmail] = (file, by) => file.CorrectEmail(by, Samples.OtherEmail, phoneChecked: true),
        [AuditedAct.CancelledDepartmentCode] = (file, by) => file.CancelDepartment(by, "01"),
        [AuditedAct.HastenedDepartmentCode] = (file, by) => file.HastenDepartment(by, "01"),
        [AuditedAct.ClosedSessions] = (file, by) => file.CloseSessions(by),
        [AuditedAct.AddedNote] = (file, by) => file.AddNote(by, "Rappeler jeudi."),
    };

    public static TheoryData<AuditedAct> Acts => [.. acts.Keys];

    // ---- the file ----

    [Fact]
    public async Task A_number_nobody_began_with_is_told_from_one_the_caisses_do_not_know()
    {
        var (known, unknown) = (cluster.NewAdherent(), cluster.NewAdherent(known: false));

        var (file, other) = (await Look(known), await Look(unknown));

        Assert.Equal(new(StandingKind.NeverBegun, null), file.Standing);
        Assert.Equal(("LAMY", "67320 MARLENHEIM", true, true), (file.Registry!.BirthName, file.Registry.City, file.Registry.HasCard, file.Registry.HasRecentPayment));
        Assert.Equal(new(StandingKind.UnknownToCaisses, null), other.Standing);
        Assert.Null(other.Registry);
        Assert.True(other.RegistryAnswers);
        foreach (var seen in new[] { file, other })
        {
            Assert.Null(seen.Nir);
            Assert.Null(seen.Contact);
            Assert.Empty(seen.SignUps);
            Assert.Empty(seen.Possible);
            Assert.Equal(AuditedAct.Looked, Assert.Single(seen.Timeline).Act);
        }
    }

    [Fact]
    public async Task Looking_and_showing_write_no_row()
    {
        var (nobody, begun) = (cluster.NewAdherent(), cluster.NewAdherent());
        await begun.Declare();
        var version = cluster.Rows.Version(begun.Key);

        foreach (var adherent in new[] { nobody, begun })
        {
            cluster.Rows.TakeNotes(adherent.Key);
            await Look(adherent);
            await adherent.Assistance.Reveal(act, HiddenValue.Email);
            Assert.Equal(["recorded", "recorded"], cluster.Rows.TakeNotes(adherent.Key));
        }
        Assert.Null(nobody.Stored);
        Assert.Equal(version, cluster.Rows.Version(begun.Key));
    }

    [Fact]
    public async Task A_registry_that_does_not_answer_hides_nothing_else()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Declare();
        cluster.Registry.Break(fritz.Key);

        var file = await Look(fritz);

        Assert.False(file.RegistryAnswers);
        Assert.Null(file.Registry);
        Assert.Equal(new(StandingKind.SignUpUnderWay, cluster.Now, SignUp: SignUpStep.Proof), file.Standing);
    }

    [Fact]
    public async Task A_sign_up_is_followed_step_by_step()
    {
        var fritz = cluster.NewAdherent();
        var begun = cluster.Now;
        var ticket = SignUpTicket.New();
        await fritz.Registration.Begin(ticket, fritz.Nir);
        await StandsAt(SignUpStep.ContactDetails);
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        await fritz.Registration.Declare(ticket, Samples.FritzDeclares);
        await StandsAt(SignUpStep.HealthInsurance);
        await fritz.Registration.AnswerHealthInsurance(ticket, insured: true);
        var file = await StandsAt(SignUpStep.Proof);

        Assert.Equal("1 63 ** ** *** ***", file.Nir);
        var signUp = Assert.Single(file.SignUps);
        Assert.Equal(
            new(begun, cluster.Now, cluster.Now + cluster.Policy.AbandonedAfter, SignUpStep.Proof, null, "Lamy", "Fritz", Samples.Fritz.BirthDate, "f***@***.fr"),
            signUp);
        await fritz.Identity.Prove(ticket, TestAdherent.WrongCard);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await fritz.Identity.Prove(ticket, new IdentityProof.ReceivedPayment(22.50m));
        file = await StandsAt(SignUpStep.Terms);
        Assert.Equal([(false, true), (true, false)], file.Verifications.Select(v => (v.ByCard, v.Matched)));
        Assert.Equal(cluster.Now, Assert.Single(file.SignUps).ProvedAt);
        Assert.Equal(
            [
                (begun.AddMinutes(3), TimelineKind.IdentityProved), (begun.AddMinutes(3), TimelineKind.SignUpTouched),
                (begun.AddMinutes(2), TimelineKind.IdentityNotMatched), (begun, TimelineKind.SignUpBegun),
            ],
            file.Timeline.Where(e => e.Kind != TimelineKind.Agent).Select(e => (e.At, e.Kind)));

        Task<AdherentFile> StandsAt(SignUpStep step) => Stands(fritz, new(StandingKind.SignUpUnderWay, begun, SignUp: step));
    }

    [Fact]
    public async Task A_sign_up_that_can_never_be_proved_is_told_as_such()
    {
        var stranger = cluster.NewAdherent(known: false);
        await stranger.Declare();

        await Stands(stranger, new(StandingKind.UnknownToCaisses, cluster.Now, SignUp: SignUpStep.Proof));
    }

    [Fact]
    public async Task A_suspended_verification_is_told_with_its_end_and_what_led_to_it()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Declare();
        await TryWrong(fritz, ticket, 3);
        var locked = cluster.Now;

        var file = await Stands(fritz, new(StandingKind.VerificationLocked, locked, locked.AddHours(1), SignUpStep.Proof));

        Assert.Equal(new(0, 0, 1, new VerificationLock(locked.AddHours(1)), locked), file.VerificationGuard);
        Assert.Equal([new VerificationLock(locked.AddHours(1)), null, null], file.Verifications.Select(v => v.Lock));
        Assert.Equal([AuditedAct.UnlockedVerification], file.Possible);
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        await TryWrong(fritz, ticket, 3);
        cluster.Clock.Advance(TimeSpan.FromDays(1));
        await TryWrong(fritz, ticket, 3);
        file = await Stands(fritz, new(StandingKind.VerificationLocked, cluster.Now, null, SignUpStep.Proof));
        Assert.Equal(new VerificationLock(null), file.VerificationGuard.Lock);
        Assert.Equal(new VerificationLock(null), file.Timeline.First(e => e.Kind == TimelineKind.IdentityNotMatched).Lock);
    }

    [Fact]
    public async Task From_the_accepted_terms_to_the_open_space_every_standing_has_its_name()
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.SignUp();
        var opened = cluster.Now;
        await Stands(fritz, new(StandingKind.AwaitingPasswordMail, opened));
        await fritz.Dispatches.Take(dispatch);
        await fritz.Dispatches.Fail(dispatch, new(Permanent: false, "The relay cannot be used: 421 try later"));
        await Stands(fritz, new(StandingKind.AwaitingPasswordMail, opened, Trouble: LetterTrouble.RelayUnavailable));
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        var letter = (await fritz.Dispatches.Take(dispatch))!;
        await fritz.Dispatches.Confirm(dispatch);
        await Stands(fritz, new(StandingKind.PasswordMailSent, cluster.Now, letter.ExpiresAt));
        var (provisional, _) = await fritz.SignIn(letter.Secret!);
        await Stands(fritz, new(StandingKind.FirstConnectionUnfinished, cluster.Now, letter.ExpiresAt, FirstConnection: FirstConnectionStep.Password));
        var session = Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Personalise(provisional, own)).Session;
        await Stands(fritz, new(StandingKind.FirstConnectionUnfinished, cluster.Now, FirstConnection: FirstConnectionStep.ContactDetails));
        await fritz.Contact.Confirm(session, (await fritz.Contact.Read(session))!);
        var file = await Stands(fritz, new(StandingKind.InSpace, cluster.Now));

        Assert.Equal("f***@***.fr", file.Contact!.Email);
        Assert.Equal("+** ** ** 78", file.Contact.MobilePhone);
        Assert.Equal(["67", "68"], file.Enrolments.Active.Select(d => d.Department));
        Assert.Single(file.OpenSessions);
        Assert.Equal((2, cluster.Now, "f***@***.fr"), file.Letters.Where(l => l.Kind == "ProvisionalPassword").Select(l => (l.Tries, l.SentAt!.Value, l.To)).Single());
        Assert.Equal([AuditedAct.CorrectedEmail, AuditedAct.ClosedSessions], file.Possible); // the password has only just been sent
        await fritz.GuessWrong();
        await Stands(fritz, new(StandingKind.SignInLocked, cluster.Now, cluster.Now.AddMinutes(15)));
        cluster.Clock.Advance(TimeSpan.FromMinutes(15));
        var (again, _) = await fritz.SignIn(TestAdherent.OwnPassword);
        await fritz.Account.Close(again, own);
        file = await Stands(fritz, new(StandingKind.AccountClosed, cluster.Now));
        Assert.Equal(opened, Assert.Single(file.ClosedAccounts).OpenedAt);
        Assert.Null(file.Contact);
    }

    [Fact]
    public async Task A_password_mail_that_failed_is_told_with_why_until_another_is_on_its_way()
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.SignUp();
        await fritz.Dispatches.Take(dispatch);
        await fritz.Dispatches.Fail(dispatch, new(Permanent: true, "The relay did not accept the letter: 550 5.1.1 <[...]>: no such user"));

        var file = await Stands(fritz, new(StandingKind.PasswordMailFailed, cluster.Now, Trouble: LetterTrouble.MailboxUnknown));

        Assert.Equal(LetterTrouble.MailboxUnknown, Assert.Single(file.Letters).Trouble);
        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.SendProvisionalPassword(act));
        await Stands(fritz, new(StandingKind.AwaitingPasswordMail, cluster.Now));
    }

    [Fact]
    public async Task A_provisional_password_that_expired_unused_is_told_and_a_sign_up_begun_again_comes_before_it()
    {
        var fritz = cluster.NewAdherent();
        await fritz.ReceiveProvisionalPassword();
        var expired = cluster.Now + cluster.Policy.ProvisionalLifetime;
        cluster.Clock.Advance(cluster.Policy.ProvisionalLifetime + TimeSpan.FromHours(1));

        await Stands(fritz, new(StandingKind.ProvisionalPasswordExpired, expired));
        await fritz.Declare();
        await Stands(fritz, new(StandingKind.SignUpUnderWay, cluster.Now, SignUp: SignUpStep.Proof));
    }

    [Fact]
    public async Task A_forgotten_password_whose_mail_failed_is_news_until_he_is_in_again()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        var confirmed = cluster.Now;
        cluster.Queue.TakeJobs(fritz.Key);
        cluster.Clock.Advance(TimeSpan.FromDays(1));
        await fritz.Credentials.Recover(Samples.Email);
        await Stands(fritz, new(StandingKind.AwaitingPasswordMail, cluster.Now));
        var dispatch = Assert.Single(cluster.Queue.TakeJobs(fritz.Key)).Dispatch;
        await fritz.Dispatches.Take(dispatch);
        await fritz.Dispatches.Fail(dispatch, new(Permanent: true, "The relay did not accept the letter: 552 5.2.2 mailbox full"));
        var file = await Stands(fritz, new(StandingKind.PasswordMailFailed, cluster.Now, Trouble: LetterTrouble.MailboxFull));
        Assert.Contains(file.Timeline, e => e.Kind == TimelineKind.PasswordForgotten && e.At == cluster.Now);

        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await fritz.SignIn(TestAdherent.OwnPassword);
        await Stands(fritz, new(StandingKind.InSpace, confirmed));
    }

    [Fact]
    public async Task No_secret_hash_amount_or_whole_number_is_in_the_file()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        await fritz.Contact.ChangeEmail(session, own, Samples.OtherEmail);
        Assert.True(EmailLink.TryParse((await fritz.ReceiveLetters()).Single(l => l.Kind == LetterKind.EmailChangeLink).Secret, out _, out var link));
        var code = await fritz.ReceiveCode(session);
        var provisional = await fritz.Recover();
        var (again, _) = await fritz.SignIn(TestAdherent.OwnPassword);

        var file = JsonSerializer.Serialize(await Look(fritz));

        Assert.Contains("LAMY", file, StringComparison.Ordinal);
        var stored = fritz.Stored!;
        var hashes = stored.Credentials.PersonalHashes.Concat(stored.Credentials.ProvisionalHashes).Concat(stored.Enrolments.CodesAt(cluster.Now)).ToList();
        Assert.Equal(3, hashes.Count);
        foreach (var hidden in hashes.SelectMany(h => new[] { h.Hash, h.Salt }).Concat(
            [
                TestAdherent.OwnPassword, provisional, code.Value, link, again.Secret, stored.Sessions.Open[^1].TokenHash, stored.Registration.Completed!.TicketHash,
                fritz.Nir.Value, Samples.Email.Value, Samples.OtherEmail.Value, "612345678", Samples.FritzSerial, "22.5", "18.55",
            ]))
            Assert.DoesNotContain(JsonEncodedText.Encode(hidden).ToString(), file, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_is_masked_is_shown_one_by_one_on_the_record()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Contact.ChangeEmail(await fritz.Connect(), own, Samples.OtherEmail);

        Assert.Equal(fritz.Nir.Grouped, await fritz.Assistance.Reveal(act, HiddenValue.Nir));
        Assert.Equal(Samples.Email.Value, await fritz.Assistance.Reveal(act, HiddenValue.Email));
        Assert.Equal(Samples.OtherEmail.Value, await fritz.Assistance.Reveal(act, HiddenValue.PendingEmail));
        Assert.Equal("+33612345678", await fritz.Assistance.Reveal(act, HiddenValue.MobilePhone));
        Assert.Null(await fritz.Assistance.Reveal(act, HiddenValue.LandlinePhone));
        Assert.Null(await fritz.Assistance.Reveal(act, HiddenValue.DeclaredEmail));
        Assert.Equal(
            ["DeclaredEmail NothingToDo", "LandlinePhone NothingToDo", "MobilePhone Done", "PendingEmail Done", "Email Done", "Nir Done"],
            (await cluster.Audit.About(fritz.Key, 10)).Select(e => e.Detail));

        var begun = cluster.NewAdherent();
        await begun.Declare();
        Assert.Equal(Samples.Email.Value, await begun.Assistance.Reveal(act, HiddenValue.DeclaredEmail));
        Assert.Null(await begun.Assistance.Reveal(act, HiddenValue.Email));
    }

    [Fact]
    public async Task A_locked_adherent_is_unlocked_finishes_and_the_file_tells_the_whole_story()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Declare();
        await TryWrong(fritz, ticket, 3);
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.UnlockVerification(act));
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(new VerificationOutcome.Proved(), await fritz.Identity.Prove(ticket, TestAdherent.Card));
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await fritz.Registration.Complete(ticket, "2026-01");
        await fritz.ReceiveLetters();

        var told = (await Look(fritz)).Timeline;

        Assert.Equal(told.OrderByDescending(e => e.At).Select(e => e.At), told.Select(e => e.At));
        Assert.Equal(
            [TimelineKind.IdentityNotMatched, TimelineKind.IdentityNotMatched, TimelineKind.IdentityNotMatched, TimelineKind.Agent, TimelineKind.IdentityProved, TimelineKind.AccountOpened],
            told.Reverse().Select(e => e.Kind).Where(k => k is not (TimelineKind.LetterRequested or TimelineKind.LetterSent)).SkipLast(1));
        var unlocked = told.Single(e => e.Act == AuditedAct.UnlockedVerification);
        Assert.Equal((act, AssistanceOutcome.Done), (unlocked.By, unlocked.Outcome));
    }

    // ---- on the record first ----

    [Fact]
    public async Task Without_a_record_nothing_is_shown()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        cluster.Audit.Break(fritz.Key);

        await Assert.ThrowsAsync<IOException>(() => fritz.Assistance.Look(act));
        await Assert.ThrowsAsync<IOException>(() => fritz.Assistance.Reveal(act, HiddenValue.Nir));
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Without_a_record_nothing_is_done(AuditedAct what)
    {
        var fritz = await Where(what);
        var before = Json(fritz);
        cluster.Audit.Break(fritz.Key);

        await Assert.ThrowsAsync<IOException>(() => acts[what](fritz.Assistance, act));

        Assert.Equal(before, Json(fritz));
        Assert.Empty(cluster.Queue.TakeJobs(fritz.Key));
        cluster.Audit.Mend(fritz.Key);
        Assert.Equal(AssistanceOutcome.Done, await acts[what](fritz.Assistance, act));
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task An_act_is_on_the_record_before_it_is_done_and_says_who_did_it_and_why(AuditedAct what)
    {
        var fritz = await Where(what);
        cluster.Rows.TakeNotes(fritz.Key);

        Assert.Equal(AssistanceOutcome.Done, await acts[what](fritz.Assistance, act));

        var notes = cluster.Rows.TakeNotes(fritz.Key);
        Assert.Equal(("recorded", "written"), (notes[0], notes[^1]));
        var entry = (await cluster.Audit.About(fritz.Key, 1))[0];
        Assert.Equal((cluster.Now, what, act, fritz.Key), (entry.At, entry.Act, entry.By, entry.Adherent!.Value));
        Assert.EndsWith("Done", entry.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task An_act_whose_write_failed_is_on_the_record_and_not_done(AuditedAct what)
    {
        var fritz = await Where(what);
        var before = Json(fritz);
        cluster.Rows.FailNext(fritz.Key, Failure.BeforeSaving);

        await Assert.ThrowsAsync<OrleansException>(() => acts[what](fritz.Assistance, act));

        Assert.Equal(before, Json(fritz));
        Assert.Equal(what, (await cluster.Audit.About(fritz.Key, 1))[0].Act);
        Assert.Equal(AssistanceOutcome.Done, await acts[what](fritz.Assistance, act));
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task An_act_that_was_saved_without_our_knowing_is_done_and_not_done_again(AuditedAct what)
    {
        var fritz = await Where(what);
        cluster.Rows.FailNext(fritz.Key, Failure.AfterSaving);

        await Assert.ThrowsAsync<OrleansException>(() => acts[what](fritz.Assistance, act));

        var after = Json(fritz);
        Assert.Equal(AssistanceOutcome.NothingToDo, await acts[what](fritz.Assistance, act));
        Assert.Equal(after, Json(fritz));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \u00a0\t")]
    public async Task Without_a_reason_nothing_is_shown_done_or_recorded(string reason)
    {
        var fritz = await Where(AuditedAct.SentProvisionalPassword);
        var (before, mute) = (Json(fritz), act with { Reason = reason });

        Assert.Null(await fritz.Assistance.Look(mute));
        Assert.Null(await fritz.Assistance.Reveal(mute, HiddenValue.Nir));
        foreach (var doing in acts.Values)
            Assert.Equal(AssistanceOutcome.ReasonMissing, await doing(fritz.Assistance, mute));

        Assert.Equal(before, Json(fritz));
        Assert.Empty(await cluster.Audit.About(fritz.Key, 10));
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Of_two_agents_at_once_one_does_it_and_the_other_reads_that_it_is_done(AuditedAct what)
    {
        var fritz = await Where(what);

        var outcomes = await Task.WhenAll(acts[what](fritz.Assistance, act), acts[what](fritz.Assistance, act));

        Assert.Equal([AssistanceOutcome.Done, AssistanceOutcome.NothingToDo], outcomes.Order());
        Assert.Equal([$"{AssistanceOutcome.NothingToDo}", $"{AssistanceOutcome.Done}"], (await cluster.Audit.About(fritz.Key, 10)).Select(e => e.Detail!.Split(' ')[^1]));
    }

    [Fact]
    public async Task Of_somebody_about_whom_nothing_is_kept_there_is_nothing_to_do_and_no_row_to_write()
    {
        var nobody = cluster.NewAdherent();

        foreach (var (what, doing) in acts.Where(a => a.Key != AuditedAct.AddedNote))
        {
            var outcome = await doing(nobody.Assistance, act);
            Assert.Equal(what is AuditedAct.SentProvisionalPassword or AuditedAct.CorrectedEmail ? AssistanceOutcome.NoAccount : AssistanceOutcome.NothingToDo, outcome);
        }

        Assert.Null(nobody.Stored);
        Assert.Equal(7, (await cluster.Audit.About(nobody.Key, 10)).Count);
    }

    // ---- each act ----

    [Fact]
    public async Task Unlocking_gives_the_attempts_before_a_lock_and_forgets_none_of_the_locks()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Declare();
        await TryWrong(fritz, ticket, 2);
        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.UnlockVerification(act));
        await TryWrong(fritz, ticket, 1);

        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.UnlockVerification(act));

        Assert.Null((await fritz.Registration.Progress(ticket))!.Lock);
        await TryWrong(fritz, ticket, 3);
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
            await TryWrong(fritz, ticket, 3);
            cluster.Clock.Advance(wait);
        }

        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.UnlockVerification(act));

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

        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.UnlockSignIn(act));

        Assert.Empty(await fritz.ReceiveLetters());
        await fritz.GuessWrong();
        Assert.Equal(cluster.Now.AddMinutes(30), fritz.Stored!.Credentials.Lockout.Until);
        await fritz.Assistance.UnlockSignIn(act);
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

        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.UnlockSignIn(act));

        Assert.Equal(1, fritz.Stored!.Credentials.Lockout.Locks);
    }

    [Fact]
    public async Task A_provisional_password_is_sent_to_the_address_that_is_kept_and_voids_the_one_before()
    {
        var fritz = cluster.NewAdherent();
        var first = await fritz.ReceiveProvisionalPassword();
        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.SendProvisionalPassword(act)); // it has only just left
        cluster.Clock.Advance(AssistanceActs.JustSent);

        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.SendProvisionalPassword(act));

        var letter = Assert.Single(await fritz.ReceiveLetters());
        Assert.Equal((LetterKind.ProvisionalPassword, Samples.Email), (letter.Kind, letter.To));
        Assert.Equal(new SignInOutcome.Refused(), await fritz.Credentials.SignIn(new(first), Samples.Origin));
        await fritz.SignIn(letter.Secret!);
    }

    [Fact]
    public async Task Who_has_a_password_of_his_own_keeps_it_until_the_new_one_is_used()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        await fritz.ReceiveLetters();
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.SendProvisionalPassword(act));

        var letter = Assert.Single(await fritz.ReceiveLetters());
        Assert.Equal((LetterKind.NewProvisionalPassword, Samples.Email), (letter.Kind, letter.To));
        Assert.NotNull(await fritz.Space.Home(session));
        await fritz.SignIn(TestAdherent.OwnPassword);
        Assert.Equal(FirstConnectionStep.Password, (await fritz.SignIn(letter.Secret!)).Due);
    }

    [Fact]
    public async Task The_limit_of_an_hour_stops_no_agent_but_five_a_day_do()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        for (var i = 0; i < 4; i++)
            await fritz.Credentials.Recover(Samples.Email);
        await fritz.ReceiveLetters();

        for (var left = 5; left > 0; left--)
        {
            cluster.Clock.Advance(AssistanceActs.JustSent);
            Assert.Equal(left, (await Look(fritz)).PasswordsLeft);
            Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.SendProvisionalPassword(act));
            await fritz.ReceiveLetters();
        }
        cluster.Clock.Advance(AssistanceActs.JustSent);
        Assert.Equal(AssistanceOutcome.TooMany, await fritz.Assistance.SendProvisionalPassword(act));
        Assert.Empty(await fritz.ReceiveLetters());
        cluster.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.SendProvisionalPassword(act));
    }

    [Fact]
    public async Task A_mail_that_waits_for_another_try_does_not_stop_an_agent_from_sending_one_now()
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.SignUp();
        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.SendProvisionalPassword(act));
        await fritz.Dispatches.Take(dispatch);
        await fritz.Dispatches.Fail(dispatch, new(Permanent: false, "The relay did not accept the letter: 451 4.7.1 greylisted"));

        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.SendProvisionalPassword(act));

        Assert.Single(await fritz.ReceiveLetters());
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await fritz.Dispatches.Take(dispatch));
        Assert.Equal([null, LetterTrouble.Replaced], (await Look(fritz)).Letters.Select(l => l.Trouble));
    }

    [Fact]
    public async Task A_mistyped_address_of_a_sign_up_is_replaced_and_the_password_goes_to_the_new_one()
    {
        var fritz = cluster.NewAdherent();
        var lost = await fritz.ReceiveProvisionalPassword();

        Assert.Equal(AssistanceOutcome.PhoneNotChecked, await fritz.Assistance.CorrectEmail(act, Samples.OtherEmail, phoneChecked: false));
        Assert.Empty(await fritz.ReceiveLetters());
        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.CorrectEmail(act, Samples.OtherEmail, phoneChecked: true));

        Assert.Equal(new SignInOutcome.Refused(), await fritz.Credentials.SignIn(new(lost), Samples.Origin));
        var letters = await fritz.ReceiveLetters();
        Assert.Equal(
            [(LetterKind.ProvisionalPassword, Samples.OtherEmail), (LetterKind.EmailCorrected, Samples.Email)],
            letters.Select(l => (l.Kind, l.To)));
        Assert.Null(letters[1].Secret);
        await fritz.SignIn(letters[0].Secret!);
        Assert.Equal((Samples.OtherEmail, cluster.Now), (fritz.Stored!.Contact.Email, fritz.Stored.Contact.EmailVerifiedAt));
        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.CorrectEmail(act, EmailAddress.Parse(Samples.OtherEmail.Value.ToUpperInvariant()), phoneChecked: true));
    }

    [Fact]
    public async Task A_letter_on_its_way_to_the_mistyped_address_brings_no_way_in_any_more()
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.SignUp();
        var taken = (await fritz.Dispatches.Take(dispatch))!;

        await fritz.Assistance.CorrectEmail(act, Samples.OtherEmail, phoneChecked: true);
        await fritz.Dispatches.Confirm(dispatch);

        Assert.Equal(new SignInOutcome.Refused(), await fritz.Credentials.SignIn(new(taken.Secret!), Samples.Origin));
        await fritz.SignIn((await fritz.ReceiveLetters())[0].Secret!);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_address_at_which_a_letter_was_read_gives_way_only_to_one_that_is_proved(bool personal)
    {
        var fritz = cluster.NewAdherent();
        if (personal)
            await fritz.Connect();
        else
            await fritz.SignIn(await fritz.ReceiveProvisionalPassword());
        await fritz.ReceiveLetters();
        cluster.Clock.Advance(AssistanceActs.JustSent);
        var (obliged, _) = await fritz.SignIn(personal ? await fritz.Recover() : await Sent(fritz));

        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.CorrectEmail(act, Samples.OtherEmail, phoneChecked: true));

        Assert.Equal(Samples.Email, fritz.Stored!.Contact.Email);
        var letters = await fritz.ReceiveLetters();
        Assert.Equal(
            [(LetterKind.EmailChangeLink, Samples.OtherEmail), (LetterKind.EmailCorrectionRequested, Samples.Email)],
            letters.Select(l => (l.Kind, l.To)));
        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.CorrectEmail(act, Samples.OtherEmail, phoneChecked: true));
        Assert.True(EmailLink.TryParse(letters[0].Secret, out _, out var secret));
        Assert.Equal(EmailProof.Changed, await fritz.Contact.ProveEmail(secret));
        Assert.Equal((LetterKind.EmailChanged, Samples.Email), Assert.Single((await fritz.ReceiveLetters()).Select(l => (l.Kind, l.To))));
        Assert.Null(await fritz.Sessions.Check(obliged)); // whoever read the old mailbox is out
        // The way back for somebody who has lost both: the new address is proved, and then gets a password.
        cluster.Clock.Advance(AssistanceActs.JustSent);
        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.SendProvisionalPassword(act));
        Assert.Equal(Samples.OtherEmail, Assert.Single(await fritz.ReceiveLetters()).To);
    }

    [Fact]
    public async Task A_department_is_cancelled_unless_its_owner_was_faster()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var letter = await fritz.RequestDepartment(session);
        await fritz.RequestDepartment(session, "33");
        await fritz.Enrolments.Cancel(session, "33");

        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.CancelDepartment(act, "01"));
        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.CancelDepartment(act, "33"));
        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.CancelDepartment(act, "nowhere <b> Done"));
        Assert.Equal(["NothingToDo", "33 NothingToDo", "01 Done"], (await cluster.Audit.About(fritz.Key, 10)).Select(e => e.Detail));

        cluster.Clock.Advance(cluster.Policy.CodeDelay);
        Assert.Null(await fritz.Dispatches.Take(letter));
        Assert.All(fritz.Stored!.Enrolments.Requests, r => Assert.Equal(EnrolmentEnding.Cancelled, r.Ending));
        Assert.Equal(
            [("01", EnrolmentRequestStatus.Cancelled), ("33", EnrolmentRequestStatus.Cancelled)],
            (await Look(fritz)).Timeline.Where(e => e.Kind == TimelineKind.DepartmentRequestEnded).Select(e => (e.Department!, e.Status!.Value)).Order());
    }

    [Fact]
    public async Task A_code_that_is_hastened_leaves_now_and_once()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        await fritz.ReceiveLetters();
        var letter = await fritz.RequestDepartment(session);
        Assert.Null(await fritz.Dispatches.Take(letter));

        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.HastenDepartment(act, "01"));

        Assert.Equal((letter, null), Assert.Single(cluster.Queue.TakeJobs(fritz.Key)));
        Assert.Equal(cluster.Now, Assert.Single((await Look(fritz)).Enrolments.Requests).CodeDueAt);
        var code = await fritz.TakeCode(letter);
        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.HastenDepartment(act, "01")); // a worker has it
        await fritz.Dispatches.Confirm(letter);
        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.HastenDepartment(act, "01"));
        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.HastenDepartment(act, "67"));
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

        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.CloseSessions(act));

        Assert.Null(await fritz.Sessions.Check(session));
        Assert.Null(await fritz.Sessions.Check(other));
        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.CloseSessions(act));
        await fritz.SignIn(TestAdherent.OwnPassword);
    }

    [Fact]
    public async Task Notes_are_plain_text_newest_first_and_fifty_at_most()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        const string html = "<script>alert(1)</script> & \"c'est tout\"";

        Assert.Equal(AssistanceOutcome.TextMissing, await fritz.Assistance.AddNote(act, " \r\n "));
        Assert.Equal(AssistanceOutcome.TextTooLong, await fritz.Assistance.AddNote(act, new('x', 1001)));
        Assert.Empty(fritz.Stored!.Assistance.Notes);
        for (var i = 0; i < 50; i++)
            Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.AddNote(act, $"{i}"));
        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.AddNote(act, $"  {html}\r\nligne\ud800 "));

        var notes = (await Look(fritz)).Notes;
        Assert.Equal(new(cluster.Now, "c.roth", $"{html}\nligne\ufffd"), notes[0]);
        Assert.Equal((50, "49", "1"), (notes.Count, notes[1].Text, notes[^1].Text));
        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.AddNote(act, new('x', 1000)));
    }

    [Fact]
    public async Task Notes_about_somebody_without_an_account_are_kept_a_month()
    {
        var nobody = cluster.NewAdherent();
        Assert.Equal(AssistanceOutcome.Done, await nobody.Assistance.AddNote(act, "Attend sa carte Vitale."));
        Assert.Equal(cluster.Now.AddDays(30), nobody.Stored!.DueAt);

        cluster.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromTicks(1));
        await nobody.Dispatches.Sweep(queueLost: false);
        Assert.Single((await Look(nobody)).Notes);
        cluster.Clock.Advance(TimeSpan.FromTicks(1));
        await nobody.Dispatches.Sweep(queueLost: false);

        Assert.Null(nobody.Stored);
    }

    [Fact]
    public async Task A_note_made_before_the_sign_up_is_there_after_it_and_goes_with_the_account()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Assistance.AddNote(act, "Attend sa carte Vitale.");
        var session = await fritz.Connect();
        Assert.Single((await Look(fritz)).Notes);
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        await fritz.Assistance.SendProvisionalPassword(act);

        await fritz.Account.Close(session, own);

        Assert.Empty(fritz.Stored!.Assistance.Notes);
        Assert.Equal([cluster.Now], fritz.Stored.Assistance.PasswordsSent); // or closing would make room for five more
        Assert.DoesNotContain("Vitale", JsonSerializer.Serialize(await Look(fritz)), StringComparison.Ordinal);
    }

    // ---- what he sees of it ----

    [Fact]
    public async Task He_sees_when_and_why_his_file_was_looked_at_and_not_by_whom()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        Assert.Empty((await fritz.Account.AssistanceRecord(session))!);
        var looked = cluster.Now;
        await Look(fritz);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await fritz.Assistance.Reveal(act, HiddenValue.Email);
        await fritz.Assistance.CancelDepartment(act, "01");

        var traces = (await fritz.Account.AssistanceRecord(session))!;

        Assert.Equal(
            [
                new AssistanceTrace(cluster.Now, AuditedAct.CancelledDepartmentCode, "01", Done: false, act.Reason),
                new(cluster.Now, AuditedAct.Revealed, "Email", Done: true, act.Reason),
                new(looked, AuditedAct.Looked, null, Done: true, act.Reason),
            ],
            traces);
        Assert.Null(await fritz.Account.AssistanceRecord(SessionToken.New()));
    }

    [Fact]
    public async Task His_data_hold_the_notes_and_the_looks_without_the_agent_s_name()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        cluster.Clock.Advance(AssistanceActs.JustSent);
        await fritz.Assistance.AddNote(act, "Rappeler jeudi.");
        await fritz.Assistance.SendProvisionalPassword(act);

        var data = Assert.IsType<ExportOutcome.Exported>(await fritz.Account.Export(session, own)).Data;

        Assert.Equal([new NoteRecord(cluster.Now, "Rappeler jeudi.")], data.Notes);
        Assert.Equal([AuditedAct.SentProvisionalPassword, AuditedAct.AddedNote], data.Assistance.Select(t => t.What));
        Assert.Equal([cluster.Now], data.PasswordsSentByAgents);
        Assert.DoesNotContain(act.Agent, JsonSerializer.Serialize(data), StringComparison.Ordinal);
    }

    private static async Task<AdherentFile> Look(TestAdherent adherent) => Assert.IsType<AdherentFile>(await adherent.Assistance.Look(act));

    private static async Task<AdherentFile> Stands(TestAdherent adherent, Standing standing)
    {
        var file = await Look(adherent);
        Assert.Equal(standing, file.Standing);
        return file;
    }

    /// <summary>An agent sends a provisional password.</summary>
    private static async Task<string> Sent(TestAdherent adherent)
    {
        await adherent.Assistance.SendProvisionalPassword(act);
        return Assert.Single(await adherent.ReceiveLetters()).Secret!;
    }

    private static async Task TryWrong(TestAdherent adherent, SignUpTicket ticket, int times)
    {
        for (var i = 0; i < times; i++)
            await adherent.Identity.Prove(ticket, TestAdherent.WrongCard);
    }

    /// <summary>Somebody for whom this can be done, and no letter on its way but that of a department.</summary>
    private async Task<TestAdherent> Where(AuditedAct what)
    {
        var fritz = cluster.NewAdherent();
        if (what is AuditedAct.UnlockedVerification)
        {
            await TryWrong(fritz, await fritz.Declare(), 3);
            return fritz;
        }
        await fritz.RequestDepartment(await fritz.Connect());
        await fritz.GuessWrong();
        cluster.Queue.TakeJobs(fritz.Key);
        cluster.Clock.Advance(AssistanceActs.JustSent);
        return fritz;
    }

    private static string Json(TestAdherent adherent) => JsonSerializer.Serialize(adherent.Stored!, AdherentStateJson.Default.AdherentState);
}
