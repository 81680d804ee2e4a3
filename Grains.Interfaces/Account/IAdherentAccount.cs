using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Grains.Interfaces.Postal;
using MsaOrleans.Grains.Interfaces.Sessions;
using MsaOrleans.Grains.Interfaces.Space;

namespace MsaOrleans.Grains.Interfaces.Account;

/// <summary>An account as a whole: all that is kept in it, and its end.</summary>
[Alias("msa.adherent.account")]
public interface IAdherentAccount : IAdherentFacet
{
    /// <summary>
    /// All that is kept about him, the password in hand: it holds what proves his identity (RGPD, articles 15 and 20).
    /// </summary>
    [Alias("export")]
    Task<ExportOutcome> Export(SessionToken session, Password password);

    /// <summary>
    /// Closes the account, the password in hand: credentials and contact details are destroyed, sessions end, a mail says so. He may sign up again.
    /// </summary>
    [Alias("close")]
    Task<CloseOutcome> Close(SessionToken session, Password password);

    /// <summary>
    /// What agents of the hotline looked at and did in his file, latest first: when and why, as is his right to know, and not who (CJEU C-579/21, 22 June 2023).
    /// Nothing when the session is over or something else is due first.
    /// </summary>
    [Alias("assistance-record"), Retriable]
    Task<IReadOnlyList<AssistanceTrace>?> AssistanceRecord(SessionToken session);
}

/// <summary>What came of closing an account.</summary>
public enum CloseOutcome
{
    Closed,

    /// <summary>The password is not his.</summary>
    WrongPassword,

    /// <summary>Too many wrong passwords: nothing is looked at for a while.</summary>
    Locked,

    /// <summary>The session is over, or something else is due first.</summary>
    NotAllowed,
}

/// <summary>What came of asking for all that is kept.</summary>
[GenerateSerializer, Immutable, Alias("msa.export-outcome")]
public abstract record ExportOutcome
{
    private ExportOutcome() { }

    [GenerateSerializer, Immutable, Alias("msa.export-outcome.exported")]
    public sealed record Exported(PersonalData Data) : ExportOutcome;

    /// <summary>The password is not his.</summary>
    [GenerateSerializer, Immutable, Alias("msa.export-outcome.wrong-password")]
    public sealed record WrongPassword : ExportOutcome;

    /// <summary>Too many wrong passwords: nothing is looked at for a while.</summary>
    [GenerateSerializer, Immutable, Alias("msa.export-outcome.locked")]
    public sealed record Locked : ExportOutcome;

    /// <summary>The session is over, or something else is due first.</summary>
    [GenerateSerializer, Immutable, Alias("msa.export-outcome.not-allowed")]
    public sealed record NotAllowed : ExportOutcome;
}

/// <summary>All that is kept about an adherent: what he gave, what happened, and our copy of what the caisses know. No password, code or hash is among it.</summary>
[GenerateSerializer, Immutable, Alias("msa.personal-data")]
public sealed record PersonalData
{
    [Id(0)] public required DateTimeOffset At { get; init; }

    [Id(1)] public required Nir Nir { get; init; }

    [Id(2)] public required string BirthName { get; init; }

    [Id(3)] public string? UsedName { get; init; }

    [Id(4)] public required string GivenNames { get; init; }

    [Id(5)] public required DateOnly BirthDate { get; init; }

    [Id(6)] public required DateTimeOffset SignedUpAt { get; init; }

    [Id(7)] public required string TermsVersion { get; init; }

    [Id(8)] public DateTimeOffset? PasswordChangedAt { get; init; }

    [Id(9)] public DateTimeOffset? EmailVerifiedAt { get; init; }

    [Id(10)] public required ContactOverview Contact { get; init; }

    [Id(11)] public required EnrolmentOverview Enrolments { get; init; }

    [Id(12)] public required SessionOverview Sessions { get; init; }

    [Id(13)] public required IReadOnlyList<VerificationRecord> Verifications { get; init; }

    [Id(14)] public required IReadOnlyList<LetterRecord> Letters { get; init; }

    [Id(15)] public RegistryRecord? Registry { get; init; }

    [Id(16)] public required IReadOnlyList<Payment> Payments { get; init; }

    [Id(17)] public required IReadOnlyList<ClosedAccountRecord> ClosedAccounts { get; init; }

    [Id(18)] public required FailureRecord VerificationFailures { get; init; }

    [Id(19)] public required FailureRecord SignInFailures { get; init; }

    /// <summary>When new passwords were asked for, within the last hour.</summary>
    [Id(20)] public required IReadOnlyList<DateTimeOffset> PasswordsAskedFor { get; init; }

    /// <summary>What agents of the hotline noted, latest first.</summary>
    [Id(21)] public IReadOnlyList<NoteRecord> Notes { get; init; } = [];

    /// <summary>What agents of the hotline looked at and did, latest first.</summary>
    [Id(22)] public IReadOnlyList<AssistanceTrace> Assistance { get; init; } = [];

    /// <summary>When agents had a provisional password sent, within the last day.</summary>
    [Id(23)] public IReadOnlyList<DateTimeOffset> PasswordsSentByAgents { get; init; } = [];

