using System.Security.Cryptography;
using System.Text.RegularExpressions;
using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Domain;

/// <summary>
/// Makes provisional passwords such as <c>Kp7m-Rt4w-Xh9c</c>: 12 characters out of 56 that cannot be taken for one another (no I, l, O, o, 0, 1),
/// some 69 random bits, always with lower case, upper case and digit, so that they obey the rule for passwords themselves (ASVS 6.4.1).
/// </summary>
internal static partial class PasswordGenerator
{
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public static Password New()
    {
        while (true)
        {
            var characters = RandomNumberGenerator.GetString(Alphabet, 12);
            if (characters.Any(char.IsAsciiLetterLower) && characters.Any(char.IsAsciiLetterUpper) && characters.Any(char.IsAsciiDigit))
                return new($"{characters[..4]}-{characters[4..8]}-{characters[8..]}");
        }
    }

    /// <summary>
    /// What was typed at sign-in, without the blanks that copying a provisional password out of a mail brings along. Anything that has not
    /// exactly that shape stays as it is.
    /// </summary>
    public static Password Cleaned(Password typed)
    {
        var trimmed = typed.Value.Trim();
        return trimmed.Length != typed.Value.Length && Shape().IsMatch(trimmed) ? new(trimmed) : typed;
    }

    /// <summary>Whether a text might be a provisional password at all: comparing with its hash is dear.</summary>
    public static bool MayBe(Password password) => Shape().IsMatch(password.Value);

    [GeneratedRegex(@"\A[a-zA-Z2-9]{4}-[a-zA-Z2-9]{4}-[a-zA-Z2-9]{4}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
