using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Identity;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>What an agent of the hotline sees of an adherent and does for him, and what he leaves on the record.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class StandingTests(AdherentCluster cluster)
{
    private static readonly Password own = new(TestAdherent.OwnPassword);

    [Fact]
    public async Task A_number_nobody_began_with_is_told_from_one_the_caisses_do_not_know()
    {
        var (known, unknown) = (cluster.NewAdherent(), cluster.NewAdherent(known: false));

        var (file, other) = (await known.Look(), await unknown.Look());

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
        await fritz.TryWrong(ticket, 3);
        var locked = cluster.Now;

        var file = await Stands(fritz, new(StandingKind.VerificationLocked, locked, locked.AddHours(1), SignUpStep.Proof));

        Assert.Equal(new(0, 0, 1, new VerificationLock(locked.AddHours(1)), locked), file.VerificationGuard);
        Assert.Equal([new VerificationLock(locked.AddHours(1)), null, null], file.Verifications.Select(v => v.Lock));
        Assert.Equal([AuditedAct.UnlockedVerification], file.Possible);
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        await fritz.TryWrong(ticket, 3);
        cluster.Clock.Advance(TimeSpan.FromDays(1));
        await fritz.TryWrong(ticket, 3);
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
        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.SendProvisionalPassword(Call.Act));
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

    private static async Task<AdherentFile> Stands(TestAdherent adherent, Standing standing)
    {
        var file = await adherent.Look();
        Assert.Equal(standing, file.Standing);
        return file;
    }
}
