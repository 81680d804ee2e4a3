using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;

namespace MsaOrleans.Grains.Domain;

/// <summary>
/// Which passwords may be taken: 8 to 50 characters, 3 of the 4 classes (leaflet); nothing that a person who knows the adherent would try first
/// (ASVS 6.2.11), nor what everybody uses (ASVS 6.2.4).
/// </summary>
internal static class PasswordRules
{
    public const int MinLength = 8;
    public const int MaxLength = 50;
    public const int MinClasses = 3;

    // Shorter names stand inside ordinary words by accident.
    private const int ShortestNameSought = 4;

    // Eight digits in a row of one's own NIR are no accident.
    private const int LongestNirPart = 8;

    // A common word with a year or an exclamation mark behind it is as common.
    private const int LongestAddition = 5;

    private static readonly string[] dateForms = ["ddMMyyyy", "yyyyMMdd", "ddMMyy", "yyMMdd"];

    private static readonly Lazy<FrozenSet<string>> common = new(ReadCommon);

    /// <param name="chosen">What he would like.</param>
    /// <param name="nir">His number.</param>
    /// <param name="names">All his names: birth name, name in use, given names.</param>
    /// <param name="birthDate">His birth date.</param>
    public static PasswordFlaws FlawsOf(Password chosen, Nir nir, IEnumerable<string> names, DateOnly birthDate)
    {
        var flaws = FlawsOf(chosen, names);
        if (HoldsNir(chosen.Value, nir))
            flaws |= PasswordFlaws.ContainsNir;
        if (HoldsDate(chosen.Value, birthDate))
            flaws |= PasswordFlaws.ContainsBirthDate;
        return flaws;
    }

    /// <summary>The same for somebody of whom no more is known.</summary>
    /// <param name="chosen">What he would like.</param>
    /// <param name="names">All his names.</param>
    public static PasswordFlaws FlawsOf(Password chosen, IEnumerable<string> names)
    {
        var flaws = PasswordFlaws.None;
        if (chosen.Length < MinLength)
            flaws |= PasswordFlaws.TooShort;
        if (chosen.Length > MaxLength)
            flaws |= PasswordFlaws.TooLong;
        if (ClassesIn(chosen) < MinClasses)
            flaws |= PasswordFlaws.TooFewClasses;
        if (HoldsName(chosen.Value, names))
            flaws |= PasswordFlaws.ContainsName;
        if (IsCommon(chosen.Value))
            flaws |= PasswordFlaws.Common;
        return flaws;
    }

    private static int ClassesIn(Password password)
    {
        bool lower = false, upper = false, digit = false, special = false;
        foreach (var rune in password.Value.EnumerateRunes())
        {
            if (Rune.IsLower(rune))
                lower = true;
            else if (Rune.IsUpper(rune))
                upper = true;
            else if (Rune.IsDigit(rune))
                digit = true;
            else
                special = true;
        }
        return (lower ? 1 : 0) + (upper ? 1 : 0) + (digit ? 1 : 0) + (special ? 1 : 0);
    }

    private static bool HoldsNir(string password, Nir nir)
    {
        var compact = Without(password, char.IsLetterOrDigit).ToUpperInvariant();
        return Enumerable.Range(0, nir.Value.Length - LongestNirPart + 1)
            .Any(from => compact.Contains(nir.Value.Substring(from, LongestNirPart), StringComparison.Ordinal));
    }

    private static bool HoldsName(string password, IEnumerable<string> names)
    {
        var folded = NameMatch.Fold(password);
        return names.Select(NameMatch.Fold).Any(n => n.Length >= ShortestNameSought && folded.Contains(n, StringComparison.Ordinal));
    }

    private static bool HoldsDate(string password, DateOnly date)
    {
        var compact = Without(password, char.IsLetterOrDigit);
        return dateForms.Any(form => compact.Contains(date.ToString(form, CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }

    private static bool IsCommon(string password)
    {
        var lower = password.ToLowerInvariant();
        if (common.Value.Contains(lower))
            return true;
        var plain = Unleet(lower);
        var word = lower.TrimEnd([.. lower.Where(c => !char.IsLetter(c))]);
        return common.Value.Contains(plain)
            || (password.Length - word.Length <= LongestAddition && (common.Value.Contains(word) || common.Value.Contains(Unleet(word))));
    }

    private static string Unleet(string text) => string.Concat(text.Select(c => c switch
    {
        '0' => 'o',
        '1' or '!' => 'i',
        '3' or '€' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        _ => c,
    }));

    private static string Without(string text, Func<char, bool> keep) => string.Concat(text.Where(keep));

    private static FrozenSet<string> ReadCommon()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("common-passwords.txt")
            ?? throw new InvalidOperationException("common-passwords.txt is not embedded in the assembly.");
        using var reader = new StreamReader(stream);
        var words = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
                words.Add(line);
        }
        return words.ToFrozenSet(StringComparer.Ordinal);
    }
}
