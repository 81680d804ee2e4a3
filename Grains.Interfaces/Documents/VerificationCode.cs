using System.Diagnostics.CodeAnalysis;

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

    private VerificationCode(string value) => Value = value;

    /// <summary>The 16 characters, in capitals, nothing between them.</summary>
    [Id(0)]
    public string Value { get; }

    /// <summary>As papers show it: <c>7K3M-9QRT-0B2W-XY4Z</c>.</summary>
    public string Grouped => Crockford.Grouped(Value);

    public static VerificationCode New() => new(Crockford.New(Length));

    /// <summary>
    /// Reads what was typed: blanks of any kind, dots and dashes do not count, small letters are as good as capitals, and what is taken for a digit is that digit:
    /// O for 0, I and L for 1.
    /// </summary>
    public static bool TryParse(string? typed, [NotNullWhen(true)] out VerificationCode? code)
    {
        code = Crockford.Read(typed, Length) is { } value ? new(value) : null;
        return code is not null;
    }

    /// <summary>Reads a code that is known to be good.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static VerificationCode Parse(string text) => TryParse(text, out var code) ? code : throw new FormatException("Not a verification code.");

    public override string ToString() => "verification code";
}
