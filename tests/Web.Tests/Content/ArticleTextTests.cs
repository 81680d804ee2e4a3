using MsaOrleans.Web.Content;

namespace MsaOrleans.Web.Tests.Content;

/// <summary>What becomes of Markdown.</summary>
public sealed class ArticleTextTests
{
    [Fact]
    public void Html_in_a_file_is_text()
    {
        var html = Read("Un <script>alert(1)</script> et <b>gras</b>.\n\n<div onclick=\"x()\">bloc</div>").Html;
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<div", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[x](javascript:alert)")]
    [InlineData("[x](http://exemple.fr)")]
    [InlineData("[x](//exemple.fr)")]
    [InlineData("[x](data:text/html,x)")]
    [InlineData("[x](page)")]
    [InlineData("[x]()")]
    public void A_link_leads_into_the_site_or_is_encrypted(string markdown) => Assert.Contains("the link", Refused(markdown), StringComparison.Ordinal);

    [Theory]
    [InlineData("# Titre", "must begin with ## or ###")]
    [InlineData("#### Titre", "must begin with ## or ###")]
    [InlineData("## Titre\n\nA\n\n## Titré", "two headings")]
    [InlineData("## ?", "without words")]
    [InlineData("![](/images/x.webp)", "needs words")]
    public void A_heading_or_a_picture_that_does_not_serve_everybody_is_refused(string markdown, string said) => Assert.Contains(said, Refused(markdown), StringComparison.Ordinal);

    [Fact]
    public void Headings_can_be_gone_to()
    {
        var text = Read("## L'adresse à vérifier\n\nA\n\n### Détail\n\nB");
        Assert.Contains("<h2 id=\"adresse-verifier\">", text.Html, StringComparison.Ordinal);
        Assert.Equal(["adresse-verifier"], text.Sections.Select(section => section.Id));
    }

    [Fact]
    public void Marks_stay_with_their_words() => Assert.Contains("Prêt\u00a0? Oui\u00a0: «\u00a0<strong>allez</strong>\u00a0»", Read("Prêt ? Oui : « **allez** »").Html, StringComparison.Ordinal);

    [Fact]
    public void A_picture_says_its_size_and_waits()
    {
        var pictures = Pictures.Read("""{ "/images/x.webp": { "width": 360, "height": 500, "page": "0" } }""");
        Assert.Equal(
            "<p><img src=\"/images/x.webp\" class=\"picture\" loading=\"lazy\" width=\"360\" height=\"500\" alt=\"Choisissez «\u00a0Oui\u00a0».\" /></p>\n",
            ArticleText.Read("aide/essai.md", "![Choisissez « Oui ».](/images/x.webp)", pictures).Html);
    }

    [Fact]
    public void The_search_reads_words_and_not_pictures() =>
        Assert.Equal("Titre\nUn lien et du gras.\nUn point", Read("## Titre\n\nUn [lien](/aide) et\ndu **gras**.\n\n- Un ![image](/images/x.webp)point").Plain);

    [Fact]
    public void A_telephone_number_is_easy_to_hit() => Assert.Contains("<a href=\"tel:+33969363703\" class=\"phone\">", Read("[09 69 36 37 03](tel:+33969363703)").Html, StringComparison.Ordinal);

    private static ArticleText Read(string markdown) => ArticleText.Read("aide/essai.md", markdown, Pictures.None);

    private static string Refused(string markdown)
    {
        var message = Assert.Throws<ContentException>(() => Read(markdown)).Message;
        Assert.StartsWith("Web/Content/aide/essai.md: ", message, StringComparison.Ordinal);
        return message;
    }
}
