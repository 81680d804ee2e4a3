using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Identity;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Grains.Interfaces.Sessions;

namespace MsaOrleans.Grains.Interfaces.Assistance;

/// <summary>
/// All that an agent sees of an adherent, to be understood in ten seconds: where he stands, then why. No password, code, token, hash or amount is in it;
/// the NIR, e-mail addresses and telephone numbers are masked (<see cref="IAdherentAssistance.Reveal"/>).
/// </summary>
[GenerateSerializer, Immutable, Alias("msa.adherent-file")]
public sealed record AdherentFile
{
    /// <summary>When it was drawn up.</summary>
    [Id(0)] public required DateTimeOffset At { get; init; }

    /// <summary>Where he is stuck, or that he is not.</summary>
    [Id(1)] public required Standing Standing { get; init; }

    /// <summary>Masked; nothing when nobody has typed it here.</summary>
    [Id(2)] public string? Nir { get; init; }

    /// <summary>Whether the caisses' registry could be asked.</summary>
    [Id(3)] public required bool RegistryAnswers { get; init; }

    /// <summary>What the caisses know of him; nothing when they do not know him, or could not be asked.</summary>
    [Id(4)] public RegistryView? Registry { get; init; }

    /// <summary>Latest use first; one for each browser.</summary>
    [Id(5)] public required IReadOnlyList<SignUpSummary> SignUps { get; init; }

    /// <summary>When the terms were accepted; nothing without an account.</summary>
    [Id(6)] public DateTimeOffset? AccountSince { get; init; }

    /// <summary>Latest first; the last twenty.</summary>
    [Id(7)] public required IReadOnlyList<AttemptSummary> Verifications { get; init; }

    [Id(8)] public required GuardSummary VerificationGuard { get; init; }

    [Id(9)] public required GuardSummary SignInGuard { get; init; }

    /// <summary>Latest first.</summary>
    [Id(10)] public required IReadOnlyList<LetterSummary> Letters { get; init; }

    [Id(11)] public required EnrolmentOverview Enrolments { get; init; }

    /// <summary>Latest first; the last twenty.</summary>
    [Id(12)] public required IReadOnlyList<SignInSummary> SignIns { get; init; }

    /// <summary>Latest use first.</summary>
    [Id(13)] public required IReadOnlyList<OpenSessionSummary> OpenSessions { get; init; }

    /// <summary>How he is reached; nothing without an account.</summary>
    [Id(14)] public ContactSummary? Contact { get; init; }

    /// <summary>Latest first.</summary>
    [Id(15)] public required IReadOnlyList<FileNote> Notes { get; init; }

    [Id(16)] public required IReadOnlyList<ClosedAccountRecord> ClosedAccounts { get; init; }

    /// <summary>Provisional passwords that agents may still send him today.</summary>
    [Id(17)] public required int PasswordsLeft { get; init; }

    /// <summary>What would be done now if an agent asked for it. Departments and notes are not among them: their lists say it.</summary>
    [Id(18)] public required IReadOnlyList<AuditedAct> Possible { get; init; }

    /// <summary>All of it in one list, newest first, with what agents looked at and did.</summary>
    [Id(19)] public required IReadOnlyList<TimelineEntry> Timeline { get; init; }

    /// <summary>What he wrote to the MSA and was answered, the last written in first.</summary>
    [Id(20)] public IReadOnlyList<ConversationSummary> Conversations { get; init; } = [];

    /// <summary>Since when he may sign in by FranceConnect; nothing when he may not.</summary>
    [Id(21)] public DateTimeOffset? FranceConnectSince { get; init; }

    public override string ToString() => $"file, {Standing.Kind}";
}

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

/// <summary>What the caisses know, as far as it helps to find out who calls and what he can prove himself with. Neither the card's serial nor an amount.</summary>
/// <param name="BirthName">Family name at birth.</param>
/// <param name="UsedName">Family name in use, when it is another.</param>
/// <param name="GivenNames">In the order of the civil status.</param>
/// <param name="BirthDate">Birth date.</param>
/// <param name="City">Postal code and commune.</param>
/// <param name="Departments">Codes of the departments in which they know him.</param>
/// <param name="HealthInsured">The MSA insures his health.</param>
/// <param name="HasCard">Its serial is known: the card can prove his identity.</param>
/// <param name="HasRecentPayment">He was paid something in the last six months: an amount can prove it.</param>
[GenerateSerializer, Immutable, Alias("msa.registry-view")]
public sealed record RegistryView(
    string BirthName,
    string? UsedName,
    IReadOnlyList<string> GivenNames,
    DateOnly BirthDate,
    string City,
    IReadOnlyList<string> Departments,
    bool HealthInsured,
    bool HasCard,
    bool HasRecentPayment)
{
    public override string ToString() => "registry view";
}

