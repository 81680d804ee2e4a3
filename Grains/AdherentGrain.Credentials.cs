using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;

namespace MsaOrleans.Grains;

internal sealed partial class AdherentGrain : IAdherentCredentials
{
    async Task<SignInOutcome> IAdherentCredentials.SignIn(Password password)
    {
        if (State.Credentials.Lockout.HoldsAt(Now))
            return new SignInOutcome.Refused();
        var token = SessionToken.New();
        if (await SignedIn(PasswordGenerator.Cleaned(password), HashOf(token.Secret)) is not { } next)
        {
            // Counted for people without an account too: what is written, and how long it takes, tells nobody who has one.
            await Commit(State with { Credentials = State.Credentials.Refuse(policy.SignIn, Now) });
            return new SignInOutcome.Refused();
        }
        // Not while a code is on its way to opening a department: what the caisses know could take it from under its session.
        if (next is { Enrolments.ServiceBundle: not null } && next.Sessions.Open[^1].Enrolment is null && await registry.Find(Key) is { } person)
            next = next.WithKnownDepartments(person.Departments, Now);
        await Commit(next);
        return new SignInOutcome.SignedIn(token, next.Due(next.Sessions.Open[^1]));
    }

    async Task<PasswordChangeOutcome> IAdherentCredentials.Personalise(SessionToken session, Password chosen)
    {
        if (OpenSession(session) is not { IsObliged: true } open)
            return new PasswordChangeOutcome.NotDue();
        chosen = PasswordGenerator.Cleaned(chosen); // as at sign-in, or it would never open again
        var identity = State.Identity!;
        var flaws = PasswordRules.FlawsOf(chosen, State.Nir!, identity.Names, identity.BirthDate);
        if (flaws == PasswordFlaws.None)
            flaws = await FlawOfReuse(chosen);
        if (flaws != PasswordFlaws.None)
            return new PasswordChangeOutcome.Rejected(flaws);
        var hash = await hasher.Hash(chosen);
        var token = SessionToken.New();
        await Commit(State with
        {
            // A sign-up begun while this account looked lapsed must not replace it.
            Registration = State.Registration with { Drafts = [] },
            Credentials = State.Credentials.Personalise(hash, Now),
            Enrolments = open.Enrolment is { } request ? State.Enrolments.Activate(request, Now) : State.Enrolments,
            Sessions = new Sessions().Add(HashOf(token.Secret), mustChangePassword: false, policy.Session, Now),
        });
        return new PasswordChangeOutcome.Changed(token);
    }

    // The shape of what was typed, and nothing about this adherent, says what it is compared with: a wrong guess of one shape costs the same hashes
    // whoever it is about, and time does not tell who has an account, a letter on its way or a code.
    private async Task<AdherentState?> SignedIn(Password typed, string tokenHash)
    {
        if (PasswordGenerator.MayBe(typed) && await hasher.FindMatch(typed, State.Credentials.ProvisionalHashesAt(Now)) is { } provisional)
        {
            var (dispatch, sentTo) = (State.Credentials.Provisional!.Dispatch, State.Credentials.Provisional.SentTo);
            return State with
            {
                Credentials = State.Credentials.AcceptProvisional(provisional, Now),
                Contact = State.Contact.Verified(sentTo, Now),
                Sessions = State.Sessions.Add(tokenHash, mustChangePassword: true, policy.Session, Now),
                // Its letter has arrived, whether or not the worker lived to say so: sending it again would make another way in.
                Dispatches = State.Dispatches.Confirm(dispatch, Now),
            };
        }
        if (await hasher.FindMatch(typed, State.Credentials.PersonalHashes) is not null)
        {
            return State with
            {
                Credentials = State.Credentials.Accept(Now),
                Sessions = State.Sessions.Add(tokenHash, mustChangePassword: false, policy.Session, Now),
            };
        }
        if (ConfidentialCode.TryParse(typed.Value, out var code) && await hasher.FindMatch(new(code.Value), State.Enrolments.CodesForSignInAt(Now)) is { } sent)
        {
            var letter = State.Enrolments.RequestOf(sent).Letter;
            var arrived = CodeHasArrived(sent);
            return arrived with
            {
                Credentials = State.Credentials.Accept(Now),
                Enrolments = arrived.Enrolments.SignedIn(letter, Now),
                Sessions = State.Sessions.Add(tokenHash, mustChangePassword: true, policy.Session, Now, letter),
            };
        }
        return null;
    }

    private async Task<PasswordFlaws> FlawOfReuse(Password chosen)
    {
        if (PasswordGenerator.MayBe(chosen) && await hasher.FindMatch(chosen, State.Credentials.Provisional?.Hashes ?? []) is not null)
            return PasswordFlaws.Provisional;
        if (ConfidentialCode.TryParse(chosen.Value, out var code) && await hasher.FindMatch(new(code.Value), State.Enrolments.CodesAt(Now)) is not null)
            return PasswordFlaws.Provisional;
        return State.Credentials.Personal is not null && await hasher.FindMatch(chosen, State.Credentials.PersonalHashes) is not null
            ? PasswordFlaws.Current
            : PasswordFlaws.None;
    }
}
