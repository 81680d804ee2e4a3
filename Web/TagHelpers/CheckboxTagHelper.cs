using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MsaOrleans.Web.TagHelpers;

/// <summary>A box to tick; posts <c>true</c>, or nothing. Content, if any, is the label.</summary>
[HtmlTargetElement("msa-checkbox")]
public sealed class CheckboxTagHelper : TagHelper
{
    public required ModelExpression For { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public string? Label { get; set; }
    public string? Hint { get; set; }

    /// <summary>The form may be sent without it.</summary>
    public bool Optional { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var field = Field.Of(For, ViewContext);
        var input = field.Control("checkbox", "choice-input", output.Attributes, field.DescribedBy(Hint));
        input.Attributes.SetAttribute("value", "true");
        if (string.Equals(field.Value, "true", StringComparison.OrdinalIgnoreCase))
            input.Attributes.SetAttribute(new("checked"));
        if (!Optional)
            input.Attributes.SetAttribute("aria-required", "true");
        if (field.IsRefused)
            input.Attributes.SetAttribute("aria-invalid", "true");

        var content = await output.GetChildContentAsync();
        var label = Html.Element("label", "choice-label", null, content.IsEmptyOrWhiteSpace ? Html.Text(Label ?? field.Label) : content)
            .With("for", field.Name);

        var choice = new TagHelperOutput("div", [], (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()));
        Choice.Write(choice, input, label);
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.Clear();
        output.Attributes.SetAttribute("class", field.BlockClass);
        output.Content.AppendHtml(field.Hint(Hint)).AppendHtml(field.Error()).AppendHtml(choice);
    }
}

/// <summary>A radio or a box with its label beside it.</summary>
internal static class Choice
{
    public static void Write(TagHelperOutput output, TagHelperOutput input, TagBuilder label)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.Clear();
        output.Attributes.SetAttribute("class", "choice");
        output.Content.AppendHtml(input).AppendHtml(label);
    }
}
