using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Identity;

namespace MsaOrleans.Grains.Interfaces.Registration;

/// <summary>
/// The sign-up, from the NIR to the accepted terms. It belongs to the browser that began it: every call carries that browser's
/// ticket, and a ticket that owns no draft here learns nothing.
/// </summary>
[Alias("msa.adherent.registration")]
public interface IAdherentRegistration : IAdherentFacet
{
    /// <summary>Opens a draft for this browser, or finds again the one it has.</summary>
    [Alias("begin"), Retriable]
    Task<BeginOutcome> Begin(SignUpTicket ticket, Nir nir);

    /// <summary>Where this browser's draft stands; nothing when it has none (never begun, erased, or somebody else finished).</summary>
    [Alias("progress"), Retriable]
    Task<RegistrationProgress?> Progress(SignUpTicket ticket);

    /// <summary>Keeps who he says he is and how to reach him. Another name or birth date asks for another proof of identity.</summary>
    [Alias("declare"), Retriable]
    Task<DeclareOutcome> Declare(SignUpTicket ticket, ContactDetails details);

    /// <summary>Keeps whether he is insured for health by the MSA, which decides which proof is asked.</summary>
    /// <returns>Whether this browser has a draft here.</returns>
    [Alias("answer-health-insurance"), Retriable]
    Task<bool> AnswerHealthInsurance(SignUpTicket ticket, bool insured);

    /// <summary>Accepts the terms and opens the account; the letter with the provisional password is owed from then on. Asked twice, it answers the same.</summary>
    [Alias("complete"), Retriable]
    Task<CompletionOutcome> Complete(SignUpTicket ticket, string termsVersion);

    /// <summary>Erases this browser's draft. Failed verifications stay counted.</summary>
    [Alias("abandon"), Retriable]
    Task Abandon(SignUpTicket ticket);
}

/// <summary>What came of typing a NIR.</summary>
public enum BeginOutcome
{
    Begun,

    /// <summary>This adherent has an account: he signs in.</summary>
    AccountExists,
}

/// <summary>What came of giving one's contact details.</summary>
public enum DeclareOutcome
{
    Accepted,

    /// <summary>The NIR tells another year or month of birth: a slip of the pen, no attempt is counted.</summary>
    BirthDateContradictsNir,

    /// <summary>This browser has no draft here.</summary>
    NoDraft,
}

/// <summary>What came of accepting the terms.</summary>
public enum CompletionOutcome
{
    Completed,

    /// <summary>The identity is not proved yet.</summary>
    NotProved,

    /// <summary>This browser has no draft here, or another one has finished first.</summary>
    NoDraft,
}

/// <summary>Who an adherent says he is, and where the MSA reaches him.</summary>
/// <param name="FamilyName">Birth name or name in use, as typed.</param>
/// <param name="GivenName">One or all of his given names, as typed.</param>
/// <param name="BirthDate">His birth date.</param>
/// <param name="Email">Where the provisional password goes.</param>
/// <param name="MobilePhone">Optional.</param>
[GenerateSerializer, Immutable, Alias("msa.contact-details")]
public sealed record ContactDetails(string FamilyName, string GivenName, DateOnly BirthDate, EmailAddress Email, PhoneNumber? MobilePhone)
{
    /// <summary>Longest name kept, in characters.</summary>
    public const int MaxNameLength = 100;

    public override string ToString() => "contact details";
}

/// <summary>Where a sign-up stands.</summary>
/// <param name="Nir">The number typed.</param>
/// <param name="Details">What was declared, once it was.</param>
/// <param name="HealthInsured">The answer on health insurance, once given.</param>
/// <param name="Proved">The identity is proved.</param>
/// <param name="Completed">The terms are accepted: the account exists.</param>
/// <param name="Lock">Verification is suspended.</param>
/// <param name="Known">Whom FranceConnect has proved, when it did: he is declared with these names and this birth date, or with others proves himself anew.</param>
[GenerateSerializer, Immutable, Alias("msa.registration-progress")]
public sealed record RegistrationProgress(Nir Nir, ContactDetails? Details, bool? HealthInsured, bool Proved, bool Completed, VerificationLock? Lock, KnownPerson? Known = null);

/// <summary>Whom FranceConnect has proved, as the caisses know him.</summary>
/// <param name="FamilyName">Family name at birth.</param>
/// <param name="GivenNames">All of them, a blank between them.</param>
/// <param name="BirthDate">Birth date.</param>
/// <param name="Email">Where FranceConnect reaches him: he may like another.</param>
[GenerateSerializer, Immutable, Alias("msa.known-person")]
public sealed record KnownPerson(string FamilyName, string GivenNames, DateOnly BirthDate, EmailAddress? Email)
{
    public override string ToString() => "known person";
}
