using System.Globalization;
using System.Text.RegularExpressions;

namespace MsaOrleans.Web.Forms;

/// <summary>An amount in euros as people write it: <c>22,50</c>, <c>22.50</c>, <c>1 234,56 €</c>. The cents are part of the proof, so they must be there.</summary>
public static partial class FrenchAmount
{
    private const decimal Largest = 999_999.99m;

    /// <returns>The amount, or what to tell the visitor.</returns>
    public static (decimal Amount, string? Fault) Read(string? typed)
    {
        var text = string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c) && c != '€'));
        if (text.Length == 0)
            return (0, "Saisissez le montant du paiement, avec les centimes, par exemple 22,50.");
        if (text[0] is '-' or '\u2212')
            return (0, "Le montant ne peut pas être négatif. Saisissez-le sans signe, par exemple 22,50.");
        if (WithoutCents().IsMatch(text))
            return (0, "Il manque les centimes. Écrivez deux chiffres après la virgule, par exemple 22,50 ou 22,00.");
        if (!WithCents().IsMatch(text))
            return (0, "Ce montant n’est pas lisible. Écrivez-le en chiffres, avec les centimes, par exemple 22,50.");
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        var amount = digits.Length > 12 ? decimal.MaxValue : decimal.Parse(digits, CultureInfo.InvariantCulture) / 100;
        return amount is 0 or > Largest
            ? (0, "Ce montant n’est pas possible. Vérifiez-le sur votre relevé.")
            : (amount, null);
    }

    [GeneratedRegex(@"\A(\d+|\d{1,3}(\.\d{3})+)([.,]\d?)?\z", RegexOptions.ECMAScript)]
    private static partial Regex WithoutCents();

    [GeneratedRegex(@"\A(\d+|\d{1,3}([.]\d{3})+)[.,]\d{2}\z", RegexOptions.ECMAScript)]
    private static partial Regex WithCents();
}
