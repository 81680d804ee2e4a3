using System.Diagnostics.CodeAnalysis;

namespace MsaOrleans.Grains.Interfaces.Adherents;

/// <summary>A telephone number in international form (E.164): <c>+33612345678</c>. It shows itself masked.</summary>
[GenerateSerializer, Immutable, Alias("msa.phone-number")]
public sealed record PhoneNumber
{
    private PhoneNumber(string value) => Value = value;

    /// <summary>A plus sign and 7 to 15 digits.</summary>
    [Id(0)]
    public string Value { get; }

    /// <summary>Masked: the last two digits.</summary>
    public override string ToString() => $"+** ** ** {Value[^2..]}";

    public static bool TryParse([NotNullWhen(true)] string? e164, [NotNullWhen(true)] out PhoneNumber? number)
    {
        number = e164 is ['+', .. { Length: >= 7 and <= 15 } digits] && digits.All(char.IsAsciiDigit) ? new PhoneNumber(e164) : null;
        return number is not null;
    }

    /// <summary>Reads a number that is known to be good.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static PhoneNumber Parse(string e164) => TryParse(e164, out var number) ? number : throw new FormatException("Not an E.164 number.");
}
