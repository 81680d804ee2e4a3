using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MsaOrleans.Web.TagHelpers;

/// <summary>
/// Says, before the fields of a form that has several, which of them are required (RGAA 11.10). Where all are, it is part of the description of each, as test 11.10.2
/// has it; where some are not, each of those says so itself. Content, if any, is the sentence.
/// </summary>
[HtmlTargetElement("msa-required")]
public sealed class RequiredTagHelper : TagHelper
{
    internal const string Id = "obligatoires";

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>Some may be left out.</summary>
    public bool ButOptional { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        PageForm.Of(ViewContext).AllAreRequired = !ButOptional;
        var sentence = await output.GetChildContentAsync();
        output.TagName = "p";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "hint");
        output.Attributes.SetAttribute("id", Id);
        output.Content.AppendHtml(
            !sentence.IsEmptyOrWhiteSpace ? sentence
            : Html.Text(ButOptional ? "Tous les champs sont obligatoires, sauf ceux marqués « facultatif »." : "Tous les champs sont obligatoires."));
    }
}
