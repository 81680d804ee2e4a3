using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Interfaces.Registration;
using MsaOrleans.Grains.Telemetry;
using MsaOrleans.Grains.Tests.Adherent;
using MsaOrleans.Grains.Tests.Adherent.Fakes;
using MsaOrleans.Testing;

namespace MsaOrleans.Grains.Tests.Telemetry;

/// <summary>What is counted. A silo of its own, since others would be counted too.</summary>
public sealed class AdherentMeterTests : IAsyncLifetime
{
    private readonly AdherentCluster cluster = new();
    private Measures measures = null!;

    public async ValueTask InitializeAsync()
    {
        await cluster.InitializeAsync();
        measures = new(cluster.Meters, AdherentMeter.Name);
    }

    public ValueTask DisposeAsync()
    {
        measures.Dispose();
        return cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_sign_up_and_a_sign_in_are_counted_once_each()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Prove();
        await fritz.Registration.Begin(ticket, fritz.Nir); // the same browser again
        await fritz.Registration.Complete(ticket, "2026-01");
        await fritz.Registration.Complete(ticket, "2026-01"); // a second click
        var letter = await fritz.Dispatches.Take(Assert.Single(cluster.Queue.TakeJobs(fritz.Key)).Dispatch);
        await fritz.SignIn(letter!.Secret!);

        Assert.Equal(
            [
                ("msa.registrations.finished", 1), ("msa.registrations.started", 1), ("msa.registrations.steps step=details_given", 1),
                ("msa.registrations.steps step=identity_proved", 1), ("msa.registrations.steps step=password_sent", 1),
                ("msa.sign_ins outcome=signed_in", 1), ("msa.verifications outcome=proved", 1),
            ],
            measures.All);
    }

    [Fact]
    public async Task By_FranceConnect_a_sign_up_is_proved_and_a_sign_in_is_one_and_so_is_each_guess_at_the_password()
    {
        var fritz = cluster.NewAdherent();
        var (ticket, user) = (SignUpTicket.New(), new FranceConnectUser("subject", Samples.FritzPivot));
        await fritz.FranceConnect.SignIn(user, Samples.Origin); // no account: he is about to sign up
        await fritz.FranceConnect.BeginSignUp(ticket, user);
        await fritz.FranceConnect.BeginSignUp(ticket, user);
        await fritz.Registration.Declare(ticket, Samples.FritzDeclares);
        await fritz.Registration.Complete(ticket, "2026-01");
        await fritz.FranceConnect.SignIn(user, Samples.Origin);
        await fritz.FranceConnect.SignIn(user with { Identity = user.Identity with { FamilyName = "MULLER" } }, Samples.Origin);
        await fritz.FranceConnect.Vouch(new("Mauvais-Mot-1"), Samples.Origin);

        Assert.Equal(
            [
                ("msa.registrations.finished", 1), ("msa.registrations.started", 1), ("msa.registrations.steps step=details_given", 1),
                ("msa.registrations.steps step=identity_proved", 1), ("msa.sign_ins outcome=refused", 2), ("msa.sign_ins outcome=signed_in", 1),
                ("msa.verifications outcome=proved", 1),
            ],
            measures.All);
    }

    [Fact]
    public async Task Who_has_an_account_is_refused_another()
    {
        var fritz = cluster.NewAdherent();
        await fritz.SignUp();
        var before = measures.All;

        Assert.Equal(BeginOutcome.AccountExists, await fritz.Registration.Begin(SignUpTicket.New(), fritz.Nir));

        Assert.Equal([("msa.registrations.refused", 1)], measures.All.Except(before));
    }

    [Fact]
    public async Task Failures_and_the_locks_they_lead_to_are_counted()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Declare();
        for (var i = 0; i < 5; i++)
            await fritz.Identity.Prove(ticket, TestAdherent.WrongCard);
        for (var i = 0; i < 7; i++)
            await fritz.Credentials.SignIn(new("Passage-Lune7"), Samples.Origin);

