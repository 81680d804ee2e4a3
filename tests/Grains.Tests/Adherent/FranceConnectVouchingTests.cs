using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Interfaces.Sessions;
using static MsaOrleans.Grains.Tests.Adherent.FranceConnectVisits;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>Whom the MSA vouches for towards FranceConnect, and who might like to be vouched for in another's place.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class FranceConnectVouchingTests(AdherentCluster cluster)
{
    [Fact]
    public async Task He_is_vouched_for_by_a_name_that_stays_and_no_session_begins()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();

        var vouched = Assert.IsType<VouchOutcome.Vouched>(await Vouch(fritz, Own));
        Assert.NotEqual(fritz.Key, vouched.Subject);
        Assert.Equal(vouched, await Vouch(fritz, Own));
        await fritz.Deactivate();
        Assert.Equal(vouched, await Vouch(fritz, Own));

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
        Assert.Equal(new VouchOutcome.Refused(), await Vouch(fritz, Wrong));
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
        Assert.IsType<VouchOutcome.Vouched>(await Vouch(fritz, Own));
    }

    [Fact]
    public async Task What_is_missing_is_said_and_whoever_is_not_vouched_for_is_not_in_the_history()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Personalise();
        Assert.Equal(new VouchOutcome.NotYet(VouchRequirements.FirstConnection), await Vouch(fritz, Own));
        await fritz.Contact.Confirm(session, (await fritz.Contact.Read(session))!);

        await Vouch(fritz, Wrong);
        cluster.Registry.Forget(fritz.Key);
        Assert.Equal(new VouchOutcome.NotYet(VouchRequirements.CertifiedNumber), await Vouch(fritz, Own));
        Assert.Equal(0, fritz.Stored!.Credentials.Lockout.Failures); // the password was right
        Assert.Single(fritz.Stored!.Credentials.SignIns);
        Assert.Null(fritz.Stored!.FranceConnect.VouchedAs);

        cluster.Registry.Know(fritz.Key, Samples.Fritz with { BirthPlaceCode = null }, DateOnly.FromDateTime(cluster.Now.UtcDateTime)); // FranceConnect would refuse him
        Assert.Equal(new VouchOutcome.NotYet(VouchRequirements.CertifiedNumber), await Vouch(fritz, Own));
    }

    [Fact]
    public async Task A_registry_that_does_not_answer_is_a_broken_machine_and_counts_no_failure()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        var vouched = Assert.IsType<VouchOutcome.Vouched>(await Vouch(fritz, Own));
        var before = RowOf(fritz);
        cluster.Registry.Break(fritz.Key);

        await Assert.ThrowsAnyAsync<Exception>(() => Vouch(fritz, Own));
        await Assert.ThrowsAnyAsync<Exception>(() => fritz.FranceConnect.VouchedIdentity(vouched.Subject));
        Assert.Equal(before, RowOf(fritz));
        Assert.Equal(new VouchOutcome.Refused(), await Vouch(fritz, Wrong)); // which needs no registry
    }

    [Fact]
    public async Task Whom_the_caisses_know_no_more_is_vouched_for_no_more()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        var vouched = Assert.IsType<VouchOutcome.Vouched>(await Vouch(fritz, Own));
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
        Assert.Equal(new VouchOutcome.Refused(), await Vouch(here, Own)); // not even looked at
        Assert.Equal([LetterKind.SignInLocked], (await here.ReceiveLetters()).Select(l => l.Kind));
    }

    [Fact]
    public async Task Guesses_here_and_at_the_sign_in_are_counted_together_and_a_right_password_forgets_them()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Connect();
        await fritz.GuessWrong(4);
        Assert.IsType<VouchOutcome.Vouched>(await Vouch(fritz, Own));
        Assert.Equal(0, fritz.Stored!.Credentials.Lockout.Failures);
        Assert.Equal(new VouchOutcome.Refused(), await Vouch(fritz, Wrong)); // a wrong guess after a right one
        Assert.Equal(1, fritz.Stored!.Credentials.Lockout.Failures);
        await fritz.GuessWrong(4);
        Assert.Equal(new VouchOutcome.Refused(), await Vouch(fritz, Own));
    }
}
