using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Interfaces;

/// <summary>Crockford's alphabet, digits and capitals without I, L, O, U: what is copied from paper by people.</summary>
internal static class Crockford
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Group = 4;

    // What is longer cannot become a code by losing its blanks: it is not read.
    private const int LongestReadable = 64;

    /// <summary>Five random bits a character.</summary>
    public static string New(int length) => RandomNumberGenerator.GetString(Alphabet, length);

    /// <summary>In fours, as papers show it: <c>7K3M-9QRT</c>.</summary>
    public static string Grouped(string value) => string.Join('-', value.Chunk(Group).Select(chunk => new string(chunk)));

    /// <summary>
    /// Reads what was typed: blanks of any kind, dots and dashes do not count, small letters are as good as capitals, and what is taken for a digit is that digit:
    /// O for 0, I and L for 1.
    /// </summary>
    /// <returns>Nothing when it is not of this length.</returns>
    public static string? Read(string? typed, int length)
    {
        if (typed is null || typed.Length > LongestReadable)
            return null;
        var kept = string.Concat(Typed.Normalized(typed, NormalizationForm.FormKC).EnumerateRunes().Where(IsPartOfIt).Select(Rune.ToUpperInvariant))
            .Replace('O', '0').Replace('I', '1').Replace('L', '1');
        return kept.Length == length && kept.All(Alphabet.Contains) ? kept : null;
    }

    private static bool IsPartOfIt(Rune rune) =>
        !Rune.IsWhiteSpace(rune) && rune.Value is not ('.' or '\u2212') && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.DashPunctuation or UnicodeCategory.Format);
}
