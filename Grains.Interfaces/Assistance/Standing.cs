using MsaOrleans.Grains.Interfaces.Credentials;

namespace MsaOrleans.Grains.Interfaces.Assistance;

/// <summary>Where he stands, at one glance.</summary>
/// <param name="Kind">Where.</param>
/// <param name="Since">Since when; nothing when nothing ever happened.</param>
/// <param name="Until">Until when by itself: the end of the lock or of the provisional password.</param>
/// <param name="SignUp">The step that is due in the sign-up.</param>
/// <param name="FirstConnection">The step that is due in the first connection.</param>
/// <param name="Trouble">Why the letter with the provisional password has not arrived.</param>
[GenerateSerializer, Immutable, Alias("msa.standing")]
public sealed record Standing(
    StandingKind Kind,
    DateTimeOffset? Since,
    DateTimeOffset? Until = null,
    SignUpStep? SignUp = null,
    FirstConnectionStep? FirstConnection = null,
    LetterTrouble? Trouble = null);

/// <summary>Where an adherent can stand.</summary>
public enum StandingKind
{
    /// <summary>The caisses do not know this number: no proof of identity can ever match.</summary>
    UnknownToCaisses,

    /// <summary>The caisses know him; nobody has begun a sign-up, or none is left.</summary>
    NeverBegun,

    SignUpUnderWay,

    /// <summary>Too many proofs of identity did not match; without an end, only the hotline unlocks.</summary>
    VerificationLocked,

    /// <summary>The letter with the provisional password is queued, perhaps after failures.</summary>
    AwaitingPasswordMail,

    /// <summary>That letter was given up.</summary>
    PasswordMailFailed,

    /// <summary>That letter has left; nobody has used its password yet.</summary>
    PasswordMailSent,

    ProvisionalPasswordExpired,

    FirstConnectionUnfinished,

    /// <summary>His space is open to him.</summary>
    InSpace,

    SignInLocked,

    AccountClosed,
}

/// <summary>The step that is due in a sign-up, in their order.</summary>
public enum SignUpStep
{
    /// <summary>The number was typed; who he is was not.</summary>
    ContactDetails,

    /// <summary>Whether the MSA insures his health.</summary>
    HealthInsurance,

    /// <summary>The carte Vitale or a payment.</summary>
    Proof,

    /// <summary>Proved: the terms are to be accepted.</summary>
    Terms,
}
