using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Space;

namespace MsaOrleans.Grains;

internal sealed partial class AdherentGrain : IAdherentSpace
{
    private const int LastPayments = 3;

    // Not stored. Each payment is a seal to open, and whoever looks at one page of them looks at others.
    private PaymentLedger? ledger;

    async Task<SpaceHome?> IAdherentSpace.Home(SessionToken session)
    {
        if (!MayUseSpace(session))
            return null;
        return new(
            State.Enrolments.ServiceBundle!,
            (await Ledger())?.Latest(LastPayments),
            [.. State.Enrolments.Departments.Select(d => d.Department).Order(StringComparer.Ordinal)],
            State.Credentials.PreviousSignInAt,
            State.Contact.PendingEmail is { } pending && Now < pending.ExpiresAt ? pending.Address : null,
            State.Conversations.HasNews);
    }

    async Task<PaymentsOutcome> IAdherentSpace.Payments(SessionToken session, PaymentFilter filter, int page, int lines) =>
        !MayUseSpace(session) ? new PaymentsOutcome.NotAllowed()
        : await Ledger() is { } known ? new PaymentsOutcome.Shown(known.Page(filter, page, lines))
        : new PaymentsOutcome.RegistrySilent();

    Task<IReadOnlyList<SpaceRequest>?> IAdherentSpace.Requests(SessionToken session) => Task.FromResult(MayUseSpace(session) ? SpaceRequests.Of(State, Now) : null);

    private async Task<PaymentLedger?> Ledger() => ledger?.IsFreshAt(Now) == true
        ? ledger
        : ledger = await RegistryIfItAnswers(async known => new PaymentLedger(await known.Payments(Key), Now));

    private bool MayUseSpace(SessionToken session) => OpenSession(session) is { } open && State.Due(open) == FirstConnectionStep.None;
}
