namespace MsaOrleans.Web.Search;

/// <summary>Something that can be found.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Kind">What it is, for readers: <c>Aide</c>.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Summary">What is said of it where its text has none of the words sought.</param>
/// <param name="Keywords">Words by which it is found as well; never shown.</param>
/// <param name="Body">Its text.</param>
public record SearchDocument(string Path, string Kind, string Title, string Summary, string Keywords, string Body);

/// <summary>A document that was found.</summary>
/// <param name="Document">Which.</param>
/// <param name="Words">The words of it, folded, that were taken for those sought: they are marked.</param>
public sealed record SearchHit(SearchDocument Document, IReadOnlySet<string> Words);

/// <summary>
/// Some hundreds of documents by their words, in memory. A word is found by its stem or its beginning; only if it is nowhere, by words that differ by a slip of
/// the finger. First come documents with more of the words sought, then those with rarer ones, in better places: title, keywords, summary, text; then those that were given first.
/// </summary>
internal sealed class SearchIndex
{
    private const int LongestQuery = 10; // words; whoever writes more has said what he seeks
    private const int ShortestBeginning = 4;

    private readonly IReadOnlyList<SearchDocument> documents;

    private readonly Dictionary<string, Entry> entries = [];

    public SearchIndex(IEnumerable<SearchDocument> documents)
    {
        this.documents = [.. documents];
        for (var document = 0; document < this.documents.Count; document++)
        {
            var (_, _, title, summary, keywords, body) = this.documents[document];
            // Each more than those below it together.
            foreach (var (text, weight) in ((string, int)[])[(title, 8), (keywords, 4), (summary, 2), (body, 1)])
            {
                foreach (var word in Words.In(text).Select(word => word.Folded).ToHashSet())
                    Of(word).Add(document, weight, word);
            }
        }
    }

    /// <summary>The documents with at least half of the words sought, best first.</summary>
    /// <param name="query">What was typed.</param>
    /// <param name="isShown">The documents that this visitor may find.</param>
    public IReadOnlyList<SearchHit> Find(string query, Func<SearchDocument, bool> isShown)
    {
        var sought = Words.Sought(query).Take(LongestQuery).Select(Meanings).ToList();
        return
        [
            .. from document in Enumerable.Range(0, documents.Count)
               where isShown(documents[document])
               let found = sought.Select(word => BestIn(document, word)).OfType<Match>().ToList()
               where found.Count > 0 && 2 * found.Count >= sought.Count
               orderby found.Count descending, found.Sum(match => match.Score) descending, document
               select new SearchHit(documents[document], found.SelectMany(match => match.Words).ToHashSet()),
        ];
    }

    private Entry Of(string word)
    {
        var stem = Words.Stem(word);
        if (!entries.TryGetValue(stem, out var entry))
            entries[stem] = entry = new();
        return entry;
    }

    // What a word typed may stand for, and how surely.
    private List<(Entry Entry, double Certainty)> Meanings(string word)
    {
        var stem = Words.Stem(word);
        var meanings = new List<(Entry, double)>();
        if (entries.TryGetValue(stem, out var same))
            meanings.Add((same, 1));
        if (stem.Length >= ShortestBeginning)
            meanings.AddRange(entries.Where(entry => entry.Key.Length > stem.Length && entry.Key.StartsWith(stem, StringComparison.Ordinal)).Select(entry => (entry.Value, 0.6)));
        if (meanings.Count == 0 && TypingErrors.ForgivenIn(word) is > 0 and var forgiven)
        {
            meanings.AddRange(
                from entry in entries
                let slips = entry.Value.Words.Select(known => TypingErrors.Between(word, known, forgiven)).Append(TypingErrors.Between(stem, entry.Key, forgiven)).Min()
                where slips is not null
                select (entry.Value, 0.5 / slips.Value));
        }
        return meanings;
    }

    private Match? BestIn(int document, List<(Entry Entry, double Certainty)> meanings)
    {
        var here = meanings.Where(meaning => meaning.Entry.Weights.ContainsKey(document)).ToList();
        return here.Count == 0
            ? null
            : new(here.Max(meaning => meaning.Certainty * meaning.Entry.Weights[document] * Rarity(meaning.Entry)), here.SelectMany(meaning => meaning.Entry.Words));
    }

    private double Rarity(Entry entry) => Math.Log(1 + ((double)documents.Count / entry.Weights.Count));

    private sealed record Match(double Score, IEnumerable<string> Words);

    /// <summary>A stem: how much it weighs in which document, and the words that have it.</summary>
    private sealed class Entry
    {
        public Dictionary<int, int> Weights { get; } = [];

        public HashSet<string> Words { get; } = [];

        public void Add(int document, int weight, string word)
        {
            Weights[document] = Weights.GetValueOrDefault(document) | weight;
            Words.Add(word);
        }
    }
}
