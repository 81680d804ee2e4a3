using System.Text.RegularExpressions;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Caisses;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Silo.Registry;

/// <summary>Reads lines of <c>adherents.csv</c>.</summary>
internal sealed partial class AdherentReader(AdherentKeys keys, DateOnly today) : RecordReader(Columns, keys, today)
{
    public const string Columns =
        "nir;birth_name;used_name;given_names;sex;birth_date;birth_place_code;birth_country_code;health_insured;card_kind;card_serial;departments;address_line;postal_code;city";

    private const int LongestName = 100;
    private const int LongestAddress = 200;

    protected override RegistryRow Read(Guid adherent, RecordCells cells)
    {
        var cardKind = cells.OneOf("card_kind", ("none", CardKind.None), ("with-photo", CardKind.WithPhoto), ("without-photo", CardKind.WithoutPhoto));
        var birth = cells.PresumedDate("birth_date");
        var person = new InsuredPerson(
            cells.Text("birth_name", LongestName),
            cells.OptionalText("used_name", LongestName),
            cells.Text("given_names", LongestName).Split(' ', StringSplitOptions.RemoveEmptyEntries),
            cells.OneOf("sex", ("M", Sex.Male), ("F", Sex.Female)),
            birth.FirstDay,
            cells.OptionalShaped("birth_place_code", PlaceCode()),
            cells.Shaped("birth_country_code", CountryCode()),
            cells.OneOf("health_insured", ("yes", true), ("no", false)),
            cardKind,
            CardSerial(cardKind, cells),
            Departments(cells),
            new(cells.Text("address_line", LongestAddress), cells.Shaped("postal_code", PostalCode()), cells.Text("city", LongestName)),
            Nir.Parse(cells["nir"]),
            birth.IsComplete ? null : birth);
        return new(adherent, RegistryProtection.Write(person)) { Person = person };
    }

    private static string? CardSerial(CardKind kind, RecordCells cells)
    {
        if (kind != CardKind.None)
            return cells.Shaped("card_serial", Serial());
        if (cells["card_serial"] is not "")
            cells.Refuse("card_serial", "given without a card");
        return null;
    }

    private static string[] Departments(RecordCells cells)
    {
        var codes = cells["departments"].Split('|');
        if (codes.Any(code => CaisseDirectory.CaisseOf(code) is null))
            cells.Refuse("departments", "not known to any caisse");
        if (codes.Distinct().Count() < codes.Length)
            cells.Refuse("departments", "one given twice");
        return codes;
    }

    [GeneratedRegex(@"\A(\d{2}|2A|2B)\d{3}\z", RegexOptions.ECMAScript)]
    private static partial Regex PlaceCode();

    [GeneratedRegex(@"\A99\d{3}\z", RegexOptions.ECMAScript)]
    private static partial Regex CountryCode();

    [GeneratedRegex(@"\A\d{20,21}\z", RegexOptions.ECMAScript)]
    private static partial Regex Serial();

    [GeneratedRegex(@"\A\d{5}\z", RegexOptions.ECMAScript)]
    private static partial Regex PostalCode();
}
