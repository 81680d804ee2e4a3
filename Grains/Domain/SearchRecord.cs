using System.Globalization;
using MsaOrleans.Grains.Interfaces.Assistance;

namespace MsaOrleans.Grains.Domain;

/// <summary>What the record of the hotline says of a search, and how it is read again. Entries are never written anew: the words are a contract.</summary>
internal static class SearchRecord
{
    private const string Refusal = "refusée, trop de recherches";
    private const string Nobody = "0 dossier(s)";

    /// <summary>The detail of a search that was refused.</summary>
    public static string Refused(SearchQuery query, string fingerprint) => Detail(query, fingerprint, Refusal);

    /// <summary>The detail of a search that was answered. A number is searched for among all there might be: one that is nobody's counts as nobody found.</summary>
    public static string Answered(SearchQuery query, string fingerprint, SearchOutcome.Found found)
    {
        var people = found.Adherents.Count(adherent => adherent is not { Standing: SearchStanding.NoFile, KnownToCaisses: false });
        return Detail(query, fingerprint, string.Create(CultureInfo.InvariantCulture, $"{people}{(found.More ? " ou plus" : "")} dossier(s)"));
    }

    /// <summary>Each agent's searches: those refused first, then those who found nobody most often.</summary>
    public static IReadOnlyList<AgentSearches> ByAgent(IEnumerable<AuditLine> searches) =>
    [
        .. searches.GroupBy(search => search.By.Agent, StringComparer.Ordinal)
            .Select(agent => new AgentSearches(agent.Key, agent.Count(), agent.Count(search => EndsWith(search, Refusal)), agent.Count(search => EndsWith(search, Nobody))))
            .OrderByDescending(agent => agent.Refused).ThenByDescending(agent => agent.FoundNobody).ThenByDescending(agent => agent.Searches)
            .ThenBy(agent => agent.Agent, StringComparer.Ordinal),
    ];

    private static string Detail(SearchQuery query, string fingerprint, string outcome) => $"{query.Kind} {fingerprint} : {outcome}";

    private static bool EndsWith(AuditLine search, string outcome) => search.Detail?.EndsWith($" : {outcome}", StringComparison.Ordinal) == true;
}
