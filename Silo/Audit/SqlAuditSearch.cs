using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Audit;

/// <summary>Looks through the record by what is in clear in it.</summary>
internal sealed class SqlAuditSearch(Database database, AuditChain chain) : IAuditSearch
{
    // The index on times tells where to begin, for entries come in their order: a scan back from the end would not stop where nobody does that any more.
    internal const string LatestQuery =
        "WHERE Sequence >= (SELECT Sequence FROM AuditTrail WHERE At >= @From ORDER BY At, Sequence LIMIT 1) AND Act = @Act ORDER BY Sequence DESC LIMIT @Most";

    public Task<AuditPage> Search(AuditQuery query, int most) => Task.Run(async () =>
    {
        var conditions = Conditions(query).ToList();
        var where = conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", conditions.Select(condition => condition.Sql));
        await using var connection = await database.Reads.OpenConnectionAsync();
        var rows = await AuditSql.Rows(
            connection, null, $"{where} ORDER BY Sequence DESC LIMIT {most + 1}", default, conditions.Select(condition => (condition.Name, condition.Value)));
        var page = rows.Take(most).Select(chain.Read).ToList();
        return new AuditPage(page, rows.Count > most ? page[^1].Sequence : null);
    });

    public Task<IReadOnlyList<AuditLine>> Latest(AuditedAct act, DateTimeOffset from, int most) => Task.Run(async () =>
    {
        await using var connection = await database.Reads.OpenConnectionAsync();
        var rows = await AuditSql.Rows(connection, null, LatestQuery, default, ("From", from.ToUnixTimeMilliseconds()), ("Act", act.ToString()), ("Most", most));
        return (IReadOnlyList<AuditLine>)[.. rows.Select(chain.Read)];
    });

    private static IEnumerable<(string Sql, string Name, object Value)> Conditions(AuditQuery query)
    {
        if (query.Agent is { } agent)
            yield return ("Agent = @Agent", "Agent", agent);
        if (query.Adherent is { } adherent)
            yield return ("Adherent = @Adherent", "Adherent", adherent.ToBytes());
        if (query.Act is { } act)
            yield return ("Act = @Act", "Act", act.ToString());
        if (query.From is { } from)
            yield return ("At >= @From", "From", from.ToUnixTimeMilliseconds());
        if (query.Until is { } until)
            yield return ("At < @Until", "Until", until.ToUnixTimeMilliseconds());
        if (query.Before is { } before)
            yield return ("Sequence < @Before", "Before", before);
    }
}
