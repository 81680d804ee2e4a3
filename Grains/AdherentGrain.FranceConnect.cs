using Microsoft.Extensions.Logging;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Interfaces.Identity;
using MsaOrleans.Grains.Interfaces.Sessions;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains;

internal sealed partial class AdherentGrain : IAdherentFranceConnect
{
    async Task<VouchOutcome> IAdherentFranceConnect.Vouch(Password password, SignInOrigin origin)
    {
        if (State.Credentials.Lockout.HoldsAt(Now))
            return meter.Counted(new VouchOutcome.Refused());
        var typed = PasswordGenerator.Cleaned(password);
        if (await Recognise(typed) is not var (opening, match))
        {
            await CountWrongPassword();
            return meter.Counted(new VouchOutcome.Refused());
        }
        // It must answer: a registry that is away is a broken machine, and not somebody of whom nothing is certified.
        var missing = State.MissingToVouch(await registry.Find(Key));
        // What opens the space once is no password to be known by elsewhere, and stays as unused as it was.
        if (opening is not Opening.Personal)
            return meter.Counted(new VouchOutcome.NotYet(missing | VouchRequirements.PersonalPassword));
        if (missing != VouchRequirements.None)
        {
            await Commit(State with { Credentials = State.Credentials with { Lockout = new() } });
            return meter.Counted(new VouchOutcome.NotYet(missing));
        }
        var subject = State.FranceConnect.VouchedAs ?? Guid.NewGuid();
        await Commit(State with
        {
            Credentials = await Renewed(State.Credentials.Vouch(origin, Now), typed, match),
            FranceConnect = State.FranceConnect with { VouchedAs = subject },
        });
        return meter.Counted(new VouchOutcome.Vouched(subject));
    }

    async Task<PivotIdentity?> IAdherentFranceConnect.VouchedIdentity(Guid subject) =>
        State.FranceConnect.VouchedAs == subject && await registry.Find(Key) is { } person && State.MissingToVouch(person) == VouchRequirements.None
            ? PivotMatch.Of(person, State.Contact.Email!)
            : null;

    async Task<FranceConnectSignInOutcome> IAdherentFranceConnect.SignIn(FranceConnectUser user, SignInOrigin origin)
    {
        var isKnown = State.FranceConnect.Subject == user.Subject;
        var (answers, person) = isKnown ? await RegistryIfItAnswers(AskRegistry) : await AskRegistry(registry);
        if (answers && (person is null || !PivotMatch.Agrees(person, user.Identity)))
        {
            if (isKnown)
                log.LogWarning("{Adherent}: what FranceConnect tells of a subject that is linked contradicts the registry; nobody was let in", Key);
            return meter.Counted(new FranceConnectSignInOutcome.NotMatched());
        }
        if (State.Registration.Completed is null)
            return meter.Counted(new FranceConnectSignInOutcome.NoAccount());
        var token = SessionToken.New();
        var session = Session.Begin(SecretHash.Of(token.Secret), origin, Now);
        var next = State with
        {
            Registration = State.Registration.Opened(),
            Credentials = State.Credentials.Enter(SignInMeans.FranceConnect, origin, Now),
            Sessions = State.Sessions.Add(session, policy.Session),
            FranceConnect = State.FranceConnect.Linked(user.Subject, Now),
            Dispatches = isKnown
                ? State.Dispatches
                : State.Dispatches.Request(Guid.CreateVersion7(Now), LetterKind.FranceConnectLinked, State.Contact.Email!, Now),
        };
        if (next is { Enrolments.ServiceBundle: not null } && person is not null)
            next = next.WithRegistryOf(person, Now);
        await CommitAndQueue(next);
        return meter.Counted(new FranceConnectSignInOutcome.SignedIn(token, next.Due(session)));

        async Task<(bool Answers, InsuredPerson? Person)> AskRegistry(IInsuredPersonRegistry known) => (true, await known.Find(Key));
    }

    async Task<bool> IAdherentFranceConnect.BeginSignUp(SignUpTicket ticket, FranceConnectUser user)
    {
        // Rows of the registry that do not tell the number are written anew by the next import; until then he signs up by typing it.
        if (State.Registration.Completed is not null || await registry.Find(Key) is not { Nir: { } nir } person || !PivotMatch.Agrees(person, user.Identity))
            return false;
        var hash = SecretHash.Of(ticket.Secret);
        if (State.Registration.DraftOf(hash)?.FranceConnect?.Subject == user.Subject)
            return true;
        var begun = State.Registration.Begin(hash, Now, policy.AbandonedAfter);
        var proved = begun.DraftOf(hash)!.ProvedBy(new(user.Subject, CivilIdentity.Of(person), user.Identity.Email), Now);
        await Commit(State with
        {
            Nir = nir,
            Registration = begun.With(proved),
            Verification = State.Verification.Vouched(ProofKind.FranceConnect, Now),
        });
        meter.Counted(new VerificationOutcome.Proved());
        return true;
    }

    Task<DateTimeOffset?> IAdherentFranceConnect.LinkedSince(SessionToken session) => Task.FromResult(MayUseSpace(session) ? State.FranceConnect.LinkedAt : null);

    async Task<UnlinkOutcome> IAdherentFranceConnect.Unlink(SessionToken session)
    {
        if (!MayUseSpace(session))
            return UnlinkOutcome.NotOpen;
        if (State.Credentials.Personal is null)
            return UnlinkOutcome.NoPassword;
        await Commit(State with { FranceConnect = State.FranceConnect.Unlinked() });
        return UnlinkOutcome.Unlinked;
    }
}
