using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Ports;
using Orleans.Concurrency;

namespace MsaOrleans.Grains;

/// <summary>Searches for the hotline: asks whether the agent may, searches, puts it on the record, and only then answers.</summary>
[StatelessWorker, GrainType("adherent-directory")]
internal sealed class AdherentDirectoryGrain(IAdherentSearch search, IAuditTrail trail, TimeProvider clock) : Grain, IAdherentDirectory
{
    private const int Most = 20;

    async Task<SearchOutcome> IAdherentDirectory.Find(SearchQuery query, AgentAct by)
    {
        if (await GrainFactory.GetGrain<ISearchAllowance>(by.Agent).Take() is { } until)
        {
            await Record(SearchRecord.Refused(query, search.FingerprintOf(query)));
            return new SearchOutcome.TooMany(until);
        }
        var found = await search.Find(query, Most);
        await Record(SearchRecord.Answered(query, search.FingerprintOf(query), found));
        return found;

        Task Record(string detail) => trail.Append(new(clock.GetUtcNow(), AuditedAct.Searched, by, Detail: detail));
    }
}

/// <summary>How often one agent, whose login is the key, may still search.</summary>
[Alias("msa.search-allowance")]
public interface ISearchAllowance : IGrainWithStringKey
{
    /// <summary>Takes one search.</summary>
    /// <returns>When he may search again, if he may not now.</returns>
    [Alias("take")]
    Task<DateTimeOffset?> Take();
}

/// <summary>
/// In memory alone: searches are many, each is on the record anyway, and all that is lost with a silo is the count of the last hour.
/// </summary>
[GrainType("search-allowance")]
internal sealed class SearchAllowanceGrain(TimeProvider clock) : Grain, ISearchAllowance
{
    private SearchAllowance allowance = new();

    Task<DateTimeOffset?> ISearchAllowance.Take()
    {
        DelayDeactivation(SearchAllowance.Longest); // idle is not forgotten
        (allowance, var refusedUntil) = allowance.Take(clock.GetUtcNow());
        return Task.FromResult(refusedUntil);
    }
}
