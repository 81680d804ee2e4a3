using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MsaOrleans.Web.TagHelpers;

/// <summary>A question with one answer among several.</summary>
[HtmlTargetElement("msa-radios")]
public sealed class RadiosTagHelper : TagHelper
{
    public required ModelExpression For { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>Instead of the property's display name.</summary>
    public string? Legend { get; set; }

    /// <summary>The legend is the heading of a page with one question.</summary>
    public bool LegendIsHeading { get; set; }

    public string? Hint { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var field = Field.Of(For, ViewContext);
        context.Items[typeof(RadioGroup)] = new RadioGroup(field);
        var radios = await output.GetChildContentAsync();

        Fieldset.Open(output, field.BlockClass, field.DescribedBy(Hint));
        output.Attributes.SetAttribute("role", "radiogroup"); // a plain fieldset may not be required or invalid
        output.Attributes.SetAttribute("aria-required", "true");
        if (field.IsRefused)
            output.Attributes.SetAttribute("aria-invalid", "true");
        output.Content
            .AppendHtml(Fieldset.Legend(Legend ?? field.Label, LegendIsHeading))
            .AppendHtml(field.Hint(Hint))
            .AppendHtml(field.Error())
            .AppendHtml(Html.Element("div", "choices", null, radios));
    }
}

/// <summary>One answer. The first bears the name of the field as its id, so that the error summary leads to it.</summary>
[HtmlTargetElement("msa-radio", ParentTag = "msa-radios", TagStructure = TagStructure.WithoutEndTag)]
public sealed class RadioTagHelper : TagHelper
{
    public required string Value { get; set; }
    public required string Label { get; set; }
    public string? Hint { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var group = (RadioGroup)context.Items[typeof(RadioGroup)];
        var field = group.Field;
        var id = group.NextId(Value);
        var hintId = Hint is null ? null : $"{id}-choice-hint";

        var input = field.Control("radio", "choice-input", output.Attributes, hintId);
        input.Attributes.SetAttribute("id", id);
        input.Attributes.SetAttribute("value", Value);
        if (field.Value == Value)
            input.Attributes.SetAttribute(new("checked"));

        Choice.Write(output, input, Html.Element("label", "choice-label", null, Html.Text(Label)).With("for", id));
        if (Hint is not null)
            output.Content.AppendHtml(Html.Element("p", "choice-hint", hintId, Html.Text(Hint)));
    }
}

/// <summary>What the answers to one question share.</summary>
internal sealed class RadioGroup(Field question)
{
    private bool begun;

    public Field Field { get; } = question;

    public string NextId(string value)
    {
        var id = begun ? $"{Field.Name}-{value}" : Field.Name;
        begun = true;
        return id;
    }
}
