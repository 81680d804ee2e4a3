using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Interfaces.Registration;
using MsaOrleans.Grains.Interfaces.Sessions;
using static MsaOrleans.Grains.Tests.Adherent.FranceConnectVisits;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>Who comes in by FranceConnect: the link from its subject to an account, from its beginning to its end, and where it is seen.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class FranceConnectLinkTests(AdherentCluster cluster)
{
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

        Assert.Equal(new FranceConnectSignInOutcome.NotMatched(), await fritz.FranceConnect.SignIn(Stranger, Samples.Origin));
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

        Assert.Equal(new FranceConnectSignInOutcome.NotMatched(), await jean.FranceConnect.SignIn(User, Samples.Origin));
        Assert.Null(jean.Stored!.FranceConnect.Subject);
    }

    [Fact]
    public async Task A_subject_that_is_linked_and_tells_another_civil_status_is_refused()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        await SignIn(fritz);
        var before = RowOf(fritz);

        Assert.Equal(new FranceConnectSignInOutcome.NotMatched(), await fritz.FranceConnect.SignIn(Stranger with { Subject = Subject }, Samples.Origin));
        Assert.Equal(before, RowOf(fritz));
        await SignIn(fritz, User with { Identity = User.Identity with { PreferredUsername = "MULLER", Email = null } }); // which is no part of it
    }

    [Fact]
    public async Task Another_subject_of_the_same_civil_status_takes_the_place_of_the_first_and_he_is_told()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        await SignIn(fritz);
        await fritz.ReceiveLetters();

        await SignIn(fritz, User with { Subject = "renewed" });
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
        Assert.Equal(new FranceConnectSignInOutcome.NotMatched(), await fritz.FranceConnect.SignIn(User, Samples.Origin));
        Assert.Equal(new FranceConnectSignInOutcome.NotMatched(), await cluster.NewAdherent(known: false).FranceConnect.SignIn(User, Samples.Origin));
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
        await Assert.ThrowsAnyAsync<Exception>(() => fritz.FranceConnect.SignIn(User, Samples.Origin));
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
        Assert.Equal(new SignInOutcome.Refused(), await fritz.Credentials.SignIn(Own, Samples.Origin));
    }

    [Fact]
    public async Task A_closed_account_is_closed_to_it_and_nothing_of_it_is_kept()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        var vouched = Assert.IsType<VouchOutcome.Vouched>(await Vouch(fritz, Own));
        var session = (await SignIn(fritz)).Session;
        Assert.Equal(CloseOutcome.Closed, await fritz.Account.Close(session, Own));

        Assert.Equal(new(), fritz.Stored!.FranceConnect);
        Assert.Null(await fritz.FranceConnect.VouchedIdentity(vouched.Subject));
        Assert.Equal(new VouchOutcome.Refused(), await Vouch(fritz, Own));
        Assert.Equal(new FranceConnectSignInOutcome.NoAccount(), await fritz.FranceConnect.SignIn(User, Samples.Origin));
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
        var vouched = Assert.IsType<VouchOutcome.Vouched>(await Vouch(fritz, Own));

        Assert.Equal(UnlinkOutcome.NotOpen, await fritz.FranceConnect.Unlink(SessionToken.New()));
        Assert.NotNull(await fritz.FranceConnect.LinkedSince(session));
        Assert.Equal(UnlinkOutcome.Unlinked, await fritz.FranceConnect.Unlink(session));
        Assert.Equal(UnlinkOutcome.Unlinked, await fritz.FranceConnect.Unlink(session));
        Assert.Null(await fritz.FranceConnect.LinkedSince(session));
        Assert.Equal(new() { VouchedAs = vouched.Subject }, fritz.Stored!.FranceConnect);
    }

    [Fact]
    public async Task His_data_and_his_file_show_it()
    {
        var fritz = cluster.NewAdherent();
        var ticket = SignUpTicket.New();
        await fritz.FranceConnect.BeginSignUp(ticket, User);
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
        var vouched = Assert.IsType<VouchOutcome.Vouched>(await Vouch(connected, Own));
        var data = Assert.IsType<ExportOutcome.Exported>(await connected.Account.Export(session, Own)).Data;
        Assert.Equal(new(Subject, cluster.Now, vouched.Subject), data.FranceConnect);
        Assert.False(Assert.Single(data.Verifications).ByFranceConnect);
    }
}
