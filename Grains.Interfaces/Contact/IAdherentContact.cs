using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Interfaces.Contact;

/// <summary>Where the MSA reaches an adherent who has an account.</summary>
[Alias("msa.adherent.contact")]
public interface IAdherentContact : IAdherentFacet
{
    /// <summary>His contact details; nothing when the session is over.</summary>
    [Alias("read")]
    Task<ContactCard?> Read(SessionToken session);

    /// <summary>
    /// Confirms the contact details at the first connection, changed or not. Phones change at once. Another e-mail address is used only once a link
    /// sent to it has been opened; the old address is told. This completes the first connection.
    /// </summary>
    [Alias("confirm")]
    Task<ContactConfirmation> Confirm(SessionToken session, ContactCard card);

    /// <summary>Uses the secret of a link that was sent to a new e-mail address. It works once, within 24 hours.</summary>
    [Alias("prove-email")]
    Task<EmailProof> ProveEmail(string linkSecret);
}

/// <summary>Contact details of an adherent.</summary>
[GenerateSerializer, Immutable, Alias("msa.contact-card")]
public sealed record ContactCard(EmailAddress Email, PhoneNumber? MobilePhone, PhoneNumber? LandlinePhone, PhoneNumber? Fax);

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
