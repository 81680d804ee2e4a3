using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MsaOrleans.Web.TagHelpers;

/// <summary>
/// The buttons under a question: <c>Suivant</c>, <c>Précédent</c>, <c>Abandonner</c>. Eye and keyboard meet them in this order. Content, if any, comes after <c>Suivant</c>.
/// </summary>
[HtmlTargetElement("msa-actions")]
public sealed class ActionsTagHelper : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>Address of the step before; if not given, <c>ViewData["Previous"]</c>.</summary>
    public string? Previous { get; set; }

    /// <summary>Where <c>Abandonner</c> leads; if not given, <c>ViewData["Abandon"]</c>.</summary>
    public string? Abandon { get; set; }

    /// <summary>Text of the button that goes on.</summary>
    public string Next { get; set; } = "Suivant";

    /// <summary>On a page without a form: the address that the way on leads to.</summary>
    public string? NextUrl { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        PageForm.Of(ViewContext).DrawsActions = true;
        var between = await output.GetChildContentAsync();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "actions");
        output.Content
            .AppendHtml(NextUrl is null
                ? Html.Element("button", "button", null, Html.Text(Next)).With("type", "submit")
                : Link(Next, NextUrl, "button"))
            .AppendHtml(between);
        if ((Previous ?? ViewContext.ViewData["Previous"] as string) is { } previous)
            output.Content.AppendHtml(Link("Précédent", previous, "button button-secondary"));
        if ((Abandon ?? ViewContext.ViewData["Abandon"] as string) is { } abandon)
            output.Content.AppendHtml(Link("Abandonner", abandon, "button button-quiet actions-abandon"));
    }

    private static TagBuilder Link(string text, string url, string @class) =>
        Html.Element("a", @class, null, Html.Text(text)).With("href", url);
}
