using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Space;

namespace MsaOrleans.Grains;

internal sealed partial class AdherentGrain : IAdherentSpace
{
    private const int LastPayments = 3;

    async Task<SpaceHome?> IAdherentSpace.Home(SessionToken session)
    {
        if (!MayUseSpace(session))
            return null;
        var payments = await RegistryIfItAnswers(known => known.Payments(Key));
        return new(
            State.Enrolments.ServiceBundle!,
            payments?.Take(LastPayments).ToList(),
            [.. State.Enrolments.Departments.Select(d => d.Department).Order(StringComparer.Ordinal)],
            State.Credentials.PreviousSignInAt,
            State.Contact.PendingEmail is { } pending && Now < pending.ExpiresAt ? pending.Address : null,
            State.Conversations.HasNews);
    }

    private bool MayUseSpace(SessionToken session) => OpenSession(session) is { } open && State.Due(open) == FirstConnectionStep.None;
}
