using FsCheck.Xunit;
using MsaOrleans.Web.Search;

namespace MsaOrleans.Web.Tests.Search;

/// <summary>What is found, and in which order.</summary>
public sealed class SearchIndexTests
{
    [Theory]
    [InlineData("département")]
    [InlineData("departement")]
    [InlineData("DÉPARTEMENTS")]
    [InlineData("de\u0301partement")] // an accent of its own
    [InlineData("le département ?")]
    [InlineData("l'département")]
    [InlineData("départemants")] // a letter changed
    [InlineData("dépaartement")] // added
    [InlineData("dpartement")] // left out
    [InlineData("dépratemment")] // two, in a long word
    [InlineData("dépratement")] // swapped
    [InlineData("départ")] // begun
    public void A_word_is_found_however_it_is_written(string query) => Assert.Equal(["a"], Found(query, Doc("a", title: "Un autre département"), Doc("b", title: "La carte")));

    [Theory]
    [InlineData("mail", "mials")] // swapped, in four letters
    [InlineData("oublié", "oublier")]
    [InlineData("bloqué", "bloquée")]
    [InlineData("cœur", "coeur")]
    [InlineData("général", "généraux")]
    [InlineData("paiement", "payement")]
    [InlineData("2A", "2a")]
    public void So_is_this(string written, string query) => Assert.Equal(["a"], Found(query, Doc("a", body: $"Voici {written}."), Doc("b", body: "Autre chose")));

    [Theory]
    [InlineData("nir", "nit")] // three letters: none is forgiven
    [InlineData("carte", "marche")] // two, in a short word
    [InlineData("connexion", "convention")] // three, in a long one
    [InlineData("caisse", "de")] // a word that says nothing
    public void Another_word_is_not(string written, string query) => Assert.Empty(Found(query, Doc("a", title: written)));

    [Fact]
    public void The_title_counts_more_than_keywords_those_more_than_the_summary_and_that_more_than_the_text() => Assert.Equal(
        ["title", "keywords", "summary", "body"],
        Found("vitale", Doc("body", body: "vitale"), Doc("summary", summary: "vitale"), Doc("title", title: "vitale"), Doc("keywords", keywords: "vitale")));

    [Fact]
    public void More_of_the_words_count_more_than_a_better_place() =>
        Assert.Equal(["both", "one"], Found("mot provisoire", Doc("one", title: "mot"), Doc("both", body: "un mot provisoire")));

    [Fact]
    public void A_rare_word_counts_more_than_a_common_one() => Assert.Equal(
        "rare",
        Found("espace fermer", Doc("a", title: "espace"), Doc("b", title: "espace"), Doc("c", title: "espace"), Doc("rare", title: "fermer"))[0]);

    [Fact]
    public void Half_of_the_words_must_be_there() => Assert.Equal(["two"], Found("carte vitale photo verso", Doc("one", title: "carte"), Doc("two", title: "carte vitale")));

    [Fact]
    public void A_slip_is_forgiven_only_where_nothing_is_written_so() => Assert.Equal(["a"], Found("caisse", Doc("a", body: "caisse"), Doc("b", title: "baisse")));

    [Fact]
    public void What_is_not_for_him_is_not_found() =>
        Assert.Empty(new SearchIndex([Doc("a", title: "Corse")]).Find("corse", _ => false));

    [Fact]
    public void A_whole_sentence_is_understood() =>
        Assert.Equal("a", Found("je n'ai pas reçu mon mail, que dois-je faire ?", Doc("a", title: "Je n'ai pas reçu le mail"), Doc("b", title: "Que faire ?"))[0]);

    [Property]
    public void Whatever_is_typed_is_an_answer(string? query, string? text)
    {
        var hits = new SearchIndex([Doc("a", title: text ?? "", body: text ?? "")]).Find(query ?? "", _ => true);
        Assert.All(hits, hit => _ = Excerpt.Of(hit));
    }

    [Property]
    public void What_is_written_is_found_and_shown_whole(string? text)
    {
        text ??= "";
        var hits = new SearchIndex([Doc("a", body: text)]).Find(text, _ => true);
        Assert.Equal(Words.In(text).Any(), hits.Count == 1);
        Assert.Equal(text, string.Concat(Excerpt.Marked(text, Words.In(text).Select(word => word.Folded).ToHashSet()).Select(part => part.Text)));
    }

    [Property]
    public void Slips_are_the_same_from_both_sides(string? a, string? b)
    {
        (a, b) = (a ?? "", b ?? "");
        Assert.Equal(TypingErrors.Between(a, b, 2), TypingErrors.Between(b, a, 2));
        Assert.Equal(0, TypingErrors.Between(a, a, 2));
    }

    [Theory]
    [InlineData("abcd", "abcd", 0)]
    [InlineData("abcd", "abdc", 1)]
    [InlineData("abcd", "abc", 1)]
    [InlineData("abcd", "xbcd", 1)]
    [InlineData("abcd", "badc", 2)]
    [InlineData("abcd", "", null)]
    [InlineData("abcd", "wxyz", null)]
    public void Slips_are_counted(string a, string b, int? slips) => Assert.Equal(slips, TypingErrors.Between(a, b, 2));

    [Fact]
    public void The_excerpt_is_where_the_words_are()
    {
        var filler = string.Concat(Enumerable.Repeat("Rien de tout cela ne compte vraiment. ", 30));
        var hit = Assert.Single(new SearchIndex([Doc("a", body: $"{filler}Le mot de passe provisoire arrive. {filler}")]).Find("mot provisoire", _ => true));
        var parts = Excerpt.Of(hit);
        Assert.Equal(["mot", "provisoire"], parts.Where(part => part.IsMarked).Select(part => part.Text));
        Assert.Equal(("… ", " …"), (parts[0].Text, parts[^1].Text));
        Assert.InRange(parts.Sum(part => part.Text.Length), 100, 240);
    }

    [Fact]
    public void Without_a_word_in_the_text_the_summary_is_shown() =>
        Assert.Equal("Le résumé.", string.Concat(Excerpt.Of(Assert.Single(new SearchIndex([Doc("a", title: "Titre", summary: "Le résumé.", body: "Texte.")]).Find("titre", _ => true))).Select(part => part.Text)));

    private static SearchDocument Doc(string path, string title = "", string summary = "", string keywords = "", string body = "") => new(path, "Aide", title, summary, keywords, body);

    private static List<string> Found(string query, params SearchDocument[] documents) => [.. new SearchIndex(documents).Find(query, _ => true).Select(hit => hit.Document.Path)];
}
