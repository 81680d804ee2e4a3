using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Enrolments;

namespace MsaOrleans.Grains;

internal sealed partial class AdherentGrain : IAdherentDispatches
{
    async Task<Letter?> IAdherentDispatches.Take(Guid dispatch)
    {
        var (dispatches, taken) = State.Dispatches.Take(dispatch, Now);
        if (taken is null)
        {
            // The other worker may be dead: this job, which is perhaps what his death has set free, must not be the last one.
            if (State.Dispatches.LeaseAt(dispatch, Now) is { } until)
                await queue.Enqueue(Key, dispatch, until);
            return null;
        }
        if (!IsWanted(taken))
        {
            await Commit(State with { Dispatches = State.Dispatches.Void(dispatch, VoidReasons.Ended, Now) });
            return null;
        }
        var (next, letter) = await Written(taken, State with { Dispatches = dispatches });
        await Commit(next);
        return letter;
    }

    Task IAdherentDispatches.Confirm(Guid dispatch) => Commit(WithoutNeedlessName(State with
    {
        Dispatches = State.Dispatches.Confirm(dispatch, Now),
        Enrolments = State.Enrolments.Sent(dispatch, Now), // if it is the letter of a request
    }));

    async Task IAdherentDispatches.Fail(Guid dispatch, DeliveryFailure failure)
    {
        var failed = State.Dispatches.Pending.FirstOrDefault(d => d.Id == dispatch);
        var (dispatches, retryAt) = State.Dispatches.Fail(dispatch, failure, policy.MailRetryDelays, Now);
        if (retryAt is not null)
            await queue.Enqueue(Key, dispatch, retryAt);
        var enrolments = dispatches.GaveUp(dispatch) ? State.Enrolments.End(dispatch, EnrolmentEnding.Undeliverable, Now) : State.Enrolments;
        await Commit(WithoutNeedlessName(State.With(enrolments) with { Dispatches = dispatches }));
        if (failed is not null && retryAt is null)
            meter.GivenUp(failed.Kind);
    }

    async Task<int> IAdherentDispatches.Sweep(bool queueLost)
    {
        var (dispatches, toQueue) = State.Dispatches.Requeue(queueLost, Now);
        foreach (var lost in toQueue)
            await queue.Enqueue(Key, lost.Id, lost.NotBefore > Now ? lost.NotBefore : lost.LeasedUntil);
        await Commit((State with { Dispatches = dispatches, Documents = await WithoutOldFiles() }).TidiedAt(Now));
        return toQueue.Count;
    }

    // The name of somebody who has closed his account is kept for the letter that says so, and for nothing after it.
    private AdherentState WithoutNeedlessName(AdherentState next) => next.Registration.Completed is null && !next.OwesLetter ? next.TidiedAt(Now) : next;

    private bool IsWanted(Dispatch dispatch) => dispatch.Kind switch
    {
        LetterKind.EmailChangeLink => State.Contact.PendingEmail?.Link == dispatch.Id,
        LetterKind.DepartmentCode => State.Enrolments.WaitsFor(dispatch.Id),
        LetterKind.SignInLocked => State.Credentials.Lockout.HoldsAt(Now),
        LetterKind.MessageAnswered => State.Conversations.HasNews,
        LetterKind.DepartmentRequested => State.Enrolments.Pending.Any(),
        LetterKind.ProvisionalPassword or LetterKind.NewProvisionalPassword or LetterKind.EmailChangeRequested or LetterKind.EmailChanged
            or LetterKind.PasswordChanged or LetterKind.AccountClosed or LetterKind.EmailCorrectionRequested or LetterKind.EmailCorrected or LetterKind.FranceConnectLinked
            or LetterKind.CertificateMade => true,
    };

    // Secrets are born here, when their letter is about to leave; from here on only their hashes stay.
    private async Task<(AdherentState, Letter)> Written(Dispatch dispatch, AdherentState state)
    {
        var letter = new Letter(dispatch.Kind, dispatch.To, state.Identity!.DisplayName, Secret: null, ExpiresAt: null);
        switch (dispatch.Kind)
        {
            case LetterKind.ProvisionalPassword:
            case LetterKind.NewProvisionalPassword:
                var password = PasswordGenerator.New();
                var salt = state.Credentials.Provisional?.Dispatch == dispatch.Id ? state.Credentials.Provisional.Hashes[0].Salt : null;
                var hash = await hasher.Hash(password, salt);
                var expiresAt = Now + policy.ProvisionalLifetime;
                return (
                    state with
                    {
                        Credentials = state.Credentials.Issue(dispatch.Id, dispatch.To, hash, expiresAt),
                        Registration = state.Registration.KeptUnopenedUntil(expiresAt + policy.AbandonedAfter),
                    },
                    letter with { Secret = password.Value, ExpiresAt = expiresAt });

            case LetterKind.DepartmentCode:
                // It was asked for days ago: it goes where he is reached today.
                var to = state.Contact.Email!;
                var request = state.Enrolments.Requests.Find(r => r.Letter == dispatch.Id)!;
                var code = ConfidentialCode.New();
                var codeHash = await hasher.Hash(new(code.Value), state.Enrolments.CodeSalt);
                var codeExpiresAt = Now + policy.CodeLifetime;
                return (
                    state with
                    {
                        Dispatches = state.Dispatches.Readdress(dispatch.Id, to),
                        Enrolments = state.Enrolments.Issue(dispatch.Id, codeHash, codeExpiresAt),
                    },
                    letter with { To = to, Secret = code.Value, ExpiresAt = codeExpiresAt, Department = request.Department });

            case LetterKind.EmailChangeLink:
                var secret = RandomSecret.New();
                var contact = state.Contact.WithLink(SecretHash.Of(secret), Now);
                return (state with { Contact = contact }, letter with { Secret = EmailLink.Compose(Key, secret), ExpiresAt = contact.PendingEmail!.ExpiresAt });

            case LetterKind.SignInLocked:
                return (state, letter with { ExpiresAt = state.Credentials.Lockout.Until });

            case LetterKind.EmailChangeRequested:
            case LetterKind.EmailChanged:
            case LetterKind.PasswordChanged:
            case LetterKind.AccountClosed:
            case LetterKind.EmailCorrectionRequested:
            case LetterKind.EmailCorrected:
            case LetterKind.MessageAnswered:
            case LetterKind.FranceConnectLinked:
            case LetterKind.CertificateMade:
            case LetterKind.DepartmentRequested:
                return (state, letter);

            default:
                throw new ArgumentOutOfRangeException(nameof(dispatch), dispatch.Kind, "A letter of this kind cannot be written.");
        }
    }
}
