using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MsaOrleans.Web.TagHelpers;

/// <summary>Several lines of text with their label, hint and error.</summary>
[HtmlTargetElement("msa-textarea", TagStructure = TagStructure.WithoutEndTag)]
public sealed class TextAreaTagHelper : TagHelper
{
    public required ModelExpression For { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public required string Label { get; set; }

    public string? Hint { get; set; }

    public int Rows { get; set; } = 6;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var field = Field.Of(For, ViewContext);
        // As it was typed, spaces included; the first end of a line after the tag is not text (HTML 13.1.2.5).
        var area = Html.Element("textarea", "input", field.Name, new HtmlContentBuilder().Append("\n").Append(field.Value ?? ""))
            .With("name", field.Name)
            .With("rows", Rows.ToString(CultureInfo.InvariantCulture))
            .With("aria-required", "true")
            .With("aria-invalid", field.IsRefused ? "true" : null)
            .With("aria-describedby", field.DescribedBy(Hint));

        field.Draw(output, field.LabelOf(Label), Hint, area);
    }
}
