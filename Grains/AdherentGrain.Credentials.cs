using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;

namespace MsaOrleans.Grains;

internal sealed partial class AdherentGrain : IAdherentCredentials
{
    async Task<SignInOutcome> IAdherentCredentials.SignIn(Password password)
    {
        if (State.Credentials.Lockout.HoldsAt(Now))
            return new SignInOutcome.Refused();
        var match = await hasher.FindMatch(PasswordGenerator.Cleaned(password), State.Credentials.CandidatesAt(Now));
        if (match is null)
        {
            // Counted for people without an account too: what is written, and how long it takes, tells nobody who has one.
            await Commit(State with { Credentials = State.Credentials.Refuse(policy.SignIn, Now) });
            return new SignInOutcome.Refused();
        }
        var provisional = State.Credentials.IsProvisional(match) ? State.Credentials.Provisional : null;
        var token = SessionToken.New();
        var next = State with
        {
            Credentials = State.Credentials.Accept(match, Now),
            Contact = provisional is null ? State.Contact : State.Contact.Verified(provisional.SentTo, Now),
            Sessions = State.Sessions.Add(HashOf(token.Secret), mustChangePassword: provisional is not null, policy.Session, Now),
            // Its letter has arrived, whether or not the worker lived to say so: sending it again would make another way in.
            Dispatches = provisional is null ? State.Dispatches : State.Dispatches.Confirm(provisional.Dispatch, Now),
        };
        await Commit(next);
        return new SignInOutcome.SignedIn(token, next.Due(next.Sessions.Open[^1]));
    }

    async Task<PasswordChangeOutcome> IAdherentCredentials.Personalise(SessionToken session, Password chosen)
    {
        if (OpenSession(session) is not { MustChangePassword: true })
            return new PasswordChangeOutcome.NotDue();
        chosen = PasswordGenerator.Cleaned(chosen); // as at sign-in, or it would never open again
        var identity = State.Identity!;
        var flaws = PasswordRules.FlawsOf(chosen, State.Nir!, identity.Names, identity.BirthDate);
        if (flaws == PasswordFlaws.None && PasswordGenerator.MayBe(chosen) && await hasher.FindMatch(chosen, State.Credentials.Provisional?.Hashes ?? []) is not null)
            flaws = PasswordFlaws.Provisional;
        if (flaws != PasswordFlaws.None)
            return new PasswordChangeOutcome.Rejected(flaws);
        var hash = await hasher.Hash(chosen);
        var token = SessionToken.New();
        await Commit(State with
        {
            // A sign-up begun while this account looked lapsed must not replace it.
            Registration = State.Registration with { Drafts = [] },
            Credentials = State.Credentials.Personalise(hash, Now),
            Sessions = new Sessions().Add(HashOf(token.Secret), mustChangePassword: false, policy.Session, Now),
        });
        return new PasswordChangeOutcome.Changed(token);
    }
}