/// <summary>One sign-up under way.</summary>
/// <param name="BegunAt">When its browser typed the number.</param>
/// <param name="LastTouchedAt">When it last answered something.</param>
/// <param name="EraseAt">When it is erased if nothing more happens.</param>
/// <param name="Step">The step that is due.</param>
/// <param name="ProvedAt">When the identity was proved.</param>
/// <param name="FamilyName">As typed.</param>
/// <param name="GivenName">As typed.</param>
/// <param name="BirthDate">As typed.</param>
/// <param name="Email">Masked.</param>
[GenerateSerializer, Immutable, Alias("msa.sign-up-summary")]
public sealed record SignUpSummary(
    DateTimeOffset BegunAt,
    DateTimeOffset LastTouchedAt,
    DateTimeOffset EraseAt,
    SignUpStep Step,
    DateTimeOffset? ProvedAt,
    string? FamilyName,
    string? GivenName,
    DateOnly? BirthDate,
    string? Email)
{
    public override string ToString() => $"sign-up, {Step} due";
}

/// <summary>One attempt to prove his identity; what was tried is not kept.</summary>
/// <param name="At">When.</param>
/// <param name="ByCard">With the carte Vitale; otherwise with a payment.</param>
/// <param name="Matched">Whether it agreed with what the caisses know.</param>
/// <param name="Lock">The lock that it led to.</param>
/// <param name="ByFranceConnect">FranceConnect proved it: neither card nor payment.</param>
[GenerateSerializer, Immutable, Alias("msa.attempt-summary")]
public sealed record AttemptSummary(DateTimeOffset At, bool ByCard, bool Matched, VerificationLock? Lock, bool ByFranceConnect = false);

/// <summary>What keeps people from trying for ever, and how near it is.</summary>
/// <param name="Failures">Since the last lock.</param>
/// <param name="AttemptsLeft">Before the next lock; none while one holds.</param>
/// <param name="Locks">Since the last success.</param>
/// <param name="Lock">The lock that holds.</param>
/// <param name="LastFailureAt">The last failure.</param>
[GenerateSerializer, Immutable, Alias("msa.guard-summary")]
public sealed record GuardSummary(int Failures, int AttemptsLeft, int Locks, VerificationLock? Lock, DateTimeOffset? LastFailureAt);

/// <summary>One mail.</summary>
/// <param name="Kind">Name of its kind, as in <see cref="LetterRecord.Kind"/>.</param>
/// <param name="To">Masked.</param>
/// <param name="RequestedAt">When what it tells of happened.</param>
/// <param name="NotBefore">When it is to leave, or to be tried again.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="SentAt">When it left.</param>
/// <param name="GivenUpAt">When it was decided that it does not leave any more.</param>
/// <param name="Trouble">What came in its way, last.</param>
[GenerateSerializer, Immutable, Alias("msa.letter-summary")]
public sealed record LetterSummary(
    string Kind, string To, DateTimeOffset RequestedAt, DateTimeOffset NotBefore, int Tries, DateTimeOffset? SentAt, DateTimeOffset? GivenUpAt, LetterTrouble? Trouble);

/// <summary>Why a mail has not left, as far as an agent can do something with it. What the relay said may name people, and stays in the state.</summary>
public enum LetterTrouble
{
    /// <summary>There is no such mailbox, or no such domain: the address is wrong.</summary>
    MailboxUnknown,

    MailboxFull,

    /// <summary>The other side takes no mail from us, or takes it for unwanted.</summary>
    Blocked,

    /// <summary>The other side refuses it for good, for another reason.</summary>
    Refused,

    /// <summary>The other side asks for patience: it is tried again.</summary>
    Deferred,

    /// <summary>Our relay cannot write to such an address.</summary>
    AddressUnsupported,

    /// <summary>Our own mail does not leave: not the address's fault.</summary>
    RelayUnavailable,

    /// <summary>A later letter has taken its place.</summary>
    Replaced,

