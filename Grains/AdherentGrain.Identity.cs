using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Identity;

namespace MsaOrleans.Grains;

internal sealed partial class AdherentGrain : IAdherentIdentity
{
    async Task<VerificationOutcome> IAdherentIdentity.Prove(SignUpTicket ticket, IdentityProof proof)
    {
        if (DraftOf(ticket) is not { Details: { } details } draft)
            return new VerificationOutcome.NoDraft();
        if (draft.ProvedAt is not null)
            return new VerificationOutcome.Proved();
        if (State.Verification.LockAt(Now) is { } held)
            return meter.Counted(new VerificationOutcome.Locked(held)); // before anything is read or written: hammering at the door costs no disk
        // Both are read whatever was shown and whoever it is, so that the work does not tell what the caisses know.
        var person = await registry.Find(Key);
        var payments = await registry.Payments(Key);
        var matches = IdentityVerification.Matches(person, payments, details, proof, policy.CardSerialPrefix, FrenchCalendar.DayOf(Now));
        var kind = proof is IdentityProof.VitaleCard ? ProofKind.VitaleCard : ProofKind.ReceivedPayment;
        var (verification, outcome) = State.Verification.Attempt(matches, kind, policy.Verification, Now);
        var proved = draft.TouchedAt(Now, policy.AbandonedAfter) with { ProvedAt = outcome is VerificationOutcome.Proved ? Now : null };
        await Commit(State with { Verification = verification, Registration = State.Registration.With(proved) });
        return meter.Counted(outcome);
    }
}
