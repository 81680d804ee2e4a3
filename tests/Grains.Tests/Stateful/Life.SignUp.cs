using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Interfaces.Identity;
using MsaOrleans.Grains.Interfaces.Registration;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Stateful;

/// <summary>The sign-up, and what the hotline does about it.</summary>
internal sealed partial class Life
{
    private async Task Begin(Browser browser, bool again)
    {
        var ticket = browser.Ticket is { } known && !again ? known : SignUpTicket.New();
        var outcome = await (await world.Facet<IAdherentRegistration>()).Begin(ticket, world.Nir);
        if (ticket != browser.Ticket || (outcome == BeginOutcome.Begun && !IsUnderWay(ticket)))
            browser.BeginsWith(ticket);
        Tell($"browser {Array.IndexOf(browsers, browser)} begins: {outcome}");
        Must(outcome == BeginOutcome.AccountExists || personal is null && subject is null, "A sign-up begins beside an account that is in use.");
        Must(outcome == BeginOutcome.Begun || HasAccount, "It says that there is an account, and there is none.");
    }

    // Before the act that is looked at. Of a sign-up that was given up, or erased after a week, nothing is left to go on with.
    private bool IsUnderWay(SignUpTicket ticket) => row.Registration.DraftOf(SecretHash.Of(ticket.Secret)) is not null;

    private async Task Declare(Browser browser, int variant)
    {
        if (browser.Ticket is null)
            await Begin(browser, again: true);
        var details = DetailsOf(variant);
        var outcome = await (await world.Facet<IAdherentRegistration>()).Declare(browser.Ticket!, details);
        Tell($"browser {Array.IndexOf(browsers, browser)} declares {details.FamilyName} {details.BirthDate:yyyy-MM-dd} {details.Email}: {outcome}");
        if (outcome == DeclareOutcome.Accepted)
            browser.Declares(details, IsHe(details));
    }

    private async Task AnswerInsurance(Browser browser)
    {
        if (browser.Ticket is not null)
            await (await world.Facet<IAdherentRegistration>()).AnswerHealthInsurance(browser.Ticket, insured: true);
    }

    private async Task Prove(Browser browser, IdentityProof proof, bool isRight)
    {
        if (browser.Details is null)
            await Declare(browser, variant: 0);
        var wasProved = browser.IsProved;
        var outcome = await (await world.Facet<IAdherentIdentity>()).Prove(browser.Ticket!, proof);
        Tell($"browser {Array.IndexOf(browsers, browser)} shows a {(isRight ? "right" : "wrong")} {proof}: {outcome.GetType().Name}");
        if (outcome is VerificationOutcome.NoDraft || wasProved)
            return;
        var matches = isRight && IsHe(browser.Details!);
        if (proofs.IsShut(Now))
        {
            Must(outcome is VerificationOutcome.Locked, "A proof was looked at while the door was announced shut.");
            return;
        }
        if (matches)
        {
            proofs.AnsweredRight();
            browser.IsProved = true;
            Must(outcome is VerificationOutcome.Proved, "A right proof was not believed.");
            return;
        }
        if (row.Verification.Lockout.IsClean && proofs.MayBeForgotten(Now))
            proofs.AnsweredRight();
        proofs.AnsweredWrong(Now);
        Must(
            proofs.IsShut(Now) ? outcome is VerificationOutcome.Locked : outcome == new VerificationOutcome.NotMatched(proofs.Left),
            $"After {proofs.Wrong} wrong proofs the answer is {outcome}.");
    }

    private async Task Complete(Browser browser)
    {
        if (browser.Ticket is null)
            return;
        var outcome = await (await world.Facet<IAdherentRegistration>()).Complete(browser.Ticket, "2026-01");
        Tell($"browser {Array.IndexOf(browsers, browser)} accepts the terms: {outcome}");
        if (outcome != CompletionOutcome.Completed || (HasAccount && browser.Ticket == madeBy && !IsUnderWay(browser.Ticket)))
            return;
        Must(browser.IsProved, "An account was made without a proof.");
        Must(personal is null && !wasOpened, "An account in use was made anew.");
        var bySubject = browser.ByFranceConnect ? subjectOf[browser] : null;
        EndAccount();
        passwords.AnsweredRight(); // a lock that a stranger has put on a number does not await its owner
        (madeAt, madeBy, subject, address) = (Now, browser.Ticket, bySubject, browser.Details!.Email);
        CountLetterTo(address);
        Expect(LetterKind.ProvisionalPassword, address);
    }

    private async Task Abandon(Browser browser)
    {
        if (browser.Ticket is not null)
            await (await world.Facet<IAdherentRegistration>()).Abandon(browser.Ticket);
    }

    private async Task BeginByFranceConnect(Browser browser, int who, bool isHe)
    {
        var ticket = browser.Ticket ?? SignUpTicket.New();
        var user = FranceConnectOf(who, isHe);
        var begun = await (await world.Facet<IAdherentFranceConnect>()).BeginSignUp(ticket, user);
        if (ticket != browser.Ticket || (begun && !IsUnderWay(ticket)))
            browser.BeginsWith(ticket);
        Tell($"browser {Array.IndexOf(browsers, browser)} begins by FranceConnect as {(isHe ? "himself" : "somebody else")}: {begun}");
        if (!begun)
            return;
        Must(isHe && !HasAccount, "FranceConnect proved who somebody else is, or that of an account.");
        (browser.IsProved, browser.ByFranceConnect) = (true, true);
        if (browser.Details is { } declared && !IsHe(declared))
            browser.Details = null;
        subjectOf[browser] = user.Subject;
    }

    private async Task UnlockVerification()
    {
        var outcome = await (await world.Facet<IAdherentAssistance>()).UnlockVerification(call);
        Tell($"the hotline unlocks the proof of identity: {outcome}");
        Must(outcome == (proofs.IsShut(Now) ? AssistanceOutcome.Done : AssistanceOutcome.NothingToDo), "What the hotline sees of the lock is not so.");
        proofs.OpenedByHotline();
    }

    private async Task UnlockSignIn()
    {
        var outcome = await (await world.Facet<IAdherentAssistance>()).UnlockSignIn(call);
        Tell($"the hotline unlocks the sign-in: {outcome}");
        Must(outcome == (passwords.IsShut(Now) ? AssistanceOutcome.Done : AssistanceOutcome.NothingToDo), "What the hotline sees of the lock is not so.");
        passwords.OpenedByHotline();
    }

    // The whole of it, as the leaflet has it.
    private async Task SignUp(Browser browser, bool toOther)
    {
        await Begin(browser, again: true);
        await Declare(browser, toOther ? 2 : 0);
        await AnswerInsurance(browser);
        await Prove(browser, Card, isRight: true);
        await Complete(browser);
    }

    private static readonly IdentityProof Card = new IdentityProof.VitaleCard(FritzSerial);
    private static readonly IdentityProof WrongCard = new IdentityProof.VitaleCard("9999999999");
    private static readonly IdentityProof Payment = new IdentityProof.ReceivedPayment(22.50m);
    private static readonly IdentityProof OldPayment = new IdentityProof.ReceivedPayment(18.55m);

    private readonly Dictionary<Browser, string> subjectOf = [];
}
