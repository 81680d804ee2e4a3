using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;

namespace MsaOrleans.Grains;

internal sealed partial class AdherentGrain : IAdherentContact
{
    Task<ContactCard?> IAdherentContact.Read(SessionToken session) =>
        Task.FromResult(OpenSession(session) is { IsObliged: false } ? State.Contact.Card : null);

    async Task<ContactConfirmation> IAdherentContact.Confirm(SessionToken session, ContactCard card)
    {
        if (OpenSession(session) is not { IsObliged: false })
            return ContactConfirmation.NotAllowed;
        var person = await RegistryIfItAnswers();
        var link = Guid.CreateVersion7(Now);
        var next = State.WithKnownDepartments(person?.Departments ?? [], Now);
        await CommitAndQueue(await WithLettersAboutEmail(next with { Contact = State.ContactWithoutDeadLink.Confirm(card, link, Now), Enrolments = next.Enrolments.Open() }, link));
        return State.Contact.PendingEmail is null ? ContactConfirmation.Confirmed : ContactConfirmation.EmailToProve;
    }

    async Task<EmailProof> IAdherentContact.ProveEmail(string linkSecret)
    {
        var (contact, changed) = State.Contact.ProveEmail(SecretHash.Of(linkSecret), Now);
        if (!changed)
            return EmailProof.Invalid;
        await CommitAndQueue(State with
        {
            Contact = contact,
            // Whoever reads the old mailbox keeps no way in.
            Credentials = State.Credentials with { Provisional = null },
            Sessions = State.Sessions.CloseProvisional(),
            Dispatches = State.Dispatches.VoidPasswords(Now).Request(Guid.CreateVersion7(Now), LetterKind.EmailChanged, State.Contact.Email!, Now),
        });
        return EmailProof.Changed;
    }

    async Task<ContactOverview?> IAdherentContact.Account(SessionToken session) =>
        MayUseSpace(session) ? ContactOverviewWith((await RegistryIfItAnswers())?.Address) : null;

    async Task<EmailChangeOutcome> IAdherentContact.ChangeEmail(SessionToken session, Password password, EmailAddress email)
    {
        if (!MayUseSpace(session))
            return EmailChangeOutcome.NotAllowed;
        switch (await Reauthenticate(password))
        {
            case Reauthentication.WrongPassword:
                return EmailChangeOutcome.WrongPassword;
            case Reauthentication.Locked:
                return EmailChangeOutcome.Locked;
        }
        var link = Guid.CreateVersion7(Now);
        var contact = State.ContactWithoutDeadLink.ChangeEmail(email, link, Now);
        if (contact.PendingEmail?.Link == link && !EmailChange.MayBeAsked(State.Dispatches, Now))
            return EmailChangeOutcome.TooMany;
        await CommitAndQueue(await WithLettersAboutEmail(State with { Contact = contact }, link));
        return State.Contact.PendingEmail is null ? EmailChangeOutcome.Unchanged : EmailChangeOutcome.ToProve;
    }

    Task<bool> IAdherentContact.ChangePhones(SessionToken session, PhoneNumber? mobile, PhoneNumber? landline, PhoneNumber? fax) =>
        ChangeContact(session, () => State with { Contact = State.Contact.WithPhones(mobile, landline, fax) });

    Task<bool> IAdherentContact.TellAddress(SessionToken session, PostalAddress address) =>
        ChangeContact(session, () => State with { Contact = State.Contact with { AddressChanges = State.Contact.AddressChanges.Tell(address, Now) } });

    Task<bool> IAdherentContact.ChooseReception(SessionToken session, Reception reception) =>
        ChangeContact(session, () => State with { Contact = State.Contact with { Reception = reception } });

    private async Task<bool> ChangeContact(SessionToken session, Func<AdherentState> change)
    {
        if (!MayUseSpace(session))
            return false;
        await Commit(change());
        return true;
    }

    // A link for the new address and a word to the old one, unless a link is on its way already or nothing changes.
    private async Task<AdherentState> WithLettersAboutEmail(AdherentState next, Guid link) => next.Contact.PendingEmail?.Link != link ? next : next with
    {
        Dispatches = next.Dispatches
            .Request(link, LetterKind.EmailChangeLink, next.Contact.PendingEmail.Address, Now, await MailboxOf(next.Contact.PendingEmail.Address).Reserve())
            .Request(Guid.CreateVersion7(Now), LetterKind.EmailChangeRequested, next.Contact.Email!, Now),
    };

    private ContactOverview ContactOverviewWith(PostalAddress? address) => new(
        State.Contact.Card,
        State.Contact.PendingEmail is { } pending && Now < pending.ExpiresAt ? pending.Address : null,
        State.Contact.Reception,
        address,
        [.. State.Contact.AddressChanges.All.Reverse().Select(c => new AddressChangeSummary(c.Address, c.ToldAt, c.TakenOverAt, c.ReplacedAt))]);
}
