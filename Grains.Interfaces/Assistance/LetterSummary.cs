using MsaOrleans.Grains.Interfaces.Account;

namespace MsaOrleans.Grains.Interfaces.Assistance;

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
