using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>What an agent of the hotline sees of an adherent and does for him, and what he leaves on the record.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class AgentLettersTests(AdherentCluster cluster)
{
    [Fact]
    public async Task A_provisional_password_is_sent_to_the_address_that_is_kept_and_voids_the_one_before()
    {
        var fritz = cluster.NewAdherent();
        var first = await fritz.ReceiveProvisionalPassword();
        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.SendProvisionalPassword(Call.Act)); // it has only just left
        cluster.Clock.Advance(AssistanceActs.JustSent);

        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.SendProvisionalPassword(Call.Act));

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

        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.SendProvisionalPassword(Call.Act));

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
            Assert.Equal(left, (await fritz.Look()).PasswordsLeft);
            Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.SendProvisionalPassword(Call.Act));
            await fritz.ReceiveLetters();
        }
        cluster.Clock.Advance(AssistanceActs.JustSent);
        Assert.Equal(AssistanceOutcome.TooMany, await fritz.Assistance.SendProvisionalPassword(Call.Act));
        Assert.Empty(await fritz.ReceiveLetters());
        cluster.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.SendProvisionalPassword(Call.Act));
    }

    [Fact]
    public async Task A_mail_that_waits_for_another_try_does_not_stop_an_agent_from_sending_one_now()
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.SignUp();
        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.SendProvisionalPassword(Call.Act));
        await fritz.Dispatches.Take(dispatch);
        await fritz.Dispatches.Fail(dispatch, new(Permanent: false, "The relay did not accept the letter: 451 4.7.1 greylisted"));

        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.SendProvisionalPassword(Call.Act));

        Assert.Single(await fritz.ReceiveLetters());
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await fritz.Dispatches.Take(dispatch));
        Assert.Equal([null, LetterTrouble.Replaced], (await fritz.Look()).Letters.Select(l => l.Trouble));
    }

    [Fact]
    public async Task A_mistyped_address_of_a_sign_up_is_replaced_and_the_password_goes_to_the_new_one()
    {
        var fritz = cluster.NewAdherent();
        var lost = await fritz.ReceiveProvisionalPassword();

        Assert.Equal(AssistanceOutcome.PhoneNotChecked, await fritz.Assistance.CorrectEmail(Call.Act, Samples.OtherEmail, phoneChecked: false));
        Assert.Empty(await fritz.ReceiveLetters());
        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.CorrectEmail(Call.Act, Samples.OtherEmail, phoneChecked: true));

        Assert.Equal(new SignInOutcome.Refused(), await fritz.Credentials.SignIn(new(lost), Samples.Origin));
        var letters = await fritz.ReceiveLetters();
        Assert.Equal(
            [(LetterKind.ProvisionalPassword, Samples.OtherEmail), (LetterKind.EmailCorrected, Samples.Email)],
            letters.Select(l => (l.Kind, l.To)));
        Assert.Null(letters[1].Secret);
        await fritz.SignIn(letters[0].Secret!);
        Assert.Equal((Samples.OtherEmail, cluster.Now), (fritz.Stored!.Contact.Email, fritz.Stored.Contact.EmailVerifiedAt));
        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.CorrectEmail(Call.Act, EmailAddress.Parse(Samples.OtherEmail.Value.ToUpperInvariant()), phoneChecked: true));
    }

    [Fact]
    public async Task A_letter_on_its_way_to_the_mistyped_address_brings_no_way_in_any_more()
    {
        var fritz = cluster.NewAdherent();
        var dispatch = await fritz.SignUp();
        var taken = (await fritz.Dispatches.Take(dispatch))!;

        await fritz.Assistance.CorrectEmail(Call.Act, Samples.OtherEmail, phoneChecked: true);
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

        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.CorrectEmail(Call.Act, Samples.OtherEmail, phoneChecked: true));

        Assert.Equal(Samples.Email, fritz.Stored!.Contact.Email);
        var letters = await fritz.ReceiveLetters();
        Assert.Equal(
            [(LetterKind.EmailChangeLink, Samples.OtherEmail), (LetterKind.EmailCorrectionRequested, Samples.Email)],
            letters.Select(l => (l.Kind, l.To)));
        Assert.Equal(AssistanceOutcome.NothingToDo, await fritz.Assistance.CorrectEmail(Call.Act, Samples.OtherEmail, phoneChecked: true));
        Assert.True(EmailLink.TryParse(letters[0].Secret, out _, out var secret));
        Assert.Equal(EmailProof.Changed, await fritz.Contact.ProveEmail(secret));
        Assert.Equal((LetterKind.EmailChanged, Samples.Email), Assert.Single((await fritz.ReceiveLetters()).Select(l => (l.Kind, l.To))));
        Assert.Null(await fritz.Sessions.Check(obliged)); // whoever read the old mailbox is out
        // The way back for somebody who has lost both: the new address is proved, and then gets a password.
        cluster.Clock.Advance(AssistanceActs.JustSent);
        Assert.Equal(AssistanceOutcome.Done, await fritz.Assistance.SendProvisionalPassword(Call.Act));
        Assert.Equal(Samples.OtherEmail, Assert.Single(await fritz.ReceiveLetters()).To);
    }

    /// <summary>An agent sends a provisional password.</summary>
    private static async Task<string> Sent(TestAdherent adherent)
    {
        await adherent.Assistance.SendProvisionalPassword(Call.Act);
        return Assert.Single(await adherent.ReceiveLetters()).Secret!;
    }
}
