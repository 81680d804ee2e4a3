using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains.Domain;

/// <summary>The <em>identité pivot</em> of FranceConnect against what the caisses know, and made of it.</summary>
internal static class PivotMatch
{
    /// <summary>
    /// Whether it is the same person: birth name, given names, birth date, sex, and where he was born. The name in use and the address do not count: they change.
    /// </summary>
    public static bool Agrees(InsuredPerson person, PivotIdentity pivot) =>
        NameMatch.IsFamilyName(pivot.FamilyName, person.BirthName, usedName: null)
        && AreGivenNames(Words(pivot.GivenNames), person.GivenNames)
        // FranceConnect may complete a date that nobody knows whole, by its first day (idp_birthdate is the one left as it was), or not; the caisses likewise.
        && pivot.BirthDate.FirstDay == person.BirthDate
        && pivot.Sex == person.Sex
        && pivot.BirthCountry == person.BirthCountryCode
        && (pivot.BirthCountry != PivotIdentity.France || pivot.BirthPlace == person.BirthPlaceCode);

    /// <summary>Who he is by what the caisses know; nothing without the commune that FranceConnect asks of whoever was born in France.</summary>
    public static PivotIdentity? Of(InsuredPerson person, EmailAddress email) =>
        person is { BirthCountryCode: PivotIdentity.France, BirthPlaceCode: null } ? null : new(
            person.BirthName,
            string.Join(' ', person.GivenNames),
            person.CivilBirthDate,
            person.Sex,
            person.BirthCountryCode == PivotIdentity.France ? person.BirthPlaceCode! : "",
            person.BirthCountryCode,
            person.UsedName,
            email);

    /// <summary>
    /// All of them, in the order of the civil status; of the longer list, as many as the shorter has. FranceConnect tells what the RNIPP has, which is all;
    /// the caisses' files may have fewer. A hyphen or a blank does not count: JEAN PIERRE is Jean-Pierre.
    /// </summary>
    private static bool AreGivenNames(IReadOnlyList<string> told, IReadOnlyList<string> known) => Begin(told, known) || Begin(known, told);

    private static bool Begin(IReadOnlyList<string> few, IReadOnlyList<string> many)
    {
        var all = NameMatch.Fold(string.Concat(few));
        var begun = "";
        foreach (var name in many)
        {
            begun += NameMatch.Fold(name);
            if (begun.Length > 0 && begun == all)
                return true;
        }
        return false;
    }

    private static string[] Words(string names) => names.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
