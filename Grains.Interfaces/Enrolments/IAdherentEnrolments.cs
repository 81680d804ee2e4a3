using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Postal;
using MsaOrleans.Grains.Interfaces.Space;

namespace MsaOrleans.Grains.Interfaces.Enrolments;

/// <summary>
/// The departments that are open to an adherent, and his requests for others. Those in which the caisses know him are opened without asking; for
/// any other he asks, and a confidential code reaches him by mail some days later (leaflet: "complément d'inscription").
/// </summary>
[Alias("msa.adherent.enrolments")]
public interface IAdherentEnrolments : IAdherentFacet
{
    /// <summary>His departments and requests; nothing when the session is over or something else is due first.</summary>
    [Alias("read"), Retriable]
    Task<EnrolmentOverview?> Read(SessionToken session);

    /// <summary>Asks for one more department. Asked twice at the same instant it is one request, and one code.</summary>
    /// <param name="session">Who asks.</param>
    /// <param name="department">Code of the department: <c>01</c>, <c>2A</c>.</param>
    /// <param name="acknowledge">
    /// An acknowledgement reaches him as he chose, by mail or on paper. Web servers of the version before do not ask for it, so that no silo of that version meets a row with
    /// something in it that it cannot read.
    /// </param>
    [Alias("request")]
    Task<EnrolmentOutcome> Request(SessionToken session, string department, bool acknowledge = false);

    /// <summary>Takes a request back, and its code with it.</summary>
    /// <returns>Whether there was one to take back.</returns>
    [Alias("cancel")]
    Task<bool> Cancel(SessionToken session, string department);

    /// <summary>
    /// Tries the code of a department. The right one obliges this session to change the password; the department is open once that is done.
    /// </summary>
    [Alias("enter-code")]
    Task<CodeOutcome> EnterCode(SessionToken session, string department, ConfidentialCode code);
}

/// <summary>Where an adherent is enrolled, and where he has asked to be.</summary>
/// <param name="Active">The departments open to him, in the order of their codes.</param>
/// <param name="Requests">His requests, latest first; those that ended long ago are forgotten.</param>
[GenerateSerializer, Immutable, Alias("msa.enrolment-overview")]
public sealed record EnrolmentOverview(IReadOnlyList<ActiveDepartment> Active, IReadOnlyList<EnrolmentRequestSummary> Requests);

/// <summary>A department that is open to an adherent.</summary>
/// <param name="Department">Its code.</param>
/// <param name="Since">Since when.</param>
/// <param name="Origin">How it came to be open.</param>
[GenerateSerializer, Immutable, Alias("msa.active-department")]
public sealed record ActiveDepartment(string Department, DateTimeOffset Since, EnrolmentOrigin Origin);

/// <summary>How a department came to be open. Names are stored: they are a contract.</summary>
public enum EnrolmentOrigin
{
    /// <summary>The caisses know him there.</summary>
    Automatic,

    /// <summary>He asked for it and entered its code.</summary>
    Code,
}

/// <summary>One request for a department.</summary>
/// <param name="Department">Its code.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="RequestedAt">When it was made.</param>
/// <param name="CodeDueAt">When the code is to leave.</param>
/// <param name="CodeSentAt">When the code left.</param>
/// <param name="CodeExpiresAt">Until when the code works.</param>
/// <param name="EndedAt">When it came to its end, whichever.</param>
/// <param name="Copy">Its acknowledgement on paper, if he chose paper.</param>
[GenerateSerializer, Immutable, Alias("msa.enrolment-request-summary")]
public sealed record EnrolmentRequestSummary(
    string Department,
    EnrolmentRequestStatus Status,
    DateTimeOffset RequestedAt,
    DateTimeOffset CodeDueAt,
    DateTimeOffset? CodeSentAt,
    DateTimeOffset? CodeExpiresAt,
    DateTimeOffset? EndedAt,
    PostalCopySummary? Copy = null)
{
    /// <summary>It has not come to its end.</summary>
    public bool IsPending => Status is EnrolmentRequestStatus.Requested or EnrolmentRequestStatus.CodeSent;

    /// <summary>What happened to it, and what is to come, in order.</summary>
    public IEnumerable<RequestStep> Steps =>
    [
        new(RequestStepKind.Made, RequestedAt),
        .. Status == EnrolmentRequestStatus.Requested ? Step(RequestStepKind.CodeDue, CodeDueAt) : [],
        .. Step(RequestStepKind.CodeSent, CodeSentAt),
        .. Step(RequestStepKind.CodeExpires, CodeExpiresAt),
        .. Step(RequestStepKind.Ended, EndedAt),
    ];

    private static IEnumerable<RequestStep> Step(RequestStepKind kind, DateTimeOffset? at) => at is { } moment ? [new(kind, moment)] : [];
}