    /// <summary>What it was for was cancelled.</summary>
    Cancelled,

    /// <summary>What it was for has come to its end.</summary>
    NoLongerNeeded,

    Other,
}

/// <summary>How he is reached. Addresses and numbers are masked.</summary>
[GenerateSerializer, Immutable, Alias("msa.contact-summary")]
public sealed record ContactSummary(
    string Email,
    DateTimeOffset? EmailVerifiedAt,
    string? PendingEmail,
    DateTimeOffset? PendingUntil,
    string? MobilePhone,
    string? LandlinePhone,
    DateTimeOffset? ConfirmedAt,
    Reception Reception);

/// <summary>A note that an agent wrote.</summary>
/// <param name="At">When.</param>
/// <param name="Agent">His login.</param>
/// <param name="Text">Plain text, whatever it looks like.</param>
[GenerateSerializer, Immutable, Alias("msa.file-note")]
public sealed record FileNote(DateTimeOffset At, string Agent, string Text)
{
    /// <summary>Characters that a note may have.</summary>
    public const int MaxLength = 1000;
}

/// <summary>One thing that happened, with what there is to say of its kind.</summary>
[GenerateSerializer, Immutable, Alias("msa.timeline-entry")]
public sealed record TimelineEntry
{
    [Id(0)] public required DateTimeOffset At { get; init; }

    [Id(1)] public required TimelineKind Kind { get; init; }

    /// <summary>The proof was the carte Vitale.</summary>
    [Id(2)] public bool ByCard { get; init; }

    /// <summary>The lock that began.</summary>
    [Id(3)] public VerificationLock? Lock { get; init; }

    /// <summary>Kind of the letter.</summary>
    [Id(4)] public string? Letter { get; init; }

    [Id(5)] public LetterTrouble? Trouble { get; init; }

    /// <summary>Code of the department.</summary>
    [Id(6)] public string? Department { get; init; }

    /// <summary>How the request for it ended.</summary>
    [Id(7)] public EnrolmentRequestStatus? Status { get; init; }

    [Id(8)] public SignInMeans? Means { get; init; }

    [Id(9)] public SignInOrigin? Origin { get; init; }

    /// <summary>What an agent did.</summary>
    [Id(10)] public AuditedAct? Act { get; init; }

    /// <summary>Which agent, and why.</summary>
    [Id(11)] public AgentAct? By { get; init; }

    /// <summary>What it was about: the department, the value that was shown, the masked address.</summary>
    [Id(12)] public string? Subject { get; init; }

    /// <summary>What came of it; nothing when nothing can.</summary>
    [Id(13)] public AssistanceOutcome? Outcome { get; init; }

    /// <summary>What the message was about.</summary>
    [Id(14)] public MessageTopic? Topic { get; init; }

    /// <summary>FranceConnect proved his identity.</summary>
    [Id(15)] public bool ByFranceConnect { get; init; }
}

/// <summary>What can have happened to an adherent.</summary>
public enum TimelineKind
{
    SignUpBegun,

    /// <summary>The last answer of a sign-up under way.</summary>
    SignUpTouched,

    IdentityProved,
    IdentityNotMatched,

    /// <summary>The terms were accepted.</summary>
    AccountOpened,

    LetterRequested,
    LetterSent,

    /// <summary>It was tried for the last time, or not wanted any more.</summary>
    LetterGivenUp,

    SignedIn,

    /// <summary>The last wrong password since a right one.</summary>
    SignInFailed,

    /// <summary>A new password was asked for, and a letter with one was owed.</summary>
    PasswordForgotten,

    /// <summary>A new password was asked for with another address, or too often: nothing left.</summary>
    PasswordForgottenInVain,

    /// <summary>He chose the password he has.</summary>
    PasswordChosen,

    EmailVerified,
    ContactConfirmed,
    AddressTold,
    AddressTakenOver,
    DepartmentOpened,
    DepartmentRequested,
    DepartmentCodeSent,

    /// <summary>A request for a department ended without opening it.</summary>
    DepartmentRequestEnded,

    AccountClosed,

    /// <summary>An agent looked or did something.</summary>
    Agent,

    /// <summary>He wrote to the MSA. That he was answered, the agent's doings tell.</summary>
    MessageWritten,

    /// <summary>His account opens to FranceConnect since then.</summary>
    FranceConnectLinked,
}
