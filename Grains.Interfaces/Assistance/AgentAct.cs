namespace MsaOrleans.Grains.Interfaces.Assistance;

/// <summary>Who at the hotline looks at something or does something, and why: asked of him each time, and kept on the record.</summary>
/// <param name="Agent">His login.</param>
/// <param name="Reason">In his words, never empty.</param>
/// <param name="CallReference">Of the call that he answers, when there is one.</param>
[GenerateSerializer, Immutable, Alias("msa.agent-act")]
public sealed record AgentAct(string Agent, string Reason, string? CallReference = null)
{
    /// <summary>In the place of a login, which it has none: the silo itself, at its command line or by the clock.</summary>
    public const string Silo = "Silo";

    /// <summary>Characters that a reason may have.</summary>
    public const int MaxReasonLength = 500;

    /// <summary>Characters that a call reference may have.</summary>
    public const int MaxReferenceLength = 50;

    public override string ToString() => $"act of {Agent}";
}

/// <summary>What an agent can do that is put on the record. Names are stored: they are a contract.</summary>
public enum AuditedAct
{
    /// <summary>Signed in.</summary>
    SignedIn,

    /// <summary>Was refused at the sign-in: password or code.</summary>
    SignInRefused,

    SignedOut,

    /// <summary>Searched for somebody; what he typed is kept as a keyed fingerprint only.</summary>
    Searched,

    /// <summary>Looked at an adherent's file.</summary>
    Looked,

    /// <summary>Had a number or an address shown in full.</summary>
    Revealed,

    UnlockedVerification,
    UnlockedSignIn,
    SentProvisionalPassword,
    CorrectedEmail,
    CancelledDepartmentCode,
    HastenedDepartmentCode,
    ClosedSessions,

    /// <summary>Wrote a note on the file.</summary>
    AddedNote,

    /// <summary>Answered a message, and closed the conversation with it or not.</summary>
    AnsweredMessage,

    /// <summary>Read or exported this record.</summary>
    ReadAudit,

    /// <summary>Made, changed or removed an agent, by the command line.</summary>
    ChangedAgent,

    /// <summary>Put another pseudonym key in the place of the one before, by the command line: the record goes on under it.</summary>
    ChangedPseudonymKey,

    /// <summary>Chose another password of his own.</summary>
    ChangedPassword,

    /// <summary>Read what an adherent wrote, and what he was answered.</summary>
    ReadMessage,

    /// <summary>Took a conversation, so that no other agent answers it meanwhile.</summary>
    TookMessage,

    /// <summary>Left a conversation that he had taken to others.</summary>
    GaveBackMessage,

    /// <summary>Closed a conversation without an answer.</summary>
    ClosedMessage,

    /// <summary>Opened a file that an adherent sent with a message.</summary>
    OpenedAttachment,

    /// <summary>Put letters of an adherent's into a batch to be printed.</summary>
    PreparedLetters,

    /// <summary>Printed letters of an adherent's.</summary>
    PrintedLetters,

    /// <summary>Said that letters of an adherent's have been posted.</summary>
    PostedLetters,

    /// <summary>Erased what is older than the record is kept. The detail begins with the last entry that was erased, which the first one kept is bound to.</summary>
    ErasedOld,
}
