using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Caisses;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Interfaces.Space;

namespace MsaOrleans.Grains.Ports;

/// <summary>The caisses' registry of insured persons: not ours, read only, known by pseudonym.</summary>
public interface IInsuredPersonRegistry
{
    /// <summary>What the caisses know of this adherent; nothing when they do not know him.</summary>
    Task<InsuredPerson?> Find(Guid adherent);

    /// <summary>All payments made to this adherent, latest first.</summary>
    Task<IReadOnlyList<Payment>> Payments(Guid adherent);
}

/// <summary>What the caisses know of one insured person.</summary>
/// <param name="BirthName">Family name at birth.</param>
/// <param name="UsedName">Family name in use, when it is another.</param>
/// <param name="GivenNames">In the order of the civil status.</param>
/// <param name="Sex">As the civil status has it.</param>
/// <param name="BirthDate">Birth date; the first day that it may be, which is what papers print, when it is not known whole.</param>
/// <param name="BirthPlaceCode">INSEE code of the commune at birth; nothing for those born abroad.</param>
/// <param name="BirthCountryCode">INSEE code of the country of birth: <c>99100</c> is France.</param>
/// <param name="HealthInsured">Insured for health by the MSA.</param>
/// <param name="CardKind">The carte Vitale he has.</param>
/// <param name="CardSerial">Serial of the carte Vitale, 20 digits, 21 with the check digit; nothing without a card.</param>
/// <param name="Departments">Codes of the departments in which the caisses know him.</param>
/// <param name="Address">Where he lives.</param>
/// <param name="Nir">His number; rows that were imported before it was kept do not tell it.</param>
/// <param name="PresumedBirthDate">The birth date as far as it is known, when that is not the day.</param>
public sealed record InsuredPerson(
    string BirthName,
    string? UsedName,
    IReadOnlyList<string> GivenNames,
    Sex Sex,
    DateOnly BirthDate,
    string? BirthPlaceCode,
    string BirthCountryCode,
    bool HealthInsured,
    CardKind CardKind,
    string? CardSerial,
    IReadOnlyList<string> Departments,
    PostalAddress Address,
    Nir? Nir = null,
    CivilDate? PresumedBirthDate = null)
{
    /// <summary>The caisse of the department he lives in, if he is known there, or of another that he is known in; nothing when he is known in none.</summary>
    public Caisse? Caisse =>
        (Departments.FirstOrDefault(code => Address.PostalCode.StartsWith(code, StringComparison.Ordinal)) ?? (Departments is [var first, ..] ? first : null)) is { } department
            ? CaisseDirectory.CaisseOf(department)
            : null;

    /// <summary>The birth date as the civil status has it.</summary>
    internal CivilDate CivilBirthDate => PresumedBirthDate ?? CivilDate.Of(BirthDate);

    public override string ToString() => "insured person";
}

/// <summary>Kinds of carte Vitale.</summary>
public enum CardKind
{
    None,
    WithPhoto,
    WithoutPhoto,
}
