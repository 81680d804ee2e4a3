using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MsaOrleans.Web.TagHelpers;

/// <summary>A picture and its caption, tied as RGAA's test 1.9.4 has it: the element alone tells nothing to many screen readers.</summary>
[HtmlTargetElement("figure", Attributes = "caption")]
public sealed class FigureTagHelper : TagHelper
{
    public required string Caption { get; set; }

    /// <summary>It is the title of a chart, and stands over it.</summary>
    public bool CaptionIsTitle { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Attributes.SetAttribute("role", "figure");
        output.Attributes.SetAttribute("aria-label", Typography.French(Caption));
        var (place, @class) = CaptionIsTitle ? (output.PreContent, "chart-title") : (output.PostContent, null);
        place.AppendHtml(Html.Element("figcaption", @class, null, Html.Text(Caption)));
    }
}
