using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc.Rendering;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Caisses;

namespace MsaOrleans.Web.Forms;

/// <summary>
/// A department as people name it: <c>67</c>, <c>1</c>, <c>2a</c>, <c>01-Ain</c> as the lists show it, its name, or the postal code they live under.
/// </summary>
public static class DepartmentInput
{
    private const int LongestReadable = 60;

    private const CompareOptions LikeInSpeech = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace | CompareOptions.IgnoreSymbols;

    /// <summary>The 96 departments, for lists to choose from.</summary>
    public static IReadOnlyList<SelectListItem> Options { get; } =
        [.. CaisseDirectory.Departments.Select(department => new SelectListItem(department.Label, department.Code))];

    /// <returns>The department, or what to tell the visitor.</returns>
    public static (Department? Department, string? Fault) Read(string? typed, string missing)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return (null, missing);
        var text = typed.Length > LongestReadable ? "" : Typed.Normalized(typed, NormalizationForm.FormKC).Trim();
        if (Named(text) is { } named)
            return (named, null);
        var number = Number(text);
        return number switch
        {
            "20" => (null, "La Corse compte deux départements. Écrivez 2A pour la Corse-du-Sud, ou 2B pour la Haute-Corse."),
            ['9', '7' or '8', _] or ['9', '7' or '8', _, _, _] =>
                (null, "Outre-mer, la MSA n’a pas de caisse : adressez-vous à la caisse générale de sécurité sociale de votre département."),
            _ => CaisseDirectory.Department(OfPostalCode(number) ?? number.PadLeft(2, '0')) is { } department
                ? (department, null)
                : (null, "Ce numéro de département n’existe pas. Écrivez deux caractères, par exemple 01, 67 ou 2A."),
        };
    }

    // What stands before the first dash or blank: "01-Ain", "67 Bas-Rhin".
    private static string Number(string text) =>
        string.Concat(text.TakeWhile(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    private static Department? Named(string text) => CaisseDirectory.Departments.FirstOrDefault(
        d => text.Length > 2 && CultureInfo.InvariantCulture.CompareInfo.Compare(d.Name, text, LikeInSpeech) == 0);

    // 20000 to 20199 is the south of Corsica.
    private static string? OfPostalCode(string number) => number.Length != 5 || !number.All(char.IsAsciiDigit) ? null
        : number[..2] != "20" ? number[..2]
        : number[2] is '0' or '1' ? "2A" : "2B";
}