/// <summary>Where a request for a department stands.</summary>
public enum EnrolmentRequestStatus
{
    /// <summary>Its code has not left yet.</summary>
    Requested,

    /// <summary>Its code is on its way, or there.</summary>
    CodeSent,

    /// <summary>The code was entered and the password changed: the department is open.</summary>
    Activated,

    /// <summary>Meanwhile the caisses know him in that department: it is open without a code.</summary>
    KnownMeanwhile,

    /// <summary>Nobody entered the code in time.</summary>
    Expired,

    /// <summary>Too many wrong codes were entered.</summary>
    Locked,

    /// <summary>It was taken back.</summary>
    Cancelled,

    /// <summary>The mail with the code could not be delivered.</summary>
    Undeliverable,
}

/// <summary>What came of asking for a department.</summary>
public enum EnrolmentOutcome
{
    Requested,

    /// <summary>It is open already.</summary>
    AlreadyActive,

    /// <summary>It has been asked for, and its code is on its way or there.</summary>
    AlreadyRequested,

    /// <summary>There is no such department.</summary>
    UnknownDepartment,

    /// <summary>The session is over, or something else is due first.</summary>
    NotAllowed,

    /// <summary>Five requests have been made within 24 hours, those taken back included.</summary>
    TooMany,
}

/// <summary>What came of entering a code.</summary>
[GenerateSerializer, Immutable, Alias("msa.code-outcome")]
public abstract record CodeOutcome
{
    private CodeOutcome() { }

    /// <summary>It is right: the password must be changed now.</summary>
    [GenerateSerializer, Immutable, Alias("msa.code-outcome.accepted")]
    public sealed record Accepted : CodeOutcome;

    /// <summary>It is not the code of that department.</summary>
    /// <param name="TriesLeft">Tries before the code is void, at least 1.</param>
    [GenerateSerializer, Immutable, Alias("msa.code-outcome.wrong")]
    public sealed record Wrong(int TriesLeft) : CodeOutcome;

    /// <summary>It is right, but for another department of his. No try is counted.</summary>
    [GenerateSerializer, Immutable, Alias("msa.code-outcome.other-department")]
    public sealed record OtherDepartment(string Department) : CodeOutcome;

    /// <summary>Too many tries: the code is void, and another can be asked for.</summary>
    [GenerateSerializer, Immutable, Alias("msa.code-outcome.locked")]
    public sealed record Locked : CodeOutcome;

    /// <summary>It came too late: the code is void, and another can be asked for.</summary>
    [GenerateSerializer, Immutable, Alias("msa.code-outcome.expired")]
    public sealed record Expired : CodeOutcome;

    /// <summary>The code has not been made yet.</summary>
    /// <param name="DueAt">When it is to leave.</param>
    [GenerateSerializer, Immutable, Alias("msa.code-outcome.not-sent-yet")]
    public sealed record NotSentYet(DateTimeOffset DueAt) : CodeOutcome;

    /// <summary>That department is open already.</summary>
    [GenerateSerializer, Immutable, Alias("msa.code-outcome.already-active")]
    public sealed record AlreadyActive : CodeOutcome;

    /// <summary>Nothing was asked for that department, or not any more.</summary>
    [GenerateSerializer, Immutable, Alias("msa.code-outcome.not-requested")]
    public sealed record NotRequested : CodeOutcome;

    /// <summary>The session is over, or something else is due first.</summary>
    [GenerateSerializer, Immutable, Alias("msa.code-outcome.not-allowed")]
    public sealed record NotAllowed : CodeOutcome;
}
