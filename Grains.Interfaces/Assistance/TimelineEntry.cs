using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Identity;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Grains.Interfaces.Sessions;

namespace MsaOrleans.Grains.Interfaces.Assistance;

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
