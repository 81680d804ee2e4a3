using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace MsaOrleans.Web.TagHelpers;

/// <summary>Elements in one expression; every text in them is encoded when it is written.</summary>
internal static class Html
{
    public static TagBuilder Element(string name, string? @class = null, string? id = null, params IEnumerable<IHtmlContent> content)
    {
        var element = new TagBuilder(name);
        if (@class is not null)
            element.Attributes["class"] = @class;
        if (id is not null)
            element.Attributes["id"] = id;
        foreach (var part in content)
            element.InnerHtml.AppendHtml(part);
        return element;
    }

    /// <summary>A text, with French spacing.</summary>
    public static IHtmlContent Text(string text) => new HtmlContentBuilder().Append(Typography.French(text));

    public static TagBuilder With(this TagBuilder element, string attribute, string? value)
    {
        if (value is not null)
            element.Attributes[attribute] = value;
        return element;
    }
}
