using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;

namespace MsaOrleans.Grains.Interfaces.Postal;

/// <summary>
/// What an adherent is to get on paper ("copie papier"), for the agents who print and post it. But for <see cref="Waiting"/>, which shows neither words nor names, each
/// call is put on the record before it is answered or carried out, as in <see cref="IAdherentAssistance"/>; and like there, who may call this is for the site to see to.
/// </summary>
[Alias("msa.adherent.postal-copies")]
public interface IAdherentPostalCopies : IAdherentFacet
{
    /// <summary>The copies that have not been posted, the longest waiting first.</summary>
    [Alias("waiting"), Retriable]
    Task<IReadOnlyList<WaitingCopy>> Waiting();

    /// <summary>Puts copies that are in no batch into this one, the longest waiting first.</summary>
    /// <param name="act">Who, and why.</param>
    /// <param name="batch">Which.</param>
    /// <param name="most">How many at most.</param>
    /// <returns>How many; none when there was none any more, which is on no record, or no reason is given.</returns>
    [Alias("prepare")]
    Task<int> Prepare(AgentAct act, PostalBatch batch, int most);

    /// <summary>The letters of a batch that have not been posted, and from now on count as printed. May be asked as often as a printer fails.</summary>
    /// <returns>PDFs, the longest waiting first; none when there is none any more, or no reason is given.</returns>
    [Alias("print")]
    Task<IReadOnlyList<byte[]>> Print(AgentAct act, PostalBatch batch);

    /// <summary>The letters of a batch have been posted. Those that were never printed stay in it.</summary>
    /// <returns>How many; none when another agent was faster, the account is closed, or no reason is given.</returns>
    [Alias("post")]
    Task<int> Post(AgentAct act, PostalBatch batch);
}

/// <summary>What is copied onto paper. Names are stored: they are a contract.</summary>
public enum PostalCopyKind
{
    /// <summary>A certificate that he made.</summary>
    Certificate,

    /// <summary>That his request for another department has come in ("accusé de réception").</summary>
    Acknowledgement,
}

/// <summary>A copy in the queue of the agents.</summary>
/// <param name="Kind">Of what.</param>
/// <param name="Since">Since when it waits.</param>
/// <param name="Preparation">Of the batch that it is in.</param>
[GenerateSerializer, Immutable, Alias("msa.waiting-copy")]
public sealed record WaitingCopy(PostalCopyKind Kind, DateTimeOffset Since, PostalPreparation? Preparation);

/// <summary>An agent has put copies into a batch.</summary>
/// <param name="Batch">Which.</param>
/// <param name="Agent">His login.</param>
/// <param name="At">When.</param>
/// <param name="PrintedAt">When they were last printed.</param>
[GenerateSerializer, Immutable, Alias("msa.postal-preparation")]
public sealed record PostalPreparation(PostalBatch Batch, string Agent, DateTimeOffset At, DateTimeOffset? PrintedAt);

/// <summary>A copy on paper, for him whom it goes to.</summary>
/// <param name="Kind">Of what.</param>
/// <param name="RequestedAt">Since when it waits, or waited.</param>
/// <param name="PostedAt">When it was posted; nothing: it is yet to be printed.</param>
[GenerateSerializer, Immutable, Alias("msa.postal-copy-summary")]
public sealed record PostalCopySummary(PostalCopyKind Kind, DateTimeOffset RequestedAt, DateTimeOffset? PostedAt);
