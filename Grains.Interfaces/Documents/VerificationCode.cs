using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Interfaces.Documents;

/// <summary>
/// What a certificate is checked by: 16 characters of Crockford's alphabet (digits and capitals without I, L, O, U), 80 random bits. Whoever has it knows whose
/// certificate it is, so it shows itself masked.
/// </summary>
[GenerateSerializer, Immutable, Alias("msa.verification-code")]
public sealed record VerificationCode
{
    /// <summary>How many characters it has.</summary>
    public const int Length = 16;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Group = 4;

    // What is longer cannot become a code by losing its blanks: it is not read.
    private const int LongestReadable = 64;

    private VerificationCode(string value) => Value = value;

    /// <summary>The 16 characters, in capitals, nothing between them.</summary>
    [Id(0)]
    public string Value { get; }

    /// <summary>As papers show it: <c>7K3M-9QRT-0B2W-XY4Z</c>.</summary>
    public string Grouped => string.Join('-', Value.Chunk(Group).Select(chunk => new string(chunk)));

    public static VerificationCode New() => new(RandomNumberGenerator.GetString(Alphabet, Length));

    /// <summary>
    /// Reads what was typed: blanks of any kind, dots and dashes do not count, small letters are as good as capitals, and what is taken for a digit is that digit:
    /// O for 0, I and L for 1.
    /// </summary>
    public static bool TryParse(string? typed, [NotNullWhen(true)] out VerificationCode? code)
    {
        code = null;
        if (typed is null || typed.Length > LongestReadable)
            return false;
        var kept = string.Concat(Typed.Normalized(typed, NormalizationForm.FormKC).EnumerateRunes().Where(IsPartOfIt).Select(Rune.ToUpperInvariant))
            .Replace('O', '0').Replace('I', '1').Replace('L', '1');
        if (kept.Length == Length && kept.All(Alphabet.Contains))
            code = new(kept);
        return code is not null;
    }

    /// <summary>Reads a code that is known to be good.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static VerificationCode Parse(string text) => TryParse(text, out var code) ? code : throw new FormatException("Not a verification code.");

    public override string ToString() => "verification code";

    private static bool IsPartOfIt(Rune rune) =>
        !Rune.IsWhiteSpace(rune) && rune.Value is not ('.' or '\u2212') && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.DashPunctuation or UnicodeCategory.Format);
}
