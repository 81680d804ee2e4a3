using MsaOrleans.Grains.Interfaces.Contact;
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
/// <param name="BirthDate">Birth date.</param>
/// <param name="BirthPlaceCode">INSEE code of the commune at birth; nothing for those born abroad.</param>
/// <param name="BirthCountryCode">INSEE code of the country of birth: <c>99100</c> is France.</param>
/// <param name="HealthInsured">Insured for health by the MSA.</param>
/// <param name="CardKind">The carte Vitale he has.</param>
/// <param name="CardSerial">Serial of the carte Vitale, 20 digits, 21 with the check digit; nothing without a card.</param>
/// <param name="Departments">Codes of the departments in which the caisses know him.</param>
/// <param name="Address">Where he lives.</param>
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
    PostalAddress Address)
{
    public override string ToString() => "insured person";
}

/// <summary>Sex of the civil status.</summary>
public enum Sex
{
    Male,
    Female,
}

/// <summary>Kinds of carte Vitale.</summary>
public enum CardKind
{
    None,
    WithPhoto,
    WithoutPhoto,
}
