using MsaOrleans.Grains.Interfaces.Assistance;

namespace MsaOrleans.Grains.Ports;

/// <summary>The record of what agents of the hotline look at and do: only ever added to, each entry bound to the one before.</summary>
public interface IAuditTrail
{
    /// <summary>Puts an entry on the record. It is on disk when this returns; when it fails, what it was for must not be done.</summary>
    Task Append(AuditEntry entry);

    /// <summary>What is on record about an adherent, latest first.</summary>
    /// <param name="adherent">His pseudonym.</param>
    /// <param name="most">How many entries at most.</param>
    Task<IReadOnlyList<AuditEntry>> About(Guid adherent, int most);
}

/// <summary>One entry of the record.</summary>
/// <param name="At">When.</param>
/// <param name="Act">What was done.</param>
/// <param name="By">Who, and why.</param>
/// <param name="Adherent">Pseudonym of the adherent concerned; nothing when there is none.</param>
/// <param name="Detail">What more there is to say: the department, the outcome. Never a secret.</param>
public sealed record AuditEntry(DateTimeOffset At, AuditedAct Act, AgentAct By, Guid? Adherent = null, string? Detail = null);
