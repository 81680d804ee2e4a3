namespace MsaOrleans.Grains.Interfaces.Assistance;

/// <summary>Which entries of the record a supervisor wants to see; what is not given narrows nothing.</summary>
/// <param name="Agent">Login of who did it.</param>
/// <param name="Adherent">Pseudonym of whom it concerned.</param>
/// <param name="Act">What was done.</param>
/// <param name="From">At this moment or after.</param>
/// <param name="Until">Before this moment.</param>
/// <param name="Before">Only entries before this sequence number: <see cref="AuditPage.Next"/> of the page before.</param>
[GenerateSerializer, Immutable, Alias("msa.audit-query")]
public sealed record AuditQuery(
    string? Agent = null, Guid? Adherent = null, AuditedAct? Act = null, DateTimeOffset? From = null, DateTimeOffset? Until = null, long? Before = null)
{
    /// <summary>Entries that a page has at most.</summary>
    public const int PageLength = 50;

    /// <summary>Entries that a file has at most. Whoever needs more has the command <c>Silo -- audit export</c>.</summary>
    public const int ExportLength = 5_000;
}

/// <summary>Some entries of the record.</summary>
/// <param name="Lines">Latest first.</param>
/// <param name="Next">Where the next page begins (<see cref="AuditQuery.Before"/>); nothing when there are no more.</param>
[GenerateSerializer, Immutable, Alias("msa.audit-page")]
public sealed record AuditPage(IReadOnlyList<AuditLine> Lines, long? Next);

/// <summary>One entry of the record, as supervisors read it.</summary>
/// <param name="Sequence">Its number: 1 is the first, and none is left out.</param>
/// <param name="At">When, to the millisecond.</param>
/// <param name="Act">What was done; a value without a name when a newer version of this program wrote it.</param>
/// <param name="By">Who, and why; the reason is empty when <paramref name="Legible"/> is false.</param>
/// <param name="Adherent">Pseudonym of the adherent concerned; nothing when there is none.</param>
/// <param name="Detail">What more there is to say.</param>
/// <param name="Legible">Whether what is sealed of it could be opened. If not, it was tampered with, or its key is gone.</param>
[GenerateSerializer, Immutable, Alias("msa.audit-line")]
public sealed record AuditLine(long Sequence, DateTimeOffset At, AuditedAct Act, AgentAct By, Guid? Adherent, string? Detail, bool Legible);
