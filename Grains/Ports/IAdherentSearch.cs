using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Grains.Interfaces.FranceConnect;

namespace MsaOrleans.Grains.Ports;

/// <summary>Finds adherents by what they say of themselves, in an index that tells nothing to anyone without the keys.</summary>
public interface IAdherentSearch
{
    /// <summary>Searches those who have a row and those whom only the caisses know.</summary>
    /// <param name="query">By what.</param>
    /// <param name="most">How many to find at most.</param>
    Task<SearchOutcome.Found> Find(SearchQuery query, int most);

    /// <summary>Who is linked to this subject of FranceConnect.</summary>
    Task<IReadOnlyList<Guid>> Linked(string subject);

    /// <summary>Who has a certificate with this code.</summary>
    Task<IReadOnlyList<Guid>> Certified(VerificationCode code);

    /// <summary>Whom the caisses know by this civil status.</summary>
    Task<IReadOnlyList<Guid>> Known(PivotIdentity pivot);

    /// <summary>A keyed fingerprint of what is searched, for the record: the same for the same value, of which it tells nothing.</summary>
    string FingerprintOf(SearchQuery query);
}
