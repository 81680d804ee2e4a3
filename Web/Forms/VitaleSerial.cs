using MsaOrleans.Grains.Interfaces.Identity;

namespace MsaOrleans.Web.Forms;

/// <summary>The second part of the serial of a carte Vitale as typed: 10 digits, or 11 with the check digit; the fixed first part may stand before.</summary>
public static class VitaleSerial
{
    private const int Digits = 10;

    /// <summary>The first part of every serial, which nobody has to type.</summary>
    public static string PrefixOf(IConfiguration configuration) =>
        configuration["Verification:CardSerialPrefix"] ?? IdentityProof.VitaleCard.StandardPrefix;

    /// <returns>The 10 or 11 digits, or what to tell the visitor.</returns>
    public static (string Serial, string? Fault) Read(string? typed, string prefix)
    {
        var text = string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c) && c is not ('.' or '-')));
        if (text.Length == 0)
            return ("", "Saisissez les 10 chiffres qui suivent " + prefix + " sur votre carte.");
        if (!text.All(char.IsAsciiDigit))
            return ("", "Le numéro de série ne comporte que des chiffres. Saisissez les 10 chiffres qui suivent " + prefix + ".");
        if (text.StartsWith(prefix, StringComparison.Ordinal))
            text = text[prefix.Length..];
        return text.Length switch
        {
            Digits or Digits + 1 => (text, null),
            < Digits => ("", $"Il manque des chiffres : vous en avez saisi {text.Length}. Saisissez les 10 chiffres qui suivent {prefix}."),
            _ => ("", $"Il y a trop de chiffres : vous en avez saisi {text.Length}. Saisissez seulement les 10 chiffres qui suivent {prefix}."),
        };
    }
}
