using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MsaOrleans.Web.TagHelpers;

/// <summary>A date that people know by heart, typed in three boxes: day, month, year.</summary>
[HtmlTargetElement("msa-date", TagStructure = TagStructure.WithoutEndTag)]
public sealed class DateTagHelper : TagHelper
{
    public required ModelExpression ForDay { get; set; }
    public required ModelExpression ForMonth { get; set; }
    public required ModelExpression ForYear { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public required string Legend { get; set; }
    public string? Hint { get; set; }

    public bool Optional { get; set; }

    /// <summary>What browsers may fill in: <c>bday</c> stands for the visitor's own birth date.</summary>
    public string? Autocomplete { get; set; } = "bday";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Field[] fields = [Field.Of(ForDay, ViewContext), Field.Of(ForMonth, ViewContext), Field.Of(ForYear, ViewContext)];
        var day = fields[0];
        string[] errors = [.. fields.SelectMany(field => field.Errors).Distinct()];
        var errorId = errors.Length == 0 ? null : $"{day.Name}-error";

        Fieldset.Open(output, errors.Length == 0 ? "field" : "field field-refused", day.DescribedBy(Hint, andError: false));
        output.Content
            .AppendHtml(Fieldset.Legend(Legend, isHeading: false, Optional))
            .AppendHtml(day.Hint(Hint))
            .AppendHtml(Field.ErrorBeside(day.Name, errors))
            .AppendHtml(Html.Element("div", "date", null,
                Part(day, "Jour", "day", 2, errorId),
                Part(fields[1], "Mois", "month", 2, errorId),
                Part(fields[2], "Année", "year", 4, errorId)));
    }

    private TagBuilder Part(Field field, string label, string part, int width, string? errorId)
    {
        var input = field.Control("text", $"input width-{width}", [], field.IsRefused ? errorId : null);
        input.Attributes.SetAttribute("inputmode", "numeric");
        if (Autocomplete is { Length: > 0 })
            input.Attributes.SetAttribute("autocomplete", $"{Autocomplete}-{part}");
        if (field.Value is { Length: > 0 } value)
            input.Attributes.SetAttribute("value", value);
        if (!Optional)
            input.Attributes.SetAttribute("aria-required", "true");
        if (field.IsRefused)
            input.Attributes.SetAttribute("aria-invalid", "true");
        return Html.Element("div", "date-part", null, Html.Element("label", "label", null, Html.Text(label)).With("for", field.Name), input);
    }
}
