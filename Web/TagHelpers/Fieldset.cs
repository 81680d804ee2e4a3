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

    public static IHtmlContent Legend(string text, bool isHeading) => isHeading
        ? Html.Element("legend", "legend", null, Html.Element("h1", "label-heading", null, Html.Text(text)))
        : Html.Element("legend", "legend", null, Html.Text(text));
}
