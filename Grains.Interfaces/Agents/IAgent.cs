using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Sessions;

namespace MsaOrleans.Grains.Interfaces.Agents;

/// <summary>One agent of the hotline, by the key of his login (<see cref="AgentLogin.Key"/>): how he signs in, and what he may do then.</summary>
[Alias("msa.agent")]
public interface IAgent : IGrainWithGuidKey
{
    /// <summary>Tries a password, his own or a provisional one. A login that is nobody's is refused in the same way, after the same work.</summary>
    /// <returns>What leads on to the code, for five minutes; nothing when he is refused: wrong, unknown, expired or locked.</returns>
    [Alias("sign-in")]
    Task<AgentTicket?> SignIn(Password password);

    /// <summary>The sign-in that waits for its code; nothing when it has waited too long, or another has begun.</summary>
    [Alias("pending"), Retriable]
    Task<PendingCode?> Pending(AgentTicket ticket);

    /// <summary>Gives the code of the moment. The first right one enrols the telephone that made it.</summary>
    [Alias("confirm")]
    Task<AgentCodeOutcome> Confirm(AgentTicket ticket, string code, SignInOrigin origin);

    /// <summary>Notes that the session is in use, and says whose it is; nothing when it is over.</summary>
    [Alias("check"), Retriable]
    Task<AgentStatus?> Check(SessionToken session);

    /// <summary>Says whose session it is, and does not prolong it: a page that refreshes itself is nobody at work. Nothing when it is over.</summary>
    [Alias("look"), Retriable]
    Task<AgentStatus?> Look(SessionToken session);

    /// <summary>The forced change: replaces a provisional password. Every session ends; the answer holds a new one.</summary>
    [Alias("personalise")]
    Task<PasswordChangeOutcome> Personalise(SessionToken session, Password chosen);

    /// <summary>The change that he wants: the password he has is asked first, and tries at it count as at the sign-in. Every session ends; the answer holds a new one.</summary>
    [Alias("change")]
    Task<PasswordChangeOutcome> Change(SessionToken session, Password current, Password chosen);

    [Alias("sign-out"), Retriable]
    Task SignOut(SessionToken session);
}

/// <summary>What a browser holds between password and code: 256 random bits. The grain keeps only its hash.</summary>
[GenerateSerializer, Immutable, Alias("msa.agent-ticket")]
public sealed record AgentTicket(string Secret)
{
    public static AgentTicket New() => new(RandomSecret.New());

    public override string ToString() => "agent's ticket";
}

/// <summary>A sign-in that waits for its code.</summary>
/// <param name="Login">Whose.</param>
/// <param name="ToEnrol">The secret to put into the telephone first; nothing once that is done, ever again.</param>
[GenerateSerializer, Immutable, Alias("msa.pending-code")]
public sealed record PendingCode(AgentLogin Login, TotpSecret? ToEnrol);

/// <summary>What came of giving a code.</summary>
[GenerateSerializer, Immutable, Alias("msa.agent-code-outcome")]
public abstract record AgentCodeOutcome
{
    private AgentCodeOutcome() { }

    [GenerateSerializer, Immutable, Alias("msa.agent-code-outcome.signed-in")]
    public sealed record SignedIn(SessionToken Session) : AgentCodeOutcome;

    /// <summary>Wrong, or used before.</summary>
    [GenerateSerializer, Immutable, Alias("msa.agent-code-outcome.wrong")]
    public sealed record Wrong : AgentCodeOutcome;

    /// <summary>The sign-in has waited too long, or too many codes were wrong: it begins again with the password.</summary>
    [GenerateSerializer, Immutable, Alias("msa.agent-code-outcome.over")]
    public sealed record Over : AgentCodeOutcome;
}

/// <summary>An agent who is signed in.</summary>
/// <param name="Login">His login.</param>
/// <param name="Name">As he is called.</param>
/// <param name="Role">What he may do.</param>
/// <param name="MustChangePassword">He came with a provisional password: nothing else is open to him.</param>
/// <param name="Limits">When the session ends.</param>
[GenerateSerializer, Immutable, Alias("msa.agent-status")]
public sealed record AgentStatus(AgentLogin Login, string Name, AgentRole Role, bool MustChangePassword, SessionTimes Limits)
{
    public override string ToString() => $"agent {Login}";
}

/// <summary>What an agent may do. Names are stored: they are a contract.</summary>
public enum AgentRole
{
    /// <summary>Helps callers.</summary>
    Agent,

    /// <summary>That, and sees how the site runs and who did what.</summary>
    Supervisor,
}
