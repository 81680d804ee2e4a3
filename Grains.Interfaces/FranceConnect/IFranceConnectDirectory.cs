namespace MsaOrleans.Grains.Interfaces.FranceConnect;

/// <summary>Finds the adherent whom FranceConnect has identified. One for the whole cluster by name, many in truth: key 0.</summary>
[Alias("msa.france-connect-directory")]
public interface IFranceConnectDirectory : IGrainWithIntegerKey
{
    /// <summary>
    /// By the subject if it is kept somewhere; else by the pivot identity in the caisses' registry: birth name and all given names as a clerk compares them,
    /// birth date, sex, place and country.
    /// </summary>
    /// <returns>The pseudonym; nothing when nobody matches, or several do.</returns>
    [Alias("find")]
    Task<Guid?> Find(FranceConnectUser user);
}
