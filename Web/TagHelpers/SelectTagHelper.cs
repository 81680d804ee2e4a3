using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MsaOrleans.Web.TagHelpers;

/// <summary>One choice out of a long list, with its label, hint and error. Nothing is chosen beforehand, unless the page knows the answer.</summary>
[HtmlTargetElement("msa-select", TagStructure = TagStructure.WithoutEndTag)]
public sealed class SelectTagHelper : TagHelper
{
    public required ModelExpression For { get; set; }

    public required IEnumerable<SelectListItem> Options { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public required string Label { get; set; }

    public string? Hint { get; set; }

    /// <summary>What the list shows while nothing is chosen.</summary>
    public required string Prompt { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var field = Field.Of(For, ViewContext);
        var select = Html.Element("select", "input width-20", field.Name, [Option("", Prompt, chosen: false), .. Options.Select(option => Option(option.Value, option.Text, option.Value == field.Value))])
            .With("name", field.Name)
            .With("aria-required", "true")
            .With("aria-invalid", field.IsRefused ? "true" : null)
            .With("aria-describedby", field.DescribedBy(Hint));

        field.Draw(output, field.LabelOf(Label), Hint, select);
    }

    private static TagBuilder Option(string value, string text, bool chosen) =>
        Html.Element("option", null, null, Html.Text(text)).With("value", value).With("selected", chosen ? "selected" : null);
}
