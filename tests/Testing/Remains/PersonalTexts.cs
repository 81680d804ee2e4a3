using System.Globalization;
using System.Text.RegularExpressions;

namespace MsaOrleans.Testing.Remains;

/// <summary>How what is personal is written, for whoever looks for it.</summary>
public static partial class PersonalTexts
{
    // Junk that tests type into fields, to see it refused, may stand anywhere.
    private const int LongestTyped = 200;

    /// <summary>All that the caisses' file says of somebody, and what he types.</summary>
    public static void AddPerson(this SecretSearch search, Person person)
    {
        search.AddNir(person.Nir);
        search.AddName(person.FamilyName, person.GivenNames);
        search.AddName(person.UsedName ?? person.FamilyName, person.GivenName);
        search.Add("email", person.Email);
        search.AddSerial(person.CardSerial ?? "");
        search.Add("address", person.AddressLine);
    }

    /// <summary>A number, with and without its blanks.</summary>
    public static void AddNir(this SecretSearch search, string typed)
    {
        var number = Blank().Replace(typed, "");
        if (!Number().IsMatch(number))
            return;
        number = number[..13];
        search.Add("NIR", number);
        foreach (var blank in new[] { ' ', '\u00a0', '\u202f' })
            search.Add("NIR", string.Join(blank, number[..1], number[1..3], number[3..5], number[5..7], number[7..10], number[10..]));
    }

    /// <summary>A field of a form, by its name, with what was typed into it.</summary>
    public static void AddTyped(this SecretSearch search, string field, string? typed)
    {
        if (typed is null or { Length: > LongestTyped })
            return;
        switch (field)
        {
            case "Nir" or "Identifier":
                search.AddNir(typed);
                break;
            case "Email" or "NewEmail" when typed.Contains('@', StringComparison.Ordinal):
                search.Add("email", typed.Trim());
                break;
            case "Password" or "NewPassword" or "ConfirmPassword" or "CurrentPassword":
                search.Add("password", typed);
                break;
            case "MobilePhone" or "LandlinePhone" when Blank().Replace(typed, "") is var digits && Telephone().IsMatch(digits):
                search.Add("telephone", typed);
                search.Add("telephone", digits[1..]);
                break;
            case "CardSerial":
                search.AddSerial(typed);
                break;
            case "AddressLine":
                search.Add("address", typed);
                break;
            case "Code" or "Text" or "Message" or "Reason":
                search.Add(field.ToLower(CultureInfo.InvariantCulture), typed);
                break;
        }
    }

    private static void AddSerial(this SecretSearch search, string serial)
    {
        if (!IsCount(serial))
            search.Add("card serial", serial);
    }

    // One digit over and over, or each the next of the one before: whatever counts has it, and the statistics of a database. The leaflet's card is such a one: it is sought with
    // the digits before it alone, as the caisses have it.
    private static bool IsCount(string serial) =>
        serial.Zip(serial.Skip(1), (one, next) => (next - one + 10) % 10).Distinct().ToList() is [] or [0] or [1];

    private static void AddName(this SecretSearch search, string family, string given)
    {
        foreach (var text in new[] { $"{family} {given}", $"{given} {family}" })
            search.Add("name", text);
    }

    [GeneratedRegex(@"\s")]
    private static partial Regex Blank();

    [GeneratedRegex(@"^[1-8]\d{5}[\dAB]\d{6}(\d\d)?$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^0\d{9}$")]
    private static partial Regex Telephone();
}
