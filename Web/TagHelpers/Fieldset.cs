using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MsaOrleans.Web.TagHelpers;

/// <summary>Several controls that answer one question.</summary>
internal static class Fieldset
{
    public static void Open(TagHelperOutput output, string @class, string? describedBy)
    {
        output.TagName = "fieldset";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", @class);
        if (describedBy is not null)
            output.Attributes.SetAttribute("aria-describedby", describedBy);
    }

    public static IHtmlContent Legend(string text, bool isHeading, bool isOptional = false)
    {
        IHtmlContent[] words = isOptional ? [Html.Text(text), Field.OptionalMark()] : [Html.Text(text)];
        return Html.Element("legend", "legend", null, isHeading ? [Html.Element("h1", "label-heading", null, words)] : words);
    }
}
