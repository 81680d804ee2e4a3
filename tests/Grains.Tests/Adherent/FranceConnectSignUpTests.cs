using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Interfaces.Identity;
using MsaOrleans.Grains.Interfaces.Registration;
using static MsaOrleans.Grains.Tests.Adherent.FranceConnectVisits;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>Who signs up by FranceConnect, and what is left for him to prove.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class FranceConnectSignUpTests(AdherentCluster cluster)
{
    [Fact]
    public async Task He_signs_up_with_his_contact_details_and_the_terms_alone_and_comes_in_the_same_way()
    {
        var fritz = cluster.NewAdherent();
        var ticket = SignUpTicket.New();
        Assert.Equal(new FranceConnectSignInOutcome.NoAccount(), await fritz.FranceConnect.SignIn(User, Samples.Origin));
        Assert.True(await fritz.FranceConnect.BeginSignUp(ticket, User));
        Assert.True(await fritz.FranceConnect.BeginSignUp(ticket, User)); // asked again by the wire

        var known = new KnownPerson("LAMY", "FRITZ", Samples.Fritz.BirthDate, Samples.OtherEmail);
        Assert.Equal(new(fritz.Nir, null, null, Proved: true, Completed: false, Lock: null, known), await fritz.Registration.Progress(ticket));
        Assert.Equal(CompletionOutcome.NotProved, await fritz.Registration.Complete(ticket, "2026-01")); // the details first
        Assert.Equal(DeclareOutcome.Accepted, await fritz.Registration.Declare(ticket, new(known.FamilyName, known.GivenNames, known.BirthDate, Samples.Email, null)));
        Assert.True((await fritz.Registration.Progress(ticket))!.Proved);
        Assert.Equal(new VerificationAttempt(cluster.Now, ProofKind.FranceConnect, Matched: true), Assert.Single(fritz.Stored!.Verification.Attempts));
        Assert.Equal(CompletionOutcome.Completed, await fritz.Registration.Complete(ticket, "2026-01"));

        Assert.Equal(FirstConnectionStep.ContactDetails, (await SignIn(fritz)).Due);
        Assert.Equal([LetterKind.ProvisionalPassword], (await fritz.ReceiveLetters()).Select(l => l.Kind)); // it is no news that he is linked
        Assert.False(await fritz.FranceConnect.BeginSignUp(SignUpTicket.New(), User));
    }

    [Fact]
    public async Task Who_declares_somebody_else_has_that_to_prove_anew_and_nobody_is_linked()
    {
        var fritz = cluster.NewAdherent();
        var ticket = SignUpTicket.New();
        await fritz.FranceConnect.BeginSignUp(ticket, User);
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
        Assert.True(await fritz.FranceConnect.BeginSignUp(ticket, User with { Identity = User.Identity with { BirthDate = presumed } }));
        Assert.Equal(DeclareOutcome.Accepted, await fritz.Registration.Declare(ticket, Samples.FritzDeclares with { BirthDate = new(1963, 1, 1) }));
        Assert.Equal(DeclareOutcome.BirthDateContradictsNir, await fritz.Registration.Declare(ticket, Samples.FritzDeclares with { BirthDate = new(1963, 1, 2) }));
    }

    [Fact]
    public async Task No_sign_up_begins_for_a_stranger_nor_without_a_number_nor_for_somebody_unknown()
    {
        var (fritz, nobody) = (cluster.NewAdherent(), cluster.NewAdherent(known: false));
        Assert.False(await fritz.FranceConnect.BeginSignUp(SignUpTicket.New(), Stranger));
        Assert.False(await nobody.FranceConnect.BeginSignUp(SignUpTicket.New(), User));
        cluster.Registry.Know(fritz.Key, Samples.Fritz, DateOnly.FromDateTime(cluster.Now.UtcDateTime)); // imported before numbers were kept
        Assert.False(await fritz.FranceConnect.BeginSignUp(SignUpTicket.New(), User));
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

        Assert.True(await fritz.FranceConnect.BeginSignUp(SignUpTicket.New(), User));
        Assert.Equal(locked, fritz.Stored!.Verification.Lockout);
        Assert.False((await fritz.Registration.Progress(guessing))!.Proved);
    }

    [Fact]
    public async Task An_account_that_he_never_opened_is_erased_with_its_link()
    {
        var fritz = cluster.NewAdherent();
        var ticket = SignUpTicket.New();
        await fritz.FranceConnect.BeginSignUp(ticket, User);
        await fritz.Registration.Declare(ticket, Samples.FritzDeclares);
        await fritz.Registration.Complete(ticket, "2026-01");
        await fritz.ReceiveLetters();

        Assert.Null(fritz.Stored!.TidiedAt(fritz.Stored!.Registration.Completed!.EraseUnopenedAt!.Value).FranceConnect.Subject);
    }
}
