using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Identity;
using MsaOrleans.Grains.Interfaces.Registration;

namespace MsaOrleans.Grains.Tests.Adherent;

[Collection(AdherentCluster.SharedClock)]
public sealed class JourneyTests(AdherentCluster cluster)
{
    [Fact]
    public async Task From_the_number_to_the_private_space()
    {
        var fritz = cluster.NewAdherent();
        var ticket = SignUpTicket.New();

        // Sign-up.
        Assert.Null(await fritz.Registration.Progress(ticket));
        Assert.Equal(BeginOutcome.Begun, await fritz.Registration.Begin(ticket, fritz.Nir));
        Assert.Equal(new RegistrationProgress(fritz.Nir, null, null, false, false, null), await fritz.Registration.Progress(ticket));
        Assert.Equal(DeclareOutcome.Accepted, await fritz.Registration.Declare(ticket, Samples.FritzDeclares));
        Assert.True(await fritz.Registration.AnswerHealthInsurance(ticket, insured: true));
        Assert.Equal(CompletionOutcome.NotProved, await fritz.Registration.Complete(ticket, "2026-01"));
        Assert.Equal(new VerificationOutcome.Proved(), await fritz.Identity.Prove(ticket, TestAdherent.Card));
        Assert.Equal(new RegistrationProgress(fritz.Nir, Samples.FritzDeclares, true, true, false, null), await fritz.Registration.Progress(ticket));
        Assert.Equal(CompletionOutcome.Completed, await fritz.Registration.Complete(ticket, "2026-01"));
        Assert.Equal(new RegistrationProgress(fritz.Nir, null, null, true, true, null), await fritz.Registration.Progress(ticket));
        Assert.Equal(BeginOutcome.AccountExists, await fritz.Registration.Begin(SignUpTicket.New(), fritz.Nir));

        // The letter.
        var (dispatch, notBefore) = Assert.Single(cluster.Queue.TakeJobs(fritz.Key));
        Assert.Null(notBefore);
        var letter = (await fritz.Dispatches.Take(dispatch))!;
        Assert.Equal(
            (LetterKind.ProvisionalPassword, Samples.Email, "LAMY FRITZ", cluster.Now.AddDays(3)),
            (letter.Kind, letter.To, letter.RecipientName, letter.ExpiresAt));
        await fritz.Dispatches.Confirm(dispatch);
        Assert.Null(await fritz.Dispatches.Take(dispatch));

        // The first connection: nothing but the forced change is open.
        var (provisional, due) = await fritz.SignIn(letter.Secret!);
        Assert.Equal(FirstConnectionStep.Password, due);
        Assert.Equal(FirstConnectionStep.Password, (await fritz.Sessions.Check(provisional))!.Due);
        Assert.Null(await fritz.Space.Home(provisional));
        Assert.Null(await fritz.Contact.Read(provisional));
        Assert.Equal(ContactConfirmation.NotAllowed, await fritz.Contact.Confirm(provisional, new(Samples.OtherEmail, null, null, null)));
        Assert.Equal(
            new PasswordChangeOutcome.Rejected(PasswordFlaws.ContainsName),
            await fritz.Credentials.Personalise(provisional, new("Vive-Lamy7")));
        Assert.Equal(
            new PasswordChangeOutcome.Rejected(PasswordFlaws.Provisional),
            await fritz.Credentials.Personalise(provisional, new(letter.Secret!)));
        var own = Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Personalise(provisional, new(TestAdherent.OwnPassword))).Session;
        Assert.Null(await fritz.Sessions.Check(provisional));

        // Contact details.
        Assert.Equal(FirstConnectionStep.ContactDetails, (await fritz.Sessions.Check(own))!.Due);
        Assert.Equal(new PasswordChangeOutcome.NotDue(), await fritz.Credentials.Personalise(own, new("Autre-Chose7")));
        Assert.Null(await fritz.Space.Home(own));
        var card = (await fritz.Contact.Read(own))!;
        Assert.Equal(new ContactCard(Samples.Email, Samples.FritzDeclares.MobilePhone, null, null), card);
        Assert.Equal(ContactConfirmation.Confirmed, await fritz.Contact.Confirm(own, card));

        // The private space.
        Assert.Equal(("LAMY FRITZ", FirstConnectionStep.None), ((await fritz.Sessions.Check(own))!.DisplayName, (await fritz.Sessions.Check(own))!.Due));
        var home = (await fritz.Space.Home(own))!;
        Assert.Equal("particulier", home.ServiceBundle);
        Assert.Equal([22.50m, 2.50m, 59.00m], home.LastPayments!.Select(p => p.Amount));
        Assert.Equal(["67", "68"], home.Departments);
        Assert.Null(home.PendingEmail);
        Assert.Equal(FirstConnectionStep.None, (await fritz.SignIn(TestAdherent.OwnPassword)).Due);
        Assert.IsType<SignInOutcome.Refused>(await fritz.Credentials.SignIn(new(letter.Secret!), Samples.Origin));
    }

    [Fact]
    public async Task It_can_be_taken_up_at_every_step_after_the_machine_died()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Declare();
        await fritz.Deactivate();
        Assert.Equal(Samples.FritzDeclares, (await fritz.Registration.Progress(ticket))!.Details);
        await fritz.Identity.Prove(ticket, TestAdherent.Card);
        await fritz.Deactivate();
        Assert.Equal(CompletionOutcome.Completed, await fritz.Registration.Complete(ticket, "2026-01"));
        await fritz.Deactivate();
        var letter = await fritz.Dispatches.Take(Assert.Single(cluster.Queue.TakeJobs(fritz.Key)).Dispatch);
        await fritz.Deactivate();
        var (provisional, _) = await fritz.SignIn(letter!.Secret!);
        await fritz.Deactivate();
        var changed = Assert.IsType<PasswordChangeOutcome.Changed>(await fritz.Credentials.Personalise(provisional, new(TestAdherent.OwnPassword)));
        await fritz.Deactivate();
        Assert.Equal(ContactConfirmation.Confirmed, await fritz.Contact.Confirm(changed.Session, new(Samples.Email, null, null, null)));
        await fritz.Deactivate();

        Assert.NotNull(await fritz.Space.Home(changed.Session));
    }

    [Fact]
    public async Task The_use_of_the_provisional_password_proves_the_address_it_was_sent_to()
    {
        var fritz = cluster.NewAdherent();
        var password = await fritz.ReceiveProvisionalPassword();

        Assert.Null(fritz.Stored!.Contact.EmailVerifiedAt);
        await fritz.SignIn(password);
        Assert.Equal(cluster.Now, fritz.Stored!.Contact.EmailVerifiedAt);
    }

    [Fact]
    public async Task No_secret_is_ever_stored()
    {
        var fritz = cluster.NewAdherent();
        var ticket = await fritz.Declare();
        var password = await fritz.ReceiveProvisionalPassword();
        var (session, _) = await fritz.SignIn(password);

        var stored = System.Text.Json.JsonSerializer.Serialize(fritz.Stored!, Grains.Storage.AdherentStateJson.Default.AdherentState);

        foreach (var secret in new[] { ticket.Secret, password, session.Secret, Samples.FritzSerial })
            Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
    }
}
