using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Interfaces.FranceConnect;

/// <summary>
/// The <em>identité pivot</em>: who somebody is by his civil status, as FranceConnect passes it on (arrêté du 8 novembre 2018). It shows itself without
/// what it says.
/// </summary>
/// <param name="FamilyName">Family name at birth.</param>
/// <param name="GivenNames">All given names, in the order of the civil status, a blank between them.</param>
/// <param name="BirthDate">Birth date, as far as it is known.</param>
/// <param name="Sex">As the civil status has it.</param>
/// <param name="BirthPlace">INSEE code of the commune at birth; empty for those born abroad.</param>
/// <param name="BirthCountry">INSEE code of the country of birth: <see cref="France"/>, or another.</param>
/// <param name="PreferredUsername">Family name in use, when it is another.</param>
/// <param name="Email">Where he is reached; FranceConnect always passes one on.</param>
[GenerateSerializer, Immutable, Alias("msa.pivot-identity")]
public sealed record PivotIdentity(
    string FamilyName, string GivenNames, CivilDate BirthDate, Sex Sex, string BirthPlace, string BirthCountry, string? PreferredUsername, EmailAddress? Email)
{
    public const string France = "99100";

    public override string ToString() => "pivot identity";
}
