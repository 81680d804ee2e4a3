using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace MsaOrleans.Web.Tests.Accessibility;

/// <summary>A page as it is without its style sheet and without scripts, which is how it is read aloud: what would be lost on the way. The numbers are those of RGAA's criteria.</summary>
internal static class PageReading
{
    private static readonly HtmlParser strict = new(new HtmlParserOptions { IsStrictMode = true });

    /// <summary>What is wrong; nothing when all is well.</summary>
    public static IEnumerable<string> Faults(string html, IHtmlDocument page) =>
    [
        .. Validity(html),
        .. Document(page),
        .. Headings(page),
        .. Controls(page),
        .. Pictures(page),
        .. Captions(page),
        .. Structure(page),
    ];

    private static IEnumerable<string> Validity(string html)
    {
        HtmlParseException? refusal = null;
        try
        {
            strict.ParseDocument(html);
        }
        catch (HtmlParseException e)
        {
            refusal = e;
        }
        if (refusal is not null)
            yield return $"8.2 not valid at {refusal.Position}: {refusal.Message}";
    }

    private static IEnumerable<string> Document(IHtmlDocument page)
    {
        if (page.Doctype?.Name != "html")
            yield return "8.1 no type of document";
        if (page.DocumentElement.GetAttribute("lang") != "fr")
            yield return "8.3 no language";
        if (string.IsNullOrWhiteSpace(page.Title))
            yield return "8.5 no title";
        if (page.QuerySelectorAll("main").Length != 1)
            yield return "9.2 not one main";
        if (page.QuerySelector("a") is not { ClassName: "skip-link" } skip || page.QuerySelector(skip.GetAttribute("href")!)?.LocalName != "main")
            yield return "12.7 does not begin with a link to its content";
        foreach (var twice in page.QuerySelectorAll("[id]").GroupBy(e => e.Id).Where(same => same.Count() > 1))
            yield return $"8.2 two elements are {twice.Key}";
        foreach (var attribute in (string[])["aria-describedby", "aria-labelledby", "aria-controls", "for"])
        {
            foreach (var (element, id) in page.QuerySelectorAll($"[{attribute}]").SelectMany(e => e.GetAttribute(attribute)!.Split(' '), (e, id) => (e, id)))
            {
                if (page.GetElementById(id) is null)
                    yield return $"8.2 {attribute} leads to no {id}: {Show(element)}";
            }
        }
        foreach (var element in page.QuerySelectorAll("[style], [align], [bgcolor], [accesskey], [autofocus], center, font, u, big, marquee, blink, iframe, object, embed, video, audio, canvas, meta[http-equiv=refresh], meta[content*=scalable], meta[content*=maximum-scale]"))
            yield return $"10.1, 12.10, 13.1 or a medium without alternative: {Show(element)}";
        foreach (var element in page.QuerySelectorAll("[tabindex]").Where(e => e.GetAttribute("tabindex") is not ("0" or "-1")))
            yield return $"12.8 an order of its own: {Show(element)}";
        foreach (var element in page.All.Where(e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal))))
            yield return $"7.1 a script in the page: {Show(element)}";
    }

    private static IEnumerable<string> Headings(IHtmlDocument page)
    {
        if (page.QuerySelectorAll("h1").Length != 1 || page.QuerySelector("main h1") is null)
            yield return "9.1 not one first heading in the content";
        var level = 0;
        foreach (var heading in page.QuerySelectorAll("main :is(h1, h2, h3, h4, h5, h6)").Where(h => h.Closest(".error-summary") is null))
        {
            var own = heading.LocalName[1] - '0';
            if (own > level + 1)
                yield return $"9.1 after level {level}: {Show(heading)}";
            if (string.IsNullOrWhiteSpace(heading.TextContent))
                yield return $"9.1 an empty heading: {Show(heading)}";
            level = own;
        }
    }

    private static IEnumerable<string> Controls(IHtmlDocument page)
    {
        foreach (var control in page.QuerySelectorAll("a[href], button, summary").Where(e => string.IsNullOrWhiteSpace(e.TextContent)))
            yield return $"6.2 or 11.9 without words: {Show(control)}";
        foreach (var link in page.QuerySelectorAll("a[target=_blank]").Where(a => !a.TextContent.Contains("nouvel onglet", StringComparison.Ordinal)))
            yield return $"13.2 a new tab without a word: {Show(link)}";
        foreach (var field in page.QuerySelectorAll("input:not([type=hidden]), select, textarea"))
        {
            if (page.QuerySelectorAll($"label[for='{field.Id}']") is not [var label] || string.IsNullOrWhiteSpace(label.TextContent))
            {
                yield return $"11.1 not one label: {Show(field)}";
                continue;
            }
            var isChoice = field is IHtmlInputElement { Type: "radio" or "checkbox" };
            if (IsBefore(label, field) == isChoice)
                yield return $"11.4 the label on the wrong side: {Show(field)}";
            foreach (var note in (field.GetAttribute("aria-describedby") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(page.GetElementById).Where(note => !isChoice && note is not null && !IsBefore(note, field)))
                yield return $"10.3 what describes it comes after it: {Show(note!)}";
            if (isChoice && field.GetAttribute("type") == "radio" && field.Closest("fieldset") is null)
                yield return $"11.5 not grouped: {Show(field)}";
            if (!isChoice && field.GetAttribute("aria-required") != "true" && !$"{label.TextContent}{field.Closest("fieldset")?.FirstElementChild?.TextContent}".Contains("(facultatif)", StringComparison.Ordinal) && field.Closest("form")?.GetAttribute("method") == "post")
                yield return $"11.10 neither required nor said to be optional: {Show(field)}";
        }
        foreach (var group in page.QuerySelectorAll("fieldset").Where(f => f.FirstElementChild?.LocalName != "legend" || string.IsNullOrWhiteSpace(f.FirstElementChild.TextContent)))
            yield return $"11.6 no legend: {Show(group)}";
        foreach (var form in page.QuerySelectorAll("form[method=post]:not([novalidate])"))
            yield return $"11.10 the browser's own messages: {Show(form)}";
        foreach (var fault in page.QuerySelectorAll("form[method=post]").SelectMany(Required))
            yield return fault;
        foreach (var field in page.QuerySelectorAll("[aria-describedby~=obligatoires]").Where(field => field.Closest("form")?.QuerySelector("#obligatoires") is null))
            yield return $"11.10 described by the word on another form: {Show(field)}";
    }

    // A form of one field needs no word (the criterion's particular case), and where none is required there is nothing to say.
    private static IEnumerable<string> Required(IElement form)
    {
        var fields = form.QuerySelectorAll("input:not([type=hidden]), select, textarea").ToList();
        var required = fields.Where(field => field.GetAttribute("aria-required") == "true" || field.Closest("fieldset[aria-required=true]") is not null).ToList();
        if (fields.Select(field => field.GetAttribute("name")).Distinct().Count() < 2 || required.Count == 0)
            yield break;
        if (form.QuerySelector("#obligatoires") is not { } sentence || !IsBefore(sentence, fields[0]))
        {
            yield return $"11.10 no word on what is required before the first field: {Show(form)}";
            yield break;
        }
        if (sentence.TextContent.Contains("sauf ceux", StringComparison.Ordinal) == (required.Count == fields.Count))
            yield return $"11.10 the sentence is not true of the form: {Show(sentence)}";
        if (required.Count == fields.Count)
        {
            foreach (var field in required.Where(field => !$"{field.GetAttribute("aria-describedby")} {field.Closest("fieldset")?.GetAttribute("aria-describedby")}".Split(' ').Contains(sentence.Id)))
                yield return $"11.10 its description does not say that it is required: {Show(field)}";
        }
    }

    private static IEnumerable<string> Captions(IHtmlDocument page) => page.QuerySelectorAll("figure")
        .Where(figure => figure.GetAttribute("role") != "figure" || string.IsNullOrEmpty(figure.GetAttribute("aria-label")) || figure.QuerySelector("figcaption")?.TextContent != figure.GetAttribute("aria-label"))
        .Select(figure => $"1.9 its caption is not tied to it: {Show(figure)}");

    private static IEnumerable<string> Pictures(IHtmlDocument page) => page.QuerySelectorAll("img, svg")
        .Where(picture => picture.GetAttribute("aria-hidden") != "true" && !(picture.GetAttribute("role") == "img" && picture.GetAttribute("aria-labelledby") is { } id && page.GetElementById(id)?.LocalName == "title"))
        .Select(picture => $"1.1 or 1.2 neither named nor hidden: {Show(picture)}");

    private static IEnumerable<string> Structure(IHtmlDocument page)
    {
        foreach (var list in page.QuerySelectorAll("ul, ol").Where(l => l.Children.Any(c => c.LocalName != "li")))
            yield return $"9.3 something else in a list: {Show(list)}";
        foreach (var list in page.QuerySelectorAll("dl").Where(l => l.Children.Any(c => c.LocalName is not ("div" or "dt" or "dd"))))
            yield return $"9.3 something else in a list: {Show(list)}";
        foreach (var heading in page.QuerySelectorAll("th:not([scope])"))
            yield return $"5.7 a heading of nothing: {Show(heading)}";
        foreach (var table in page.QuerySelectorAll("table").Where(t => t.QuerySelector("th") is null))
            yield return $"5.6 a table without headings: {Show(table)}";
    }

    private static bool IsBefore(INode one, INode other) => one.CompareDocumentPosition(other).HasFlag(DocumentPositions.Following);

    private static string Show(IElement element) => element.OuterHtml.ReplaceLineEndings(" ")[..Math.Min(element.OuterHtml.Length, 160)];
}
