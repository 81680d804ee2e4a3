using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MsaOrleans.Web.Journey;

/// <summary>Writes into every posted form of the sign-up which draft it was shown for (see <see cref="SignUpVisit.DraftName"/>).</summary>
[HtmlTargetElement("form", Attributes = "[method=post]")]
public sealed class DraftFieldTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (ViewContext.ViewData["Draft"] is not string draft)
            return;
        var field = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        field.Attributes["type"] = "hidden";
        field.Attributes["name"] = "Draft";
        field.Attributes["value"] = draft;
        output.PostContent.AppendHtml(field);
    }
}
