using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Interfaces.Contact;

/// <summary>Where the MSA reaches an adherent who has an account, and how he wants to be reached.</summary>
[Alias("msa.adherent.contact")]
public interface IAdherentContact : IAdherentFacet
{
    /// <summary>His contact details; nothing when the session is over.</summary>
    [Alias("read"), Retriable]
    Task<ContactCard?> Read(SessionToken session);

    /// <summary>
    /// Confirms the contact details at the first connection, changed or not. Phones change at once. Another e-mail address is used only once a link
    /// sent to it has been opened; the old address is told. This completes the first connection.
    /// </summary>
    [Alias("confirm"), Retriable]
    Task<ContactConfirmation> Confirm(SessionToken session, ContactCard card);

    /// <summary>Uses the secret of a link that was sent to a new e-mail address. It works once, within 24 hours.</summary>
    [Alias("prove-email")]
    Task<EmailProof> ProveEmail(string linkSecret);

    /// <summary>All that his account shows of how he is reached; nothing when the session is over or something else is due first.</summary>
    [Alias("account"), Retriable]
    Task<ContactOverview?> Account(SessionToken session);

    /// <summary>Asks for another e-mail address, the password in hand (ASVS 7.5.1). It is used once its link was opened; the old one is told at once.</summary>
    [Alias("change-email")]
    Task<EmailChangeOutcome> ChangeEmail(SessionToken session, Password password, EmailAddress email);

    /// <summary>Changes the telephone numbers, at once.</summary>
    /// <returns>Whether the session may do so.</returns>
    [Alias("change-phones"), Retriable]
    Task<bool> ChangePhones(SessionToken session, PhoneNumber? mobile, PhoneNumber? landline, PhoneNumber? fax);

    /// <summary>Tells his caisse another postal address. It is the caisse that takes it over: its registry shows it then.</summary>
    /// <returns>Whether the session may do so.</returns>
    [Alias("tell-address"), Retriable]
    Task<bool> TellAddress(SessionToken session, PostalAddress address);

    /// <summary>Chooses how documents and news reach him, at once.</summary>
    /// <returns>Whether the session may do so.</returns>
    [Alias("choose-reception"), Retriable]
    Task<bool> ChooseReception(SessionToken session, Reception reception);
}

/// <summary>Contact details of an adherent.</summary>
[GenerateSerializer, Immutable, Alias("msa.contact-card")]
public sealed record ContactCard(EmailAddress Email, PhoneNumber? MobilePhone, PhoneNumber? LandlinePhone, PhoneNumber? Fax);

/// <summary>How an adherent is reached, as his account shows it.</summary>
/// <param name="Card">Addresses and numbers in use.</param>
/// <param name="PendingEmail">A new e-mail address whose link has not been opened yet.</param>
/// <param name="Reception">How he wants documents and news.</param>
/// <param name="Address">His postal address in the caisses' registry; nothing when it cannot be read.</param>
/// <param name="AddressChanges">What he told his caisse, latest first.</param>
[GenerateSerializer, Immutable, Alias("msa.contact-overview")]
public sealed record ContactOverview(
    ContactCard Card, EmailAddress? PendingEmail, Reception Reception, PostalAddress? Address, IReadOnlyList<AddressChangeSummary> AddressChanges);

/// <summary>One change of address told to the caisse.</summary>
/// <param name="Address">The new address.</param>
/// <param name="ToldAt">When.</param>
/// <param name="TakenOverAt">Since when the registry has it.</param>
/// <param name="ReplacedAt">When another change took its place.</param>
[GenerateSerializer, Immutable, Alias("msa.address-change-summary")]
public sealed record AddressChangeSummary(PostalAddress Address, DateTimeOffset ToldAt, DateTimeOffset? TakenOverAt, DateTimeOffset? ReplacedAt);

/// <summary>How documents and news reach an adherent (leaflet: "mode de réception").</summary>
/// <param name="Documents">His documents.</param>
/// <param name="News">News of the MSA.</param>
[GenerateSerializer, Immutable, Alias("msa.reception")]
public sealed record Reception(ReceptionMode Documents = ReceptionMode.Email, ReceptionMode News = ReceptionMode.Email);

/// <summary>A way to reach an adherent. Names are stored: they are a contract.</summary>
public enum ReceptionMode
{
    Email,
    Paper,
}

/// <summary>What came of confirming contact details.</summary>
public enum ContactConfirmation
{
    Confirmed,

    /// <summary>Confirmed; the new e-mail address waits for its link to be opened.</summary>
    EmailToProve,

    /// <summary>The session is over, or a password change is due first.</summary>
    NotAllowed,
}

/// <summary>What came of opening the link sent to a new e-mail address.</summary>
public enum EmailProof
{
    Changed,

    /// <summary>Altered, used already, replaced by a later request, or older than 24 hours.</summary>
    Invalid,
}

/// <summary>What came of asking for another e-mail address.</summary>
public enum EmailChangeOutcome
{
    /// <summary>A link is on its way to the new address; the old one is told.</summary>
    ToProve,

    /// <summary>It is the address in use; one that waited for its link is dropped.</summary>
    Unchanged,

    /// <summary>The password is not his.</summary>
    WrongPassword,

    /// <summary>Too many wrong passwords: nothing is looked at for a while.</summary>
    Locked,

    /// <summary>The session is over, or something else is due first.</summary>
    NotAllowed,

    /// <summary>Five links have been asked for within 24 hours.</summary>
    TooMany,
}
