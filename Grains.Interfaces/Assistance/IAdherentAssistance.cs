using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Interfaces.Assistance;

/// <summary>
/// An adherent as the hotline sees him, and what an agent may do for him. Each call is put on the record before it is answered or carried out; when the record
/// cannot be written it throws, and nothing is shown or done. An agent starts things, and never chooses, sees or types what opens the private space (ASVS 6.4.6).
/// Who may call this is for the site to see to: there is no session here.
/// </summary>
[Alias("msa.adherent.assistance")]
public interface IAdherentAssistance : IAdherentFacet
{
    /// <summary>
    /// Where he stands and all that led to it, whether or not he has an account, a sign-up or is known to the caisses. Looking changes nothing that is kept of him.
    /// </summary>
    /// <returns>His file; nothing when no reason is given.</returns>
    [Alias("look")]
    Task<AdherentFile?> Look(AgentAct act);

    /// <summary>Shows in full what the file only shows masked (ASVS 14.2.6).</summary>
    /// <returns>The number or address; nothing when there is none, or no reason is given.</returns>
    [Alias("reveal")]
    Task<string?> Reveal(AgentAct act, HiddenValue what);

    /// <summary>
    /// Ends the lock of the proof of identity. It gives the attempts before the next lock and no more: the locks that were are counted until an identity is proved.
    /// </summary>
    [Alias("unlock-verification")]
    Task<AssistanceOutcome> UnlockVerification(AgentAct act);

    /// <summary>Ends the lock of signing in, as <see cref="UnlockVerification"/> does.</summary>
    [Alias("unlock-sign-in")]
    Task<AssistanceOutcome> UnlockSignIn(AgentAct act);

    /// <summary>
    /// Has a provisional password leave for the address that is kept; one on its way to another is not sent, and one that was sent stops working when the new one
    /// is made. A password of his own stays good until the new one has been used. Five a day for one adherent.
    /// </summary>
    [Alias("send-provisional-password")]
    Task<AssistanceOutcome> SendProvisionalPassword(AgentAct act);

    /// <summary>
    /// Corrects the e-mail address, after the phone check. As long as nobody has read a letter at the old one, the new one takes its place and gets the provisional
    /// password; later it only becomes pending, until the link sent to it was opened. Both addresses are told.
    /// </summary>
    /// <param name="act">Who, and why.</param>
    /// <param name="address">The new address.</param>
    /// <param name="phoneChecked">The agent says that he has made sure, on the telephone, whom he is talking to.</param>
    [Alias("correct-email")]
    Task<AssistanceOutcome> CorrectEmail(AgentAct act, EmailAddress address, bool phoneChecked);

    /// <summary>Ends a request for a department, and its code with it.</summary>
    /// <param name="act">Who, and why.</param>
    /// <param name="department">Code of the department: <c>01</c>, <c>2A</c>.</param>
    [Alias("cancel-department")]
    Task<AssistanceOutcome> CancelDepartment(AgentAct act, string department);

    /// <summary>Has the code of a department leave now.</summary>
    /// <param name="act">Who, and why.</param>
    /// <param name="department">Code of the department: <c>01</c>, <c>2A</c>.</param>
    [Alias("hasten-department")]
    Task<AssistanceOutcome> HastenDepartment(AgentAct act, string department);

    /// <summary>Ends every session, everywhere, at once.</summary>
    [Alias("close-sessions")]
    Task<AssistanceOutcome> CloseSessions(AgentAct act);

    /// <summary>Puts a note on the file. It is plain text, and part of what he gets when he asks for his data.</summary>
    /// <param name="act">Who, and why.</param>
    /// <param name="text">At most <see cref="FileNote.MaxLength"/> characters.</param>
    [Alias("add-note")]
    Task<AssistanceOutcome> AddNote(AgentAct act, string text);
}

/// <summary>What came of what an agent wanted to do. Names are stored: they are a contract.</summary>
public enum AssistanceOutcome
{
    Done,

    /// <summary>No reason was given: nothing was done, and nothing is on the record.</summary>
    ReasonMissing,

    /// <summary>It is so already, or not so any more: another agent, the adherent himself or time was faster.</summary>
    NothingToDo,

    /// <summary>He has no account: he signs up.</summary>
    NoAccount,

    /// <summary>As many as may be have been sent within a day.</summary>
    TooMany,

    /// <summary>The agent has not said that he has made sure whom he is talking to.</summary>
    PhoneNotChecked,

    /// <summary>A note or an answer without words.</summary>
    TextMissing,

    /// <summary>A note longer than <see cref="FileNote.MaxLength"/>, an answer longer than <see cref="Messages.MessageLimits.MaxLength"/>.</summary>
    TextTooLong,

    /// <summary>Another agent has taken the conversation.</summary>
    TakenByAnother,

    /// <summary>The adherent has written more, or the conversation was closed, since the agent looked.</summary>
    ChangedMeanwhile,

    /// <summary>The conversation has as many messages as it may have.</summary>
    Full,
}

/// <summary>What the file shows masked. Names are stored: they are a contract.</summary>
public enum HiddenValue
{
    Nir,
    Email,

    /// <summary>The new address whose link has not been opened yet.</summary>
    PendingEmail,

    /// <summary>The address given in the sign-up that was last under way.</summary>
    DeclaredEmail,

    MobilePhone,
    LandlinePhone,
}
