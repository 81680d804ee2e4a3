using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Web.Search;

/// <summary>The words of a French text, in a form in which those that mean the same are the same.</summary>
internal static class Words
{
    private const int LongestFolded = 40;

    // Whoever asks in a whole sentence means the other words.
    private static readonly FrozenSet<string> empty = FrozenSet.Create(
        "ai", "ais", "as", "au", "aux", "avec", "avez", "avoir", "ce", "ces", "cet", "cette", "comment", "dans", "de", "depuis", "des", "dois", "donc", "du", "elle", "en", "es", "est", "et",
        "etes", "etre", "eu", "faire", "fait", "faut", "ici", "il", "ils", "je", "la", "le", "les", "leur", "lui", "ma", "mais", "me", "mes", "moi", "mon", "ne", "ni", "nos", "notre", "nous",
        "on", "ou", "par", "pas", "peut", "peux", "plus", "pour", "pourquoi", "qu", "quand", "que", "quel", "quelle", "quels", "qui", "quoi", "sa", "sans", "se", "ses", "si", "son", "sont",
        "sous", "suis", "sur", "ta", "te", "tes", "toi", "ton", "tres", "tu", "un", "une", "vers", "veux", "vos", "votre", "vous", "voudrais", "ya");

    /// <summary>The words of a text, of two characters at least: a letter alone is what an elision has left, or the e of e-mail.</summary>
    public static IEnumerable<Word> In(string text)
    {
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && IsPartOfWord(text[i]))
                continue;
            if (i - start > 1 && Fold(text[start..i]) is { Length: > 1 } folded)
                yield return new(start, i - start, folded);
            start = i + 1;
        }
    }

    /// <summary>The words that tell what is sought: without the empty ones, unless there are no others; each once.</summary>
    public static IReadOnlyList<string> Sought(string query)
    {
        var all = In(query).Select(word => word.Folded).Distinct().ToList();
        var telling = all.Where(word => !empty.Contains(word)).ToList();
        return telling.Count > 0 ? telling : all;
    }

    /// <summary>What is left of a folded word without its endings: singular and plural, masculine and feminine, infinitive and participle.</summary>
    public static string Stem(string folded)
    {
        var stem = folded;
        if (stem.Length > 4 && stem.EndsWith("aux", StringComparison.Ordinal))
            stem = $"{stem[..^3]}al";
        else if (stem.Length > 3 && stem[^1] is 's' or 'x')
            stem = stem[..^1];
        if (stem.Length > 5 && stem.EndsWith("er", StringComparison.Ordinal))
            stem = stem[..^2];
        while (stem.Length > 4 && stem[^1] == 'e')
            stem = stem[..^1];
        return stem;
    }

    // Lower case, without accents; ligatures are two letters. Nothing that people write is longer.
    private static string Fold(string word)
    {
        var folded = new StringBuilder(word.Length);
        foreach (var c in Typed.Normalized(word.Length > LongestFolded ? word[..LongestFolded] : word, NormalizationForm.FormKD))
        {
            switch (char.ToLowerInvariant(c))
            {
                case 'œ':
                    folded.Append("oe");
                    break;
                case 'æ':
                    folded.Append("ae");
                    break;
                case var letter when char.IsLetterOrDigit(letter):
                    folded.Append(letter);
                    break;
            }
        }
        return folded.ToString();
    }

    private static bool IsPartOfWord(char c) => char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;

    /// <summary>A word where it stands in a text.</summary>
    /// <param name="Start">Its first character.</param>
    /// <param name="Length">Its characters.</param>
    /// <param name="Folded">Without case and accents.</param>
    internal readonly record struct Word(int Start, int Length, string Folded);
}
