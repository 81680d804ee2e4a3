using System.Text;

namespace MsaOrleans.Grains.Interfaces.Adherents;

/// <summary>Text as people, or forged requests, send it.</summary>
public static class Typed
{
    // No character at all, for good (Unicode 23.7), yet UTF-8 can carry it.
    private static readonly Rune neverACharacter = new('\uFFFE');

    /// <summary>
    /// Normalises any text. Half a surrogate pair and U+FFFE, which <see cref="string.Normalize(NormalizationForm)"/> refuses with an exception,
    /// become the replacement character.
    /// </summary>
    public static string Normalized(string text, NormalizationForm form) =>
        string.Concat(text.EnumerateRunes().Select(rune => rune == neverACharacter ? Rune.ReplacementChar : rune)).Normalize(form);

    /// <summary>Plain text of several lines, normalised, without space around it.</summary>
    public static string Text(string text) => Normalized(text, NormalizationForm.FormC).ReplaceLineEndings("\n").Trim();
}