        Assert.Equal(
            [
                ("msa.locks kind=sign_in", 1), ("msa.locks kind=verification", 1), ("msa.registrations.started", 1), ("msa.registrations.steps step=details_given", 1),
                ("msa.sign_ins outcome=refused", 7), ("msa.verifications outcome=locked", 3), ("msa.verifications outcome=not_matched", 2),
            ],
            measures.All);
    }

    [Theory]
    [InlineData(MemoryRows.Failure.BeforeSaving)]
    [InlineData(MemoryRows.Failure.AfterSaving)]
    internal async Task What_is_not_known_to_be_on_disk_is_not_counted(MemoryRows.Failure failure)
    {
        var fritz = cluster.NewAdherent();
        cluster.Rows.FailNext(fritz.Key, failure);

        await Assert.ThrowsAnyAsync<Exception>(() => fritz.Registration.Begin(SignUpTicket.New(), fritz.Nir));

        Assert.Empty(measures.All);
    }

    [Fact]
    public async Task A_letter_is_given_up_once()
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.SignUp();
        var before = measures.All;

        await fritz.Dispatches.Take(dispatch);
        await fritz.Dispatches.Fail(dispatch, new(Permanent: false, "Timed out."));
        Assert.Equal(before, measures.All);
        await fritz.Dispatches.Fail(dispatch, new(Permanent: true, "No such mailbox."));
        await fritz.Dispatches.Fail(dispatch, new(Permanent: true, "No such mailbox."));

        Assert.Equal([($"msa.dispatches.given_up kind={LetterKind.ProvisionalPassword}", 1)], measures.All.Except(before));
    }

    [Fact]
    public async Task Each_step_to_the_private_space_is_counted_once_whatever_is_done_again()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Prove();
        await fritz.Registration.Declare(ticket, Samples.FritzDeclares with { MobilePhone = null }); // he goes back, and corrects it
        await fritz.Registration.Complete(ticket, "2026-01");
        var letter = Assert.Single(await fritz.ReceiveLetters());
        var session = Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Personalise((await fritz.SignIn(letter.Secret!)).Session, new(TestAdherent.OwnPassword))).Session;
        await fritz.Contact.Confirm(session, (await fritz.Contact.Read(session))!);
        await fritz.Contact.Confirm(session, (await fritz.Contact.Read(session))!);
        var recovered = await fritz.SignIn(await Recovered(fritz));
        await fritz.Credentials.Personalise(recovered.Session, new("Bruyere-Comptoir-9"));
        await fritz.ReceiveLetters();

        Assert.Equal(
            [
                ("msa.registrations.finished", 1), ("msa.registrations.started", 1), ("msa.registrations.steps step=contact_confirmed", 1),
                ("msa.registrations.steps step=details_given", 1), ("msa.registrations.steps step=identity_proved", 1),
                ("msa.registrations.steps step=password_chosen", 1), ("msa.registrations.steps step=password_sent", 1),
            ],
            Registrations);
    }

    [Fact]
    public async Task The_first_way_in_that_leaves_is_the_password_of_the_sign_up_and_those_after_it_are_not()
    {
        var fritz = cluster.NewAdherent();
        await fritz.SignUp();
        Assert.DoesNotContain(("msa.registrations.steps step=password_sent", 1), measures.All);
        await fritz.Credentials.Recover(Samples.Email); // before the first letter has left: the second takes its place
        await fritz.ReceiveLetters();
        Assert.Contains(("msa.registrations.steps step=password_sent", 1), measures.All);
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        await fritz.Recover();

        Assert.Contains(("msa.registrations.steps step=password_sent", 1), measures.All);
    }

    [Fact]
    public async Task Who_gives_up_is_counted_by_the_last_step_that_he_had_reached()
    {
        var (typed, declared, proved, gone) = (cluster.NewAdherent(), cluster.NewAdherent(), cluster.NewAdherent(), cluster.NewAdherent());
        await typed.Registration.Begin(SignUpTicket.New(), typed.Nir);
        var ticket = await declared.Declare();
        await proved.Prove();
        await gone.Registration.Begin(SignUpTicket.New(), gone.Nir);
        await declared.Registration.Abandon(ticket); // by the button; the others by time
        Assert.Equal([("msa.registrations.abandoned step=details_given", 1)], Abandoned);
        cluster.Clock.Advance(cluster.Policy.AbandonedAfter);
        foreach (var left in (TestAdherent[])[typed, proved, gone, gone])
            await left.Dispatches.Sweep(queueLost: false);

        Assert.Equal(
            [("msa.registrations.abandoned step=details_given", 1), ("msa.registrations.abandoned step=identity_proved", 1), ("msa.registrations.abandoned step=number_typed", 2)],
            Abandoned);
    }

    [Fact]
    public async Task An_account_that_nobody_opens_is_given_up_at_its_letter_and_one_that_is_closed_is_not_given_up()
    {
        var (unopened, unsent, closed) = (cluster.NewAdherent(), cluster.NewAdherent(), cluster.NewAdherent());
        await unopened.ReceiveProvisionalPassword();
        var letter = await unsent.SignUp();
        await unsent.Dispatches.Take(letter);
        await unsent.Dispatches.Fail(letter, new(Permanent: true, "No such mailbox."));
        var session = await closed.Connect();
        await closed.Account.Close(session, new(TestAdherent.OwnPassword));
        await closed.ReceiveLetters();
        cluster.Clock.Advance(cluster.Policy.ProvisionalLifetime + cluster.Policy.AbandonedAfter);
        foreach (var left in (TestAdherent[])[unopened, unsent, closed])
            await left.Dispatches.Sweep(queueLost: false);

        Assert.Equal([("msa.registrations.abandoned step=password_sent", 1), ("msa.registrations.abandoned step=terms_accepted", 1)], Abandoned);
    }

    [Fact]
    public async Task Sign_ups_beside_the_one_that_made_the_account_are_not_given_up()
    {
        var fritz = cluster.NewAdherent();
        await fritz.Declare();
        await fritz.SignUp();

        Assert.Empty(Abandoned);
    }

    [Fact]
    public async Task What_becomes_of_a_request_for_a_department_is_counted()
    {
        var (activated, cancelled) = (cluster.NewAdherent(), cluster.NewAdherent());
        var code = await activated.ReceiveCode(await activated.Connect());
        var session = (await activated.SignIn(code.Value)).Session;
        Assert.IsType<PasswordChangeOutcome.Changed>(await activated.Credentials.Personalise(session, new("Bruyere-Comptoir-9")));
        session = await cancelled.Connect();
        await cancelled.RequestDepartment(session);
        await cancelled.Enrolments.Cancel(session, "01");

        Assert.Equal(
            [("msa.departments event=activated", 1), ("msa.departments event=cancelled", 1), ("msa.departments event=code_sent", 1), ("msa.departments event=requested", 2)],
            measures.All.Where(measure => measure.Name.StartsWith("msa.departments", StringComparison.Ordinal)));
    }

    private IEnumerable<(string, double)> Registrations => measures.All.Where(measure => measure.Name.StartsWith("msa.registrations", StringComparison.Ordinal));

    private IEnumerable<(string, double)> Abandoned => measures.All.Where(measure => measure.Name.StartsWith("msa.registrations.abandoned", StringComparison.Ordinal));

    private async Task<string> Recovered(TestAdherent adherent)
    {
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        return await adherent.Recover();
    }
}
