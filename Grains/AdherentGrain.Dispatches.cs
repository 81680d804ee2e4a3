using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;

namespace MsaOrleans.Grains;

internal sealed partial class AdherentGrain : IAdherentDispatches
{
    async Task<Letter?> IAdherentDispatches.Take(Guid dispatch)
    {
        var (dispatches, taken) = State.Dispatches.Take(dispatch, Now);
        if (taken is null)
            return null;
        if (taken.Kind == LetterKind.EmailChangeLink && State.Contact.PendingEmail?.Link != dispatch)
        {
            await Commit(State with { Dispatches = State.Dispatches.Void(dispatch, Now) });
            return null;
        }
        var (next, secret, expiresAt) = await WithSecretFor(taken, State with { Dispatches = dispatches });
        await Commit(next);
        return new(taken.Kind, taken.To, State.Identity!.DisplayName, secret, expiresAt);
    }

    Task IAdherentDispatches.Confirm(Guid dispatch) => Commit(State with { Dispatches = State.Dispatches.Confirm(dispatch, Now) });

    async Task IAdherentDispatches.Fail(Guid dispatch, DeliveryFailure failure)
    {
        var (dispatches, retryAt) = State.Dispatches.Fail(dispatch, failure, policy.MailRetryDelays, Now);
        if (retryAt is not null)
            await queue.Enqueue(Key, dispatch, retryAt);
        await Commit(State with { Dispatches = dispatches });
    }

    async Task IAdherentDispatches.Sweep(bool queueLost)
    {
        var (dispatches, toQueue) = State.Dispatches.Requeue(queueLost, Now);
        foreach (var lost in toQueue)
            await queue.Enqueue(Key, lost.Id, lost.NotBefore > Now ? lost.NotBefore : lost.LeasedUntil);
        await Commit((State with { Dispatches = dispatches }).TidiedAt(Now));
    }

    // Secrets are born here, when their letter is about to leave; from here on only their hashes stay.
    private async Task<(AdherentState, string? Secret, DateTimeOffset? ExpiresAt)> WithSecretFor(Dispatch dispatch, AdherentState state)
    {
        switch (dispatch.Kind)
        {
            case LetterKind.ProvisionalPassword:
                var password = PasswordGenerator.New();
                var salt = state.Credentials.Provisional?.Dispatch == dispatch.Id ? state.Credentials.Provisional.Hashes[0].Salt : null;
                var hash = await hasher.Hash(password, salt);
                var expiresAt = Now + policy.ProvisionalLifetime;
                return (state with { Credentials = state.Credentials.Issue(dispatch.Id, dispatch.To, hash, expiresAt) }, password.Value, expiresAt);

            case LetterKind.EmailChangeLink:
                var secret = RandomSecret.New();
                var contact = state.Contact.WithLink(HashOf(secret), Now);
                return (state with { Contact = contact }, EmailLink.Compose(Key, secret), contact.PendingEmail!.ExpiresAt);

            case LetterKind.EmailChangeRequested:
            case LetterKind.EmailChanged:
                return (state, null, null);

            default:
                throw new ArgumentOutOfRangeException(nameof(dispatch), dispatch.Kind, "A letter of this kind cannot be written.");
        }
    }
}
