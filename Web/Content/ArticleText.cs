using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MsaOrleans.Web.Search;
using MsaOrleans.Web.TagHelpers;

namespace MsaOrleans.Web.Content;

/// <summary>A text written in Markdown, as a page shows it and as the search reads it.</summary>
/// <param name="Html">For the page, below its heading. Nothing in it but what Markdown makes: HTML in a file is shown as it was typed.</param>
/// <param name="Plain">Its words, a line for each paragraph.</param>
/// <param name="Sections">Its headings of the second level.</param>
public sealed record ArticleText(string Html, string Plain, IReadOnlyList<ArticleText.Section> Sections)
{
    private static readonly MarkdownPipeline pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    private static readonly string[] safe = ["/", "#", "https://", "mailto:", "tel:"];

    /// <param name="file">Its file, for messages.</param>
    /// <param name="markdown">What is in it. Headings begin with <c>##</c>.</param>
    /// <param name="pictures">The pictures there are.</param>
    /// <exception cref="ContentException">A heading, a link or a picture is not as it must be.</exception>
    public static ArticleText Read(string file, string markdown, Pictures pictures)
    {
        var text = Markdown.Parse(markdown, pipeline);
        var sections = new List<Section>();
        foreach (var heading in text.Descendants<HeadingBlock>())
        {
            var title = PlainOf(heading);
            if (heading.Level is < 2 or > 3)
                throw new ContentException(file, $"the heading \"{title}\" must begin with ## or ###: # is the title of the page.");
            var id = string.Join('-', Words.In(title).Select(word => word.Folded));
            if (id.Length == 0 || sections.Any(section => section.Id == id))
                throw new ContentException(file, $"there are two headings \"{title}\", or one without words: nothing could lead to it.");
            heading.GetAttributes().Id = id;
            sections.Add(new(id, Typography.French(title), heading.Level));
        }
        foreach (var link in text.Descendants<LinkInline>())
        {
            if (link.Url is not { } url || !safe.Any(start => url.StartsWith(start, StringComparison.Ordinal)) || url.StartsWith("//", StringComparison.Ordinal))
                throw new ContentException(file, $"the link \"{link.Url}\" must begin with one of {string.Join(' ', safe)}");
            if (link.IsImage && string.IsNullOrWhiteSpace(string.Concat(link.Select(PlainOf))))
                throw new ContentException(file, $"the picture {url} needs words between its brackets, for those who do not see it.");
            if (!link.IsImage && url.StartsWith("tel:", StringComparison.Ordinal))
                link.GetAttributes().AddClass("phone");
        }
        foreach (var quote in text.Descendants<QuoteBlock>())
        {
            quote.GetAttributes().AddClass("panel");
            quote.GetAttributes().AddClass("panel-warning");
        }
        return new(Typography.French(Render(text, pictures)), string.Join('\n', text.Descendants<LeafBlock>().Select(PlainOf)), [.. sections.Where(section => section.Level == 2)]);
    }

    private static string Render(MarkdownDocument text, Pictures pictures)
    {
        var html = new StringWriter();
        var renderer = new HtmlRenderer(html);
        pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<LinkInlineRenderer>(new PictureRenderer(pictures));
        renderer.Render(text);
        return html.ToString();
    }

    private static string PlainOf(LeafBlock block) => block.Inline is { } inlines ? string.Concat(inlines.Select(PlainOf)) : "";

    private static string PlainOf(Inline inline) => inline switch
    {
        LinkInline { IsImage: true } => "", // its words are for those who do not see it; the text says the same
        ContainerInline inlines => string.Concat(inlines.Select(PlainOf)),
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        LineBreakInline => " ",
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        _ => "",
    };

    /// <summary>A heading that one can go to.</summary>
    public sealed record Section(string Id, string Title, int Level);

    // The browser is told the size beforehand, so that the text does not jump when a picture arrives.
    private sealed class PictureRenderer(Pictures pictures) : LinkInlineRenderer
    {
        protected override void Write(HtmlRenderer renderer, LinkInline link)
        {
            if (link.IsImage)
            {
                var size = pictures.Find(link.Url!);
                link.GetAttributes().AddClass("picture");
                link.GetAttributes().AddPropertyIfNotExist("loading", "lazy");
                link.GetAttributes().AddPropertyIfNotExist("width", size?.Width);
                link.GetAttributes().AddPropertyIfNotExist("height", size?.Height);
            }
            base.Write(renderer, link);
        }
    }
}
