using System.Text.Json;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Interfaces.Identity;
using MsaOrleans.Grains.Interfaces.Registration;
using MsaOrleans.Grains.Interfaces.Sessions;
using MsaOrleans.Grains.Storage;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>FranceConnect, both ways, and who might like to go that way in another's place.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class FranceConnectTests(AdherentCluster cluster)
{
    private const string Subject = "4f0cv1";
    private static readonly Password own = new(TestAdherent.OwnPassword);
    private static readonly Password wrong = new("Mauvais-Mot-1");
    private static readonly FranceConnectUser user = new(Subject, Samples.FritzPivot);
    private static readonly FranceConnectUser stranger = new("another", Samples.FritzPivot with { FamilyName = "MULLER" });

    // The MSA vouches for him.

    [Fact]
    public async Task He_is_vouched_for_by_a_name_that_stays_and_no_session_begins()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();

        var vouched = Assert.IsType<VouchOutcome.Vouched>(await Vouch(fritz, own));
        Assert.NotEqual(fritz.Key, vouched.Subject);
        Assert.Equal(vouched, await Vouch(fritz, own));
        await fritz.Deactivate();
        Assert.Equal(vouched, await Vouch(fritz, own));

        Assert.Equal(Samples.FritzPivot with { Email = Samples.Email }, await fritz.FranceConnect.VouchedIdentity(vouched.Subject));
        Assert.Null(await fritz.FranceConnect.VouchedIdentity(Guid.NewGuid()));
        Assert.Single(fritz.Stored!.Sessions.Open);
        var overview = await fritz.Sessions.Overview(session);
        Assert.Equal([SignInMeans.ForFranceConnect, SignInMeans.ForFranceConnect, SignInMeans.ForFranceConnect, SignInMeans.ProvisionalPassword], overview!.SignIns.Select(s => s.Means));
        Assert.Null((await fritz.Space.Home(session))!.PreviousSignIn); // he has signed in here but once
    }

    [Fact]
    public async Task Nobody_is_the_empty_name()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        Assert.Null(await fritz.FranceConnect.VouchedIdentity(Guid.Empty));
        Assert.Null(await cluster.NewAdherent().FranceConnect.VouchedIdentity(Guid.Empty));
    }

    [Fact]
    public async Task A_provisional_password_is_told_from_a_wrong_one_and_opens_and_changes_nothing()
    {
        var fritz = cluster.NewAdherent();
        var provisional = new Password(await fritz.ReceiveProvisionalPassword());
        Assert.Equal(new VouchOutcome.Refused(), await Vouch(fritz, wrong));
        var before = RowOf(fritz);

        Assert.Equal(
            new VouchOutcome.NotYet(VouchRequirements.PersonalPassword | VouchRequirements.VerifiedEmail | VouchRequirements.FirstConnection),
            await Vouch(fritz, provisional));
        Assert.Equal(before, RowOf(fritz));
        await fritz.SignIn(provisional.Value);
    }

    [Fact]
    public async Task Neither_a_new_provisional_password_nor_a_code_does_though_he_has_all_that_is_needed()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        var provisional = await fritz.Recover();
        var before = RowOf(fritz);

        foreach (var shown in (string[])[provisional, code.Value])
            Assert.Equal(new VouchOutcome.NotYet(VouchRequirements.PersonalPassword), await Vouch(fritz, new(shown)));
        Assert.Equal(before, RowOf(fritz));
        Assert.IsType<VouchOutcome.Vouched>(await Vouch(fritz, own));
    }

    [Fact]
    public async Task What_is_missing_is_said_and_whoever_is_not_vouched_for_is_not_in_the_history()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Personalise();
        Assert.Equal(new VouchOutcome.NotYet(VouchRequirements.FirstConnection), await Vouch(fritz, own));
        await fritz.Contact.Confirm(session, (await fritz.Contact.Read(session))!);

        await Vouch(fritz, wrong);
        cluster.Registry.Forget(fritz.Key);
        Assert.Equal(new VouchOutcome.NotYet(VouchRequirements.CertifiedNumber), await Vouch(fritz, own));
        Assert.Equal(0, fritz.Stored!.Credentials.Lockout.Failures); // the password was right
        Assert.Single(fritz.Stored!.Credentials.SignIns);
        Assert.Null(fritz.Stored!.FranceConnect.VouchedAs);

        cluster.Registry.Know(fritz.Key, Samples.Fritz with { BirthPlaceCode = null }, DateOnly.FromDateTime(cluster.Now.UtcDateTime)); // FranceConnect would refuse him
        Assert.Equal(new VouchOutcome.NotYet(VouchRequirements.CertifiedNumber), await Vouch(fritz, own));
    }

    [Fact]
    public async Task A_registry_that_does_not_answer_is_a_broken_machine_and_counts_no_failure()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        var vouched = Assert.IsType<VouchOutcome.Vouched>(await Vouch(fritz, own));
        var before = RowOf(fritz);
        cluster.Registry.Break(fritz.Key);

        await Assert.ThrowsAnyAsync<Exception>(() => Vouch(fritz, own));
        await Assert.ThrowsAnyAsync<Exception>(() => fritz.FranceConnect.VouchedIdentity(vouched.Subject));
        Assert.Equal(before, RowOf(fritz));
        Assert.Equal(new VouchOutcome.Refused(), await Vouch(fritz, wrong)); // which needs no registry
    }

    [Fact]
    public async Task Whom_the_caisses_know_no_more_is_vouched_for_no_more()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        var vouched = Assert.IsType<VouchOutcome.Vouched>(await Vouch(fritz, own));
        cluster.Registry.Forget(fritz.Key);
        Assert.Null(await fritz.FranceConnect.VouchedIdentity(vouched.Subject));
    }

    [Fact]
    public async Task A_thousand_guesses_lock_exactly_as_at_the_sign_in_and_cost_the_same_whoever_it_is_about()
    {
        var (here, there, nobody) = (cluster.NewAdherent(), cluster.NewAdherent(), cluster.NewAdherent(known: false));
        await here.Connect();
        await there.Connect();
        await here.ReceiveLetters();
        await there.ReceiveLetters();
        var next = 0;
        for (var i = 0; i < 1000; i++)
        {
            // Words, what may be a provisional password, and what may be a code.
            var guess = (i % 3) switch { 0 => $"Mauvais-Mot-{next++}", 1 => PasswordGenerator.New().Value, _ => ConfidentialCode.New().Value };
            var costs = new List<int>();
            foreach (var (adherent, vouch) in new[] { (here, true), (there, false), (nobody, true) })
            {
                var before = cluster.Hasher.HashesOf(guess);
                var refused = vouch ? await Vouch(adherent, new(guess)) is VouchOutcome.Refused : await adherent.Credentials.SignIn(new(guess), Samples.Origin) is SignInOutcome.Refused;
                Assert.True(refused);
                costs.Add(cluster.Hasher.HashesOf(guess) - before);
            }
            Assert.Single(costs.Distinct());
            Assert.Equal(there.Stored!.Credentials.Lockout, here.Stored!.Credentials.Lockout);
            Assert.Equal(there.Stored!.Credentials.Lockout, nobody.Stored!.Credentials.Lockout);
        }
        Assert.True(here.Stored!.Credentials.Lockout.HoldsAt(cluster.Now));
        Assert.Equal(new VouchOutcome.Refused(), await Vouch(here, own)); // not even looked at
        Assert.Equal([LetterKind.SignInLocked], (await here.ReceiveLetters()).Select(l => l.Kind));
    }

    [Fact]
    public async Task Guesses_here_and_at_the_sign_in_are_counted_together_and_a_right_password_forgets_them()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        await fritz.GuessWrong(4);
        Assert.IsType<VouchOutcome.Vouched>(await Vouch(fritz, own));
        Assert.Equal(0, fritz.Stored!.Credentials.Lockout.Failures);
        Assert.Equal(new VouchOutcome.Refused(), await Vouch(fritz, wrong)); // a wrong guess after a right one
        Assert.Equal(1, fritz.Stored!.Credentials.Lockout.Failures);
        await fritz.GuessWrong(4);
        Assert.Equal(new VouchOutcome.Refused(), await Vouch(fritz, own));
    }

    // He comes by FranceConnect.

    [Fact]
    public async Task The_first_time_the_caisses_tell_that_it_is_he_and_he_is_told_by_mail_the_next_time_the_subject_does()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        await fritz.ReceiveLetters();

        var first = await SignIn(fritz);
        Assert.Equal(FirstConnectionStep.None, first.Due);
        Assert.NotNull(await fritz.Space.Home(first.Session));
        Assert.Equal([(LetterKind.FranceConnectLinked, Samples.Email)], (await fritz.ReceiveLetters()).Select(l => (l.Kind, l.To)));
        var linked = cluster.Now;

        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await SignIn(fritz);
        Assert.Empty(await fritz.ReceiveLetters());
        Assert.Equal(linked, await fritz.FranceConnect.LinkedSince(second.Session));
        Assert.Equal((linked, Subject), (fritz.Stored!.FranceConnect.LinkedAt, fritz.Stored!.FranceConnect.Subject));
        Assert.Equal([SignInMeans.FranceConnect, SignInMeans.FranceConnect], (await fritz.Sessions.Overview(second.Session))!.SignIns.Take(2).Select(s => s.Means));
    }

    [Fact]
    public async Task Somebody_else_does_not_get_in_and_leaves_no_trace()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        var before = RowOf(fritz);

        Assert.Equal(new FranceConnectSignInOutcome.NotMatched(), await fritz.FranceConnect.SignIn(stranger, Samples.Origin));
        Assert.Equal(before, RowOf(fritz));
    }

    [Fact]
    public async Task The_subject_of_another_gets_nobody_in_where_the_civil_status_is_not_his()
    {
        var (fritz, jean) = (cluster.NewAdherent(), cluster.NewAdherent());
        await fritz.Connect();
        await jean.Connect();
        cluster.Registry.Know(jean.Key, Samples.Fritz with { GivenNames = ["JEAN"] }, DateOnly.FromDateTime(cluster.Now.UtcDateTime));
        await SignIn(fritz);

        Assert.Equal(new FranceConnectSignInOutcome.NotMatched(), await jean.FranceConnect.SignIn(user, Samples.Origin));
        Assert.Null(jean.Stored!.FranceConnect.Subject);
    }

    [Fact]
    public async Task A_subject_that_is_linked_and_tells_another_civil_status_is_refused()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        await SignIn(fritz);
        var before = RowOf(fritz);

        Assert.Equal(new FranceConnectSignInOutcome.NotMatched(), await fritz.FranceConnect.SignIn(stranger with { Subject = Subject }, Samples.Origin));
        Assert.Equal(before, RowOf(fritz));
        await SignIn(fritz, user with { Identity = user.Identity with { PreferredUsername = "MULLER", Email = null } }); // which is no part of it
    }

    [Fact]
    public async Task Another_subject_of_the_same_civil_status_takes_the_place_of_the_first_and_he_is_told()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        await SignIn(fritz);
        await fritz.ReceiveLetters();

        await SignIn(fritz, user with { Subject = "renewed" });
        Assert.Equal("renewed", fritz.Stored!.FranceConnect.Subject);
        Assert.Equal([LetterKind.FranceConnectLinked], (await fritz.ReceiveLetters()).Select(l => l.Kind));
    }

    [Fact]
    public async Task Whom_the_caisses_do_not_know_FranceConnect_does_not_let_in_though_he_was_linked()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        await SignIn(fritz);
        cluster.Registry.Forget(fritz.Key);
        Assert.Equal(new FranceConnectSignInOutcome.NotMatched(), await fritz.FranceConnect.SignIn(user, Samples.Origin));
        Assert.Equal(new FranceConnectSignInOutcome.NotMatched(), await cluster.NewAdherent(known: false).FranceConnect.SignIn(user, Samples.Origin));
    }

    [Fact]
    public async Task A_registry_that_does_not_answer_closes_the_door_to_those_alone_whom_only_it_can_tell()
    {
        var (linked, fritz) = (cluster.NewAdherent(), cluster.NewAdherent());
        await linked.Connect();
        await SignIn(linked);
        await fritz.Connect();
        cluster.Registry.Break(linked.Key);
        cluster.Registry.Break(fritz.Key);

        await SignIn(linked);
        await Assert.ThrowsAnyAsync<Exception>(() => fritz.FranceConnect.SignIn(user, Samples.Origin));
    }

    [Fact]
    public async Task Wrong_passwords_do_not_close_it_nor_does_it_forget_them()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        await fritz.GuessWrong();
        var locked = fritz.Stored!.Credentials.Lockout;

        await SignIn(fritz);
        Assert.Equal(locked, fritz.Stored!.Credentials.Lockout);
        Assert.Equal(new SignInOutcome.Refused(), await fritz.Credentials.SignIn(own, Samples.Origin));
    }

    [Fact]
    public async Task A_closed_account_is_closed_to_it_and_nothing_of_it_is_kept()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        var vouched = Assert.IsType<VouchOutcome.Vouched>(await Vouch(fritz, own));
        var session = (await SignIn(fritz)).Session;
        Assert.Equal(CloseOutcome.Closed, await fritz.Account.Close(session, own));

        Assert.Equal(new(), fritz.Stored!.FranceConnect);
        Assert.Null(await fritz.FranceConnect.VouchedIdentity(vouched.Subject));
        Assert.Equal(new VouchOutcome.Refused(), await Vouch(fritz, own));
        Assert.Equal(new FranceConnectSignInOutcome.NoAccount(), await fritz.FranceConnect.SignIn(user, Samples.Origin));
        Assert.Null(await fritz.FranceConnect.LinkedSince(session));
    }

    [Fact]
    public async Task It_opens_an_account_that_nobody_had_opened_and_asks_for_no_password()
    {
        var fritz = cluster.NewAdherent();
        await fritz.ReceiveProvisionalPassword();
        cluster.Clock.Advance(cluster.Policy.ProvisionalLifetime);

        var signedIn = await SignIn(fritz);
        Assert.Equal(FirstConnectionStep.ContactDetails, signedIn.Due);
        Assert.Null(fritz.Stored!.Registration.Completed!.EraseUnopenedAt);
        Assert.Equal(BeginOutcome.AccountExists, await fritz.Registration.Begin(SignUpTicket.New(), fritz.Nir));
        Assert.Equal(ContactConfirmation.Confirmed, await fritz.Contact.Confirm(signedIn.Session, (await fritz.Contact.Read(signedIn.Session))!));
        Assert.NotNull(await fritz.Space.Home(signedIn.Session));
        Assert.Equal(UnlinkOutcome.NoPassword, await fritz.FranceConnect.Unlink(signedIn.Session));
    }

    [Fact]
    public async Task He_may_undo_the_link_once_he_has_a_password()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        await SignIn(fritz);
        var vouched = Assert.IsType<VouchOutcome.Vouched>(await Vouch(fritz, own));

        Assert.Equal(UnlinkOutcome.NotOpen, await fritz.FranceConnect.Unlink(SessionToken.New()));
        Assert.NotNull(await fritz.FranceConnect.LinkedSince(session));
        Assert.Equal(UnlinkOutcome.Unlinked, await fritz.FranceConnect.Unlink(session));
        Assert.Equal(UnlinkOutcome.Unlinked, await fritz.FranceConnect.Unlink(session));
        Assert.Null(await fritz.FranceConnect.LinkedSince(session));
        Assert.Equal(new() { VouchedAs = vouched.Subject }, fritz.Stored!.FranceConnect);
    }

    // He signs up by FranceConnect.

    [Fact]
    public async Task He_signs_up_with_his_contact_details_and_the_terms_alone_and_comes_in_the_same_way()
    {
        var fritz = cluster.NewAdherent();
        var ticket = SignUpTicket.New();
        Assert.Equal(new FranceConnectSignInOutcome.NoAccount(), await fritz.FranceConnect.SignIn(user, Samples.Origin));
        Assert.True(await fritz.FranceConnect.BeginSignUp(ticket, user));
        Assert.True(await fritz.FranceConnect.BeginSignUp(ticket, user)); // asked again by the wire

        var known = new KnownPerson("LAMY", "FRITZ", Samples.Fritz.BirthDate, Samples.OtherEmail);
        Assert.Equal(new(fritz.Nir, null, null, Proved: true, Completed: false, Lock: null, known), await fritz.Registration.Progress(ticket));
        Assert.Equal(CompletionOutcome.NotProved, await fritz.Registration.Complete(ticket, "2026-01")); // the details first
        Assert.Equal(DeclareOutcome.Accepted, await fritz.Registration.Declare(ticket, new(known.FamilyName, known.GivenNames, known.BirthDate, Samples.Email, null)));
        Assert.True((await fritz.Registration.Progress(ticket))!.Proved);
        Assert.Equal(new VerificationAttempt(cluster.Now, ProofKind.FranceConnect, Matched: true), Assert.Single(fritz.Stored!.Verification.Attempts));
        Assert.Equal(CompletionOutcome.Completed, await fritz.Registration.Complete(ticket, "2026-01"));

        Assert.Equal(FirstConnectionStep.ContactDetails, (await SignIn(fritz)).Due);
        Assert.Equal([LetterKind.ProvisionalPassword], (await fritz.ReceiveLetters()).Select(l => l.Kind)); // it is no news that he is linked
        Assert.False(await fritz.FranceConnect.BeginSignUp(SignUpTicket.New(), user));
    }

    [Fact]
    public async Task Who_declares_somebody_else_has_that_to_prove_anew_and_nobody_is_linked()
    {
        var fritz = cluster.NewAdherent();
        var ticket = SignUpTicket.New();
        await fritz.FranceConnect.BeginSignUp(ticket, user);
        Assert.Equal(DeclareOutcome.Accepted, await fritz.Registration.Declare(ticket, Samples.FritzDeclares with { FamilyName = "Muller" }));

        var progress = await fritz.Registration.Progress(ticket);
        Assert.Equal((false, null), (progress!.Proved, progress.Known));
        Assert.Equal(DeclareOutcome.Accepted, await fritz.Registration.Declare(ticket, Samples.FritzDeclares));
        Assert.False((await fritz.Registration.Progress(ticket))!.Proved);
        Assert.Equal(new VerificationOutcome.Proved(), await fritz.Identity.Prove(ticket, TestAdherent.Card));
        Assert.Equal(CompletionOutcome.Completed, await fritz.Registration.Complete(ticket, "2026-01"));
        Assert.Null(fritz.Stored!.FranceConnect.Subject);
    }

    [Fact]
    public async Task A_birth_date_that_the_caisses_have_is_no_slip_of_the_pen_whatever_the_number_tells()
    {
        var fritz = cluster.NewAdherent();
        Assert.True(CivilDate.TryParse("1963-00-00", out var presumed));
        cluster.Registry.Know(
            fritz.Key, Samples.Fritz with { Nir = fritz.Nir, BirthDate = presumed.FirstDay, PresumedBirthDate = presumed }, DateOnly.FromDateTime(cluster.Now.UtcDateTime));
        var ticket = SignUpTicket.New();
        Assert.True(await fritz.FranceConnect.BeginSignUp(ticket, user with { Identity = user.Identity with { BirthDate = presumed } }));
        Assert.Equal(DeclareOutcome.Accepted, await fritz.Registration.Declare(ticket, Samples.FritzDeclares with { BirthDate = new(1963, 1, 1) }));
        Assert.Equal(DeclareOutcome.BirthDateContradictsNir, await fritz.Registration.Declare(ticket, Samples.FritzDeclares with { BirthDate = new(1963, 1, 2) }));
    }

    [Fact]
    public async Task No_sign_up_begins_for_a_stranger_nor_without_a_number_nor_for_somebody_unknown()
    {
        var (fritz, nobody) = (cluster.NewAdherent(), cluster.NewAdherent(known: false));
        Assert.False(await fritz.FranceConnect.BeginSignUp(SignUpTicket.New(), stranger));
        Assert.False(await nobody.FranceConnect.BeginSignUp(SignUpTicket.New(), user));
        cluster.Registry.Know(fritz.Key, Samples.Fritz, DateOnly.FromDateTime(cluster.Now.UtcDateTime)); // imported before numbers were kept
        Assert.False(await fritz.FranceConnect.BeginSignUp(SignUpTicket.New(), user));
        Assert.Null(fritz.Stored);
        Assert.Null(nobody.Stored);
    }

    [Fact]
    public async Task A_lock_on_proofs_stands_neither_in_the_way_nor_is_it_lifted()
    {
        var fritz = cluster.NewAdherent();
        var guessing = await fritz.Declare();
        while (await fritz.Identity.Prove(guessing, TestAdherent.WrongCard) is not VerificationOutcome.Locked)
        {
        }
        var locked = fritz.Stored!.Verification.Lockout;

        Assert.True(await fritz.FranceConnect.BeginSignUp(SignUpTicket.New(), user));
        Assert.Equal(locked, fritz.Stored!.Verification.Lockout);
        Assert.False((await fritz.Registration.Progress(guessing))!.Proved);
    }

    [Fact]
    public async Task An_account_that_he_never_opened_is_erased_with_its_link()
    {
        var fritz = cluster.NewAdherent();
        var ticket = SignUpTicket.New();
        await fritz.FranceConnect.BeginSignUp(ticket, user);
        await fritz.Registration.Declare(ticket, Samples.FritzDeclares);
        await fritz.Registration.Complete(ticket, "2026-01");
        await fritz.ReceiveLetters();

        Assert.Null(fritz.Stored!.TidiedAt(fritz.Stored!.Registration.Completed!.EraseUnopenedAt!.Value).FranceConnect.Subject);
    }

    // What is seen of it.

    [Fact]
    public async Task His_data_and_his_file_show_it()
    {
        var fritz = cluster.NewAdherent();
        var ticket = SignUpTicket.New();
        await fritz.FranceConnect.BeginSignUp(ticket, user);
        await fritz.Registration.Declare(ticket, Samples.FritzDeclares);
        await fritz.Registration.Complete(ticket, "2026-01");
        var linked = cluster.Now;
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        var signedIn = await SignIn(fritz); // without having waited for the mail

        var act = new AgentAct("c.roth", "Il appelle", "A-1");
        var file = (await fritz.Assistance.Look(act))!;
        Assert.Equal((linked, StandingKind.FirstConnectionUnfinished, FirstConnectionStep.ContactDetails), (file.FranceConnectSince, file.Standing.Kind, file.Standing.FirstConnection));
        Assert.Contains(file.Timeline, e => e is { Kind: TimelineKind.SignedIn, Means: SignInMeans.FranceConnect });
        Assert.Contains(file.Timeline, e => e is { Kind: TimelineKind.FranceConnectLinked });
        Assert.Contains(file.Timeline, e => e is { Kind: TimelineKind.IdentityProved, ByFranceConnect: true });
        Assert.True(Assert.Single(file.Verifications).ByFranceConnect);

        await fritz.Contact.Confirm(signedIn.Session, (await fritz.Contact.Read(signedIn.Session))!);
        Assert.Equal(StandingKind.InSpace, (await fritz.Assistance.Look(act))!.Standing.Kind);

        // His address is not replaced by whoever calls: the account is open.
        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.CorrectEmail(act, Samples.OtherEmail, phoneChecked: true));
        Assert.Equal((Samples.Email, Samples.OtherEmail), (fritz.Stored!.Contact.Email, fritz.Stored!.Contact.PendingEmail!.Address));

        var connected = cluster.NewAdherent();
        var session = await connected.Connect();
        await SignIn(connected);
        var vouched = Assert.IsType<VouchOutcome.Vouched>(await Vouch(connected, own));
        var data = Assert.IsType<ExportOutcome.Exported>(await connected.Account.Export(session, own)).Data;
        Assert.Equal(new(Subject, cluster.Now, vouched.Subject), data.FranceConnect);
        Assert.False(Assert.Single(data.Verifications).ByFranceConnect);
    }

    private static string RowOf(TestAdherent adherent) => JsonSerializer.Serialize(adherent.Stored!, AdherentStateJson.Default.AdherentState);

    private static Task<VouchOutcome> Vouch(TestAdherent adherent, Password password) => adherent.FranceConnect.Vouch(password, Samples.Origin);

    private static async Task<FranceConnectSignInOutcome.SignedIn> SignIn(TestAdherent adherent, FranceConnectUser? told = null) =>
        Assert.IsType<FranceConnectSignInOutcome.SignedIn>(await adherent.FranceConnect.SignIn(told ?? user, Samples.Origin));
}
