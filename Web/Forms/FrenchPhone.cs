using PhoneNumbers;
using PhoneNumber = MsaOrleans.Grains.Interfaces.Adherents.PhoneNumber;

namespace MsaOrleans.Web.Forms;

/// <summary>Telephone numbers in every form usual in France (<c>06 12 34 56 78</c>, <c>+33 6…</c>, <c>0033 (0)6…</c>), overseas departments included.</summary>
public static class FrenchPhone
{
    private const int LongestReadable = 40;

    // Guadeloupe, Martinique, Guyane, La Réunion, Mayotte, Saint-Pierre-et-Miquelon, Saint-Barthélemy, Saint-Martin: people there dial ten digits too.
    private static readonly string[] frenchRegions = ["FR", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF"];

    /// <summary>Reads a number of the kinds wanted; empty text is no number and no fault.</summary>
    /// <returns>The number, or what to tell the visitor.</returns>
    public static (PhoneNumber? Number, string? Fault) Read(string? typed, PhoneKind kind)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return (null, null);
        var fault = kind switch
        {
            PhoneKind.Mobile => "Ce n’est pas un numéro de téléphone mobile. Écrivez-le avec dix chiffres, par exemple 06 12 34 56 78, ou laissez vide.",
            PhoneKind.Landline => "Ce n’est pas un numéro de téléphone. Écrivez-le avec dix chiffres, par exemple 03 88 12 34 56, ou laissez vide.",
        };
        if (typed.Length > LongestReadable || typed.Any(char.IsLetter))
            return (null, fault);
        var numbers = PhoneNumberUtil.GetInstance();
        foreach (var region in frenchRegions)
        {
            // Some foreign numbers are longer than E.164 has them.
            if (TryParse(numbers, typed, region) is { } parsed && numbers.IsValidNumber(parsed) && IsOfKind(numbers.GetNumberType(parsed), kind)
                && PhoneNumber.TryParse(numbers.Format(parsed, PhoneNumberFormat.E164), out var number))
                return (number, null);
        }
        return (null, fault);
    }

    /// <summary>As people in France write it: <c>06 12 34 56 78</c>; with its country code when it is foreign.</summary>
    public static string? Format(PhoneNumber? number)
    {
        if (number is null)
            return null;
        var numbers = PhoneNumberUtil.GetInstance();
        var parsed = numbers.Parse(number.Value, null);
        return numbers.Format(parsed, parsed.CountryCode == 33 ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.INTERNATIONAL);
    }

    private static PhoneNumbers.PhoneNumber? TryParse(PhoneNumberUtil numbers, string typed, string region)
    {
        try
        {
            return numbers.Parse(typed, region);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static bool IsOfKind(PhoneNumberType type, PhoneKind kind) => kind switch
    {
        PhoneKind.Mobile => type is PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE,
        PhoneKind.Landline => type is not (PhoneNumberType.PREMIUM_RATE or PhoneNumberType.UNKNOWN),
    };
}

/// <summary>What a number is for.</summary>
public enum PhoneKind
{
    Mobile,

    /// <summary>Fixed lines, boxes, and fax.</summary>
    Landline,
}
