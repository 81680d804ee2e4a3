using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Registration;

namespace MsaOrleans.Grains;

internal sealed partial class AdherentGrain : IAdherentRegistration
{
    async Task<BeginOutcome> IAdherentRegistration.Begin(SignUpTicket ticket, Nir nir)
    {
        if (State.HasAccountAt(Now))
            return meter.Counted(BeginOutcome.AccountExists);
        await Commit(State with { Nir = nir, Registration = State.Registration.Begin(SecretHash.Of(ticket.Secret), Now, policy.AbandonedAfter) });
        return BeginOutcome.Begun;
    }

    Task<RegistrationProgress?> IAdherentRegistration.Progress(SignUpTicket ticket) => Task.FromResult(ProgressOf(SecretHash.Of(ticket.Secret)));

    async Task<DeclareOutcome> IAdherentRegistration.Declare(SignUpTicket ticket, ContactDetails details)
    {
        if (DraftOf(ticket) is not { } draft)
            return DeclareOutcome.NoDraft;
        var declared = draft.Declare(details);
        // What the caisses themselves have is no slip of the pen.
        if (declared.FranceConnect is null && State.Nir!.Contradicts(details.BirthDate))
            return DeclareOutcome.BirthDateContradictsNir;
        await Keep(declared);
        return DeclareOutcome.Accepted;
    }

    async Task<bool> IAdherentRegistration.AnswerHealthInsurance(SignUpTicket ticket, bool insured)
    {
        if (DraftOf(ticket) is not { Details: not null } draft)
            return false;
        await Keep(draft with { HealthInsured = insured });
        return true;
    }

    async Task<CompletionOutcome> IAdherentRegistration.Complete(SignUpTicket ticket, string termsVersion)
    {
        if (ProgressOf(SecretHash.Of(ticket.Secret)) is { Completed: true })
            return CompletionOutcome.Completed;
        if (DraftOf(ticket) is not { } draft)
            return CompletionOutcome.NoDraft;
        if (draft is not { ProvedAt: not null, Details: { } details })
            return CompletionOutcome.NotProved;
        var person = await registry.Find(Key)
            ?? throw new InvalidOperationException("The registry no longer knows an adherent whose identity it has proved.");
        var letter = Guid.CreateVersion7(Now);
        var leavesAt = await MailboxOf(details.Email).Reserve(); // one too many waits, and is lost to nobody
        await CommitAndQueue(new AdherentState
        {
            Nir = State.Nir,
            Identity = CivilIdentity.Of(person),
            Registration = State.Registration.Complete(draft, termsVersion, Now + policy.ProvisionalLifetime + policy.AbandonedAfter, Now),
            Verification = State.Verification,
            FranceConnect = draft.FranceConnect is { } proof ? new FranceConnectLink().Linked(proof.Subject, Now) : new(),
            Contact = new() { Email = details.Email, MobilePhone = details.MobilePhone },
            Recovery = State.Recovery,
            Assistance = State.Assistance,
            Closures = State.Closures,
            // What a lapsed sign-up still owed may have another address, and must not open this account.
            Dispatches = State.Dispatches.VoidPasswords(Now).Request(letter, LetterKind.ProvisionalPassword, details.Email, Now, leavesAt),
        });
        return CompletionOutcome.Completed;
    }

    Task IAdherentRegistration.Abandon(SignUpTicket ticket) =>
        Commit(State with { Registration = State.Registration.Abandon(SecretHash.Of(ticket.Secret)) });

    private RegistrationProgress? ProgressOf(string ticketHash) =>
        State.Registration.DraftOf(ticketHash) is { } draft ? new(State.Nir!, draft.Details, draft.HealthInsured, draft.ProvedAt is not null, Completed: false, State.Verification.LockAt(Now), KnownBy(draft.FranceConnect))
        : State.Registration.Completed?.TicketHash == ticketHash ? new(State.Nir!, null, null, Proved: true, Completed: true, Lock: null)
        : null;

    private static KnownPerson? KnownBy(FranceConnectProof? proof) => proof is null ? null : new(proof.Person.BirthName, proof.Person.GivenNames, proof.Person.BirthDate, proof.Email);

    private Draft? DraftOf(SignUpTicket ticket) => State.Registration.DraftOf(SecretHash.Of(ticket.Secret));

    private Task Keep(Draft draft) =>
        Commit(State with { Registration = State.Registration.With(draft.TouchedAt(Now, policy.AbandonedAfter)) });
}
