using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;

namespace MsaOrleans.Grains;

internal sealed partial class AdherentGrain : IAdherentContact
{
    Task<ContactCard?> IAdherentContact.Read(SessionToken session) => Task.FromResult(OpenSession(session) is { IsObliged: false }
        ? new ContactCard(State.Contact.Email!, State.Contact.MobilePhone, State.Contact.LandlinePhone, State.Contact.Fax)
        : null);

    async Task<ContactConfirmation> IAdherentContact.Confirm(SessionToken session, ContactCard card)
    {
        if (OpenSession(session) is not { IsObliged: false })
            return ContactConfirmation.NotAllowed;
        var person = await registry.Find(Key);
        var link = Guid.CreateVersion7(Now);
        var next = State.WithKnownDepartments(person?.Departments ?? [], Now);
        next = next with { Contact = State.Contact.Confirm(card, link, Now), Enrolments = next.Enrolments.Open() };
        if (next.Contact.PendingEmail?.Link != link)
        {
            await Commit(next);
            return next.Contact.PendingEmail is null ? ContactConfirmation.Confirmed : ContactConfirmation.EmailToProve;
        }
        var notice = Guid.CreateVersion7(Now);
        await CommitAndQueue(next with
        {
            Dispatches = next.Dispatches
                .Request(link, LetterKind.EmailChangeLink, card.Email, Now)
                .Request(notice, LetterKind.EmailChangeRequested, State.Contact.Email!, Now),
        });
        return ContactConfirmation.EmailToProve;
    }

    async Task<EmailProof> IAdherentContact.ProveEmail(string linkSecret)
    {
        var (contact, changed) = State.Contact.ProveEmail(HashOf(linkSecret), Now);
        if (!changed)
            return EmailProof.Invalid;
        var notice = Guid.CreateVersion7(Now);
        await CommitAndQueue(State with
        {
            Contact = contact,
            Dispatches = State.Dispatches.Request(notice, LetterKind.EmailChanged, State.Contact.Email!, Now),
        });
        return EmailProof.Changed;
    }
}
