namespace MsaOrleans.Web.Search;

/// <summary>A piece of a text with the words sought, which are marked.</summary>
internal static class Excerpt
{
    private const int Length = 220;
    private const int Before = 60;

    /// <summary>A whole text, in parts.</summary>
    public static IReadOnlyList<Part> Marked(string text, IReadOnlySet<string> words) => Parts(text, 0, text.Length, words);

    /// <summary>Where most of the words stand together in the text of a document; its summary when there are none.</summary>
    public static IReadOnlyList<Part> Of(SearchHit hit)
    {
        var text = hit.Document.Body;
        var all = Words.In(text).ToList();
        var found = all.Where(word => hit.Words.Contains(word.Folded)).ToList();
        if (found.Count == 0)
            return Marked(hit.Document.Summary, hit.Words);
        var first = found.MaxBy(word => found.Where(other => other.Start >= word.Start && other.Start < word.Start + Length - Before).DistinctBy(other => Words.Stem(other.Folded)).Count());
        var inside = all.Where(word => word.Start >= first.Start - Before && word.Start + word.Length <= first.Start - Before + Length).DefaultIfEmpty(first).ToList();
        var (start, end) = (Math.Min(inside[0].Start, first.Start), inside[^1].Start + inside[^1].Length);
        // A sentence that ends there keeps its point.
        if (end < text.Length && text[end] is '.' or '?' or '!')
            end++;
        return [.. start > 0 ? [new Part("… ", false)] : (Part[])[], .. Parts(text, start, end, words: hit.Words), .. end < text.Length ? [new Part(" …", false)] : (Part[])[]];
    }

    private static List<Part> Parts(string text, int start, int end, IReadOnlySet<string> words)
    {
        var parts = new List<Part>();
        var told = start;
        foreach (var word in Words.In(text[start..end]).Where(word => words.Contains(word.Folded)))
        {
            if (start + word.Start > told)
                parts.Add(new(text[told..(start + word.Start)], false));
            told = start + word.Start + word.Length;
            parts.Add(new(text[(start + word.Start)..told], true));
        }
        if (told < end)
            parts.Add(new(text[told..end], false));
        return parts;
    }

    /// <summary>A part of a text.</summary>
    /// <param name="Text">The part.</param>
    /// <param name="IsMarked">It is a word sought.</param>
    internal readonly record struct Part(string Text, bool IsMarked);
}
