using System.Globalization;
using System.Text;
using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Domain;

/// <summary>Compares names as a clerk would: accents, case, hyphens, apostrophes and spaces do not count (DESIGN 2.1).</summary>
internal static class NameMatch
{
    /// <summary>Birth name or name in use.</summary>
    public static bool IsFamilyName(string typed, string birthName, string? usedName)
    {
        var folded = Fold(typed);
        return folded.Length > 0 && (folded == Fold(birthName) || (usedName is not null && folded == Fold(usedName)));
    }

    /// <summary>Any one of the given names, several that follow each other, or all.</summary>
    public static bool IsGivenName(string typed, IReadOnlyList<string> givenNames)
    {
        var folded = Fold(typed);
        for (var from = 0; from < givenNames.Count && folded.Length > 0; from++)
        {
            var run = "";
            for (var to = from; to < givenNames.Count; to++)
            {
                run += Fold(givenNames[to]);
                if (run == folded)
                    return true;
            }
        }
        return false;
    }

    /// <summary>Upper-case letters only, without accents; <c>œ</c> is OE, <c>æ</c> AE, <c>ß</c> SS.</summary>
    public static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var c in Typed.Normalized(name, NormalizationForm.FormKD))
        {
            // The apostrophe of Breton (c'h) is a "modifier letter", U+02BC.
            if (!char.IsLetter(c) || char.GetUnicodeCategory(c) == UnicodeCategory.ModifierLetter)
                continue;
            folded.Append(char.ToUpper(c, CultureInfo.InvariantCulture) switch
            {
                'Œ' => "OE",
                'Æ' => "AE",
                'ß' or 'ẞ' => "SS",
                'Ø' => "O",
                'Ł' => "L",
                'Đ' or 'Ð' => "D",
                var letter => letter.ToString(),
            });
        }
        return folded.ToString();
    }
}
