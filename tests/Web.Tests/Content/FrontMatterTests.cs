using MsaOrleans.Web.Content;

namespace MsaOrleans.Web.Tests.Content;

/// <summary>A content file says all that it must, nothing else, and once; what is wrong is said with the name of the file.</summary>
public sealed class FrontMatterTests
{
    private const string Good = """
        ---
        title: Titre
        date: 2026-11-24
        caisses: alsace, lorraine
        summary: Un résumé : court.
        keywords: un, deux
        ---
        Le texte.
        """;

    [Fact]
    public void It_is_read_as_it_is_written()
    {
        var front = Read(Good);
        Assert.Equal(("Titre", new DateOnly(2026, 11, 24), "Un résumé : court.", "un, deux", "Le texte."), (front.Title, front.Date, front.Summary, front.Keywords, front.Body));
        Assert.Equal(["Alsace", "Lorraine"], front.Caisses.Select(caisse => caisse.Name));
        Assert.Empty(Read(Good.Replace("alsace, lorraine", "toutes", StringComparison.Ordinal)).Caisses);
    }

    [Fact]
    public void Windows_line_endings_and_a_byte_order_mark_do_not_matter() => Assert.Equal("Titre", Read('\uFEFF' + Good.ReplaceLineEndings("\r\n")).Title);

    [Theory]
    [InlineData("title: Titre\n", "", "\"title:\" is missing")]
    [InlineData("title: Titre", "title:", "line 2 is not \"key: value\"")]
    [InlineData("title: Titre", "titre: Titre", "line 2 has an unknown key, \"titre\"")]
    [InlineData("keywords: un, deux", "title: Encore", "line 6 says \"title\" a second time")]
    [InlineData("Le texte.", " ", "there is no text")]
    [InlineData("---\nLe texte.", "Le texte.", "between two lines of ---")]
    public void A_head_that_is_not_right_is_refused(string of, string by, string said) =>
        Assert.Contains(said, Assert.Throws<ContentException>(() => Read(Good.Replace(of, by, StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("2026-11-24", "24/11/2026", "\"24/11/2026\" is no date")]
    [InlineData("2026-11-24", "2026-02-30", "\"2026-02-30\" is no date")]
    [InlineData("alsace, lorraine", "alsace, bade", "\"bade\" is no caisse")]
    [InlineData("Titre", "Un titre qui dit tout ce que le texte dira, et qui n'a donc plus rien d'un titre mais tout d'un résumé", "\"title\" has 102 characters; 90 is the most")]
    public void A_value_that_means_nothing_is_refused(string of, string by, string said)
    {
        var front = Read(Good.Replace(of, by, StringComparison.Ordinal));
        var fault = Assert.Throws<ContentException>(() => { _ = front.Title; _ = front.Date; _ = front.Caisses; });
        Assert.StartsWith("Web/Content/actualites/essai.md: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_theme_that_does_not_exist_is_refused() =>
        Assert.Contains("\"divers\" is no theme", Assert.Throws<ContentException>(() => FrontMatter.Read("aide/essai.md", "---\ntheme: divers\n---\nTexte.", "theme").Theme).Message, StringComparison.Ordinal);

    private static FrontMatter Read(string text) => FrontMatter.Read("actualites/essai.md", text, "title", "date", "caisses", "summary", "keywords");
}
