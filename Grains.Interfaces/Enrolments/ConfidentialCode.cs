using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Interfaces.Enrolments;

/// <summary>
/// The code that opens one more department (leaflet: "code confidentiel"): 10 characters out of 31 that cannot be taken for one another (capitals
/// and digits without I, L, O, 0, 1), some 49 random bits. It shows itself masked.
/// </summary>
[GenerateSerializer, Immutable, Alias("msa.confidential-code")]
public sealed record ConfidentialCode
{
    /// <summary>How many characters it has.</summary>
    public const int Length = 10;

    private const string Alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    // What is longer cannot become a code by losing its blanks: it is not read.
    private const int LongestReadable = 64;

    private ConfidentialCode(string value) => Value = value;

    /// <summary>The 10 characters, in capitals, nothing between them.</summary>
    [Id(0)]
    public string Value { get; }

    public static ConfidentialCode New() => new(RandomNumberGenerator.GetString(Alphabet, Length));

    /// <summary>Reads what was typed: blanks of any kind and dashes do not count, small letters are as good as capitals.</summary>
    public static bool TryParse(string? typed, [NotNullWhen(true)] out ConfidentialCode? code)
    {
        code = null;
        if (typed is null || typed.Length > LongestReadable)
            return false;
        var kept = string.Concat(Typed.Normalized(typed, NormalizationForm.FormKC).EnumerateRunes().Where(IsPartOfIt).Select(Rune.ToUpperInvariant));
        if (kept.Length == Length && kept.All(Alphabet.Contains))
            code = new(kept);
        return code is not null;
    }

    public override string ToString() => "confidential code";

    private static bool IsPartOfIt(Rune rune) =>
        !Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.DashPunctuation or UnicodeCategory.Format);
}
