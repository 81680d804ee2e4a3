namespace MsaOrleans.Grains.Interfaces;

/// <summary>
/// One adherent of the MSA, seen through one of his capabilities. Every facet is a view of the same grain, whose key is
/// the pseudonym that <see cref="Adherents.AdherentKeys"/> derives from his NIR.
/// </summary>
[Alias("msa.adherent")]
public interface IAdherentFacet : IGrainWithGuidKey;
