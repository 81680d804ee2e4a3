using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MsaOrleans.Web.TagHelpers;

/// <summary>A line of text with its label, hint and error. Other attributes go to the input; content goes below it.</summary>
[HtmlTargetElement("msa-input")]
public sealed class InputTagHelper : TagHelper
{
    public required ModelExpression For { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>Instead of the property's display name.</summary>
    public string? Label { get; set; }

    public string? Hint { get; set; }
    public string Type { get; set; } = "text";

    /// <summary>How many characters are expected: 2, 3, 4, 5, 10 or 20. The box then shows it; it does not enforce it.</summary>
    public int? Width { get; set; }

    public bool Optional { get; set; }

    /// <summary>The label is the heading of a page with one question.</summary>
    public bool LabelIsHeading { get; set; }

    /// <summary>Something fixed before or after what is typed, for the eye only: say it in the hint too.</summary>
    public string? Prefix { get; set; }

    public string? Suffix { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var field = Field.Of(For, ViewContext);
        var input = field.Control(Type, Width is null ? "input" : $"input width-{Width}", output.Attributes, field.DescribedBy(Hint));
        if (!IsPassword && field.Value is { Length: > 0 } value)
            input.Attributes.SetAttribute("value", value);
        if (!Optional)
            input.Attributes.SetAttribute("aria-required", "true");
        if (field.IsRefused)
            input.Attributes.SetAttribute("aria-invalid", "true");

        field.Draw(output, Heading(field), Hint, Around(input), await output.GetChildContentAsync());
    }

    private bool IsPassword => Type == "password";

    private TagBuilder Heading(Field field)
    {
        var label = field.LabelOf(Label ?? field.Label);
        if (Optional)
            label.InnerHtml.AppendHtml(Field.OptionalMark());
        return LabelIsHeading ? Html.Element("h1", "label-heading", null, label) : label;
    }

    // The script puts the button Afficher beside a password, so that one has a frame too.
    private IHtmlContent Around(TagHelperOutput input) => (Prefix, Suffix, IsPassword) switch
    {
        (null, null, false) => input,
        (null, null, true) => Html.Element("div", "input-frame", null, input).With("data-password", ""),
        _ => Html.Element("div", "input-frame", null, Affix(Prefix), input, Affix(Suffix)),
    };

    private static IHtmlContent Affix(string? text) => text is null
        ? HtmlString.Empty
        : Html.Element("span", "affix", null, Html.Text(text)).With("aria-hidden", "true");
}
