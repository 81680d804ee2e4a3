using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Contact;
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

    public override string ToString() => $"note of {Agent}";
}
