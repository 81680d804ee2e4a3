using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MsaOrleans.Grains.Interfaces.Adherents;

/// <summary>
/// A certified social-security number (numéro d'inscription au répertoire), without its key: 13 characters,
/// sex 1, year 2, month 2, place 5, order 3 (décret 82-103, article 4). First digit 1 or 2; the month may be unknown (20 to 99);
/// the place may begin with 2A or 2B (Corsica). It shows itself masked, so that it cannot slip into a log.
/// </summary>
[GenerateSerializer, Immutable, Alias("msa.nir")]
public sealed partial record Nir
{
    // More than this cannot become 15 characters: what follows is not read.
    private const int LongestReadable = 32;

    private Nir(string value) => Value = value;

    /// <summary>The 13 characters, upper case, nothing between them.</summary>
    [Id(0)]
    public string Value { get; }

    /// <summary>The control key, 1 to 97 (INSEE: 97 minus the number modulo 97; 2A counts as 19 and 2B as 18).</summary>
    public int Key => KeyOf(Value);

    /// <summary>Grouped as on the carte Vitale: <c>1 63 09 67 482 229</c>.</summary>
    public string Grouped =>
        $"{Value[..1]} {Value[1..3]} {Value[3..5]} {Value[5..7]} {Value[7..10]} {Value[10..]}";

    /// <summary>The month of birth, 1 to 12, or nothing when the number does not tell it.</summary>
    public int? BirthMonth => int.Parse(Value.AsSpan(3, 2), CultureInfo.InvariantCulture) is >= 1 and <= 12 and var month ? month : null;

    /// <summary>The year of birth modulo 100.</summary>
    public int BirthYearOfCentury => int.Parse(Value.AsSpan(1, 2), CultureInfo.InvariantCulture);

    /// <summary>Whether this number cannot belong to somebody born on that day: other year, or other month where the number tells it.</summary>
    public bool Contradicts(DateOnly birthDate) =>
        birthDate.Year % 100 != BirthYearOfCentury || (BirthMonth is { } month && month != birthDate.Month);

    /// <summary>Masked: only sex and year are left.</summary>
    public override string ToString() => $"{Value[..1]} {Value[1..3]} ** ** *** ***";

    /// <summary>
    /// Reads what a person typed: 13 characters, or 15 with the key; blanks of any kind, dots and dashes are skipped, lower case is fine.
    /// </summary>
    /// <returns>What is wrong with it, or <see cref="NirFault.None"/> and the number.</returns>
    public static NirFault TryParse(string? typed, out Nir? nir)
    {
        nir = null;
        var text = Compact(typed);
        if (text.Length == 0)
            return NirFault.Missing;
        if (text.Length is not (13 or 15))
            return text.All(c => char.IsAsciiDigit(c) || c is 'A' or 'B') ? NirFault.Length : NirFault.Characters;
        if (!Shape().IsMatch(text))
            return NirFault.Characters;
        if (text[0] is >= '3' and <= '8')
            return NirFault.Provisional;
        if (!Possible().IsMatch(text))
            return NirFault.Impossible;
        if (text.Length == 15 && int.Parse(text.AsSpan(13), CultureInfo.InvariantCulture) != KeyOf(text[..13]))
            return NirFault.Key;
        nir = new Nir(text[..13]);
        return NirFault.None;
    }

    /// <summary>Reads a number that is known to be good.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static Nir Parse(string text) =>
        TryParse(text, out var nir) == NirFault.None ? nir! : throw new FormatException("Not a certified NIR.");

    private static string Compact(string? typed)
    {
        var kept = new StringBuilder(15);
        foreach (var rune in (typed ?? "").EnumerateRunes())
        {
            if (kept.Length > LongestReadable)
                break;
            if (!Rune.IsWhiteSpace(rune) && rune.Value is not ('.' or '\u2212') && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.DashPunctuation or UnicodeCategory.Format))
                kept.Append(Rune.ToUpperInvariant(rune));
        }
        return Typed.Normalized(kept.ToString(), NormalizationForm.FormKC);
    }

    private static int KeyOf(string value)
    {
        var digits = value[6] switch
        {
            'A' => string.Concat(value.AsSpan(0, 5), "19", value.AsSpan(7)),
            'B' => string.Concat(value.AsSpan(0, 5), "18", value.AsSpan(7)),
            _ => value,
        };
        return 97 - (int)(long.Parse(digits, CultureInfo.InvariantCulture) % 97);
    }

    [GeneratedRegex(@"\A\d{5}(\d{2}|2A|2B)\d{6}(\d{2})?\z", RegexOptions.CultureInvariant | RegexOptions.ECMAScript)]
    private static partial Regex Shape();

    /// <summary>The CNAM's rule on sex and month; department, place and order never are zero.</summary>
    [GeneratedRegex(@"\A[12]\d{2}(0[1-9]|1[0-2]|[2-9]\d)(?!00)(\d{2}|2A|2B)(?!000)\d{3}(?!000)\d{3}", RegexOptions.CultureInvariant | RegexOptions.ECMAScript)]
    private static partial Regex Possible();
}

/// <summary>What can be wrong with a typed NIR. Every fault has its own sentence on the page.</summary>
public enum NirFault
{
    None,
    Missing,

    /// <summary>Neither 13 characters nor 15.</summary>
    Length,

    /// <summary>Something other than digits, or letters elsewhere than in 2A and 2B.</summary>
    Characters,

    /// <summary>First digit 3 to 8: a number given while the civil status is being established; the caisse helps, not the site.</summary>
    Provisional,

    /// <summary>The first digit, the month, the place or the order do not exist.</summary>
    Impossible,

    /// <summary>The two last digits do not agree with the thirteen before: a slip of the pen somewhere.</summary>
    Key,
}
