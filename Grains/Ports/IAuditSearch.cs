using MsaOrleans.Grains.Interfaces.Assistance;

namespace MsaOrleans.Grains.Ports;

/// <summary>Looks through the record of the hotline.</summary>
public interface IAuditSearch
{
    /// <summary>What is on record, latest first.</summary>
    /// <param name="query">Which entries.</param>
    /// <param name="most">How many at most.</param>
    Task<AuditPage> Search(AuditQuery query, int most);

    /// <summary>The latest entries of one act, latest first.</summary>
    /// <param name="act">Which act.</param>
    /// <param name="from">At this moment or after.</param>
    /// <param name="most">How many at most.</param>
    Task<IReadOnlyList<AuditLine>> Latest(AuditedAct act, DateTimeOffset from, int most);
}
