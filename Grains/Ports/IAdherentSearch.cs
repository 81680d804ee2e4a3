using MsaOrleans.Grains.Interfaces.Assistance;

namespace MsaOrleans.Grains.Ports;

/// <summary>Finds adherents by what they say of themselves, in an index that tells nothing to anyone without the keys.</summary>
public interface IAdherentSearch
{
    /// <summary>Searches those who have a row and those whom only the caisses know.</summary>
    /// <param name="query">By what.</param>
    /// <param name="most">How many to find at most.</param>
    Task<SearchOutcome.Found> Find(SearchQuery query, int most);

    /// <summary>A keyed fingerprint of what is searched, for the record: the same for the same value, of which it tells nothing.</summary>
    string FingerprintOf(SearchQuery query);
}
