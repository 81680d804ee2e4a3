using MsaOrleans.Grains.Interfaces.Registration;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains.Domain;

/// <summary>Who the adherent is, as the caisses knew him when his account was opened.</summary>
internal sealed record CivilIdentity(string BirthName, string? UsedName, string GivenNames, DateOnly BirthDate)
{
    public static CivilIdentity Of(InsuredPerson person) =>
        new(person.BirthName, person.UsedName, string.Join(' ', person.GivenNames), person.BirthDate);

    /// <summary>Whether somebody who declares this is he: one of the family names, any of the given names, several, or all, and the birth date.</summary>
    internal bool IsOf(ContactDetails declared) =>
        NameMatch.IsFamilyName(declared.FamilyName, BirthName, UsedName)
        && NameMatch.IsGivenName(declared.GivenName, GivenNames.Split(' '))
        && declared.BirthDate == BirthDate;

    /// <summary>Family name in use and first given name, as the leaflet shows it: <c>LAMY FRITZ</c>.</summary>
    internal string DisplayName => $"{UsedName ?? BirthName} {GivenNames.Split(' ')[0]}";

    /// <summary>His names and every word of them, for keeping them out of his password.</summary>
    internal IEnumerable<string> Names =>
        ((string[])[BirthName, UsedName ?? "", .. GivenNames.Split(' ')]).SelectMany(name => name.Split(' ', '-', '\'', '\u2019').Prepend(name));
}