    /// <summary>What he wrote to the MSA and was answered, the latest begun first.</summary>
    [Id(24)] public IReadOnlyList<ConversationRecord> Conversations { get; init; } = [];

    [Id(25)] public FranceConnectRecord FranceConnect { get; init; } = new(null, null, null);

    /// <summary>The certificates that are kept, latest first; their files are his to download where they are listed.</summary>
    [Id(26)] public IReadOnlyList<CertificateSummary> Certificates { get; init; } = [];

    /// <summary>What waits to be printed for him, and what was posted to him within a year, latest first.</summary>
    [Id(27)] public IReadOnlyList<PostalCopySummary> PostalCopies { get; init; } = [];

    public override string ToString() => "personal data";
}

/// <summary>Failures that are remembered, so that nobody may try for ever.</summary>
/// <param name="Failures">Since the last lock.</param>
/// <param name="Locks">Since the last success.</param>
/// <param name="Until">End of the last lock.</param>
/// <param name="LastFailureAt">The last one.</param>
[GenerateSerializer, Immutable, Alias("msa.failure-record")]
public sealed record FailureRecord(int Failures, int Locks, DateTimeOffset? Until, DateTimeOffset? LastFailureAt);

/// <summary>One attempt to prove his identity; what was tried is not kept.</summary>
/// <param name="At">When.</param>
/// <param name="ByCard">With the carte Vitale; otherwise with a payment.</param>
/// <param name="Matched">Whether it agreed with what the caisses know.</param>
/// <param name="ByFranceConnect">FranceConnect proved it: neither card nor payment.</param>
[GenerateSerializer, Immutable, Alias("msa.verification-record")]
public sealed record VerificationRecord(DateTimeOffset At, bool ByCard, bool Matched, bool ByFranceConnect = false);

/// <summary>One mail owed or sent; what stood in it is not kept.</summary>
[GenerateSerializer, Immutable, Alias("msa.letter-record")]
public sealed record LetterRecord(string Kind, EmailAddress To, DateTimeOffset RequestedAt, DateTimeOffset? SentAt, DateTimeOffset? GivenUpAt);

/// <summary>By what FranceConnect and the MSA know him from each other.</summary>
/// <param name="Subject">FranceConnect's name for him, by which he signs in here.</param>
/// <param name="LinkedAt">Since when.</param>
/// <param name="VouchedAs">The MSA's name for him, by which other sites know him, once it has vouched for him.</param>
[GenerateSerializer, Immutable, Alias("msa.france-connect-record")]
public sealed record FranceConnectRecord(string? Subject, DateTimeOffset? LinkedAt, Guid? VouchedAs)
{
    public override string ToString() => "FranceConnect record";
}

/// <summary>What our copy of the caisses' registry says of him.</summary>
/// <remarks><c>PresumedBirthDate</c>: the birth date as far as it is known, when the day is not.</remarks>
[GenerateSerializer, Immutable, Alias("msa.registry-record")]
public sealed record RegistryRecord(
    string BirthName,
    string? UsedName,
    IReadOnlyList<string> GivenNames,
    string Sex,
    DateOnly BirthDate,
    string? BirthPlaceCode,
    string BirthCountryCode,
    bool HealthInsured,
    string CardKind,
    string? CardSerial,
    IReadOnlyList<string> Departments,
    PostalAddress Address,
    string? PresumedBirthDate = null)
{
    public override string ToString() => "registry record";
}

/// <summary>An account that he had and closed.</summary>
[GenerateSerializer, Immutable, Alias("msa.closed-account-record")]
public sealed record ClosedAccountRecord(DateTimeOffset OpenedAt, string TermsVersion, DateTimeOffset ClosedAt);

/// <summary>A note that an agent of the hotline wrote about him; which agent is not his to know.</summary>
[GenerateSerializer, Immutable, Alias("msa.note-record")]
public sealed record NoteRecord(DateTimeOffset At, string Text)
{
    public override string ToString() => "note record";
}

/// <summary>A conversation with the MSA.</summary>
/// <param name="Topic">What it is about.</param>
/// <param name="ClosedAt">When the MSA closed it.</param>
/// <param name="Messages">Oldest first.</param>
[GenerateSerializer, Immutable, Alias("msa.conversation-record")]
public sealed record ConversationRecord(MessageTopic Topic, DateTimeOffset? ClosedAt, IReadOnlyList<ReadMessage> Messages)
{
    public override string ToString() => "conversation record";
}

/// <summary>One thing that an agent of the hotline looked at or did in his file.</summary>
/// <param name="At">When.</param>
/// <param name="What">What.</param>
/// <param name="Subject">What it was about: the code of a department, the name of the <see cref="HiddenValue"/> that was shown, or of a <see cref="MessageTopic"/>.</param>
/// <param name="Done">It was done; otherwise it had no effect.</param>
/// <param name="Reason">Why, in the agent's words.</param>
[GenerateSerializer, Immutable, Alias("msa.assistance-trace")]
public sealed record AssistanceTrace(DateTimeOffset At, AuditedAct What, string? Subject, bool Done, string Reason)
{
    public override string ToString() => $"trace of {What}";
}
