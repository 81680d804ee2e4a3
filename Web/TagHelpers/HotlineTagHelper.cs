using Microsoft.AspNetCore.Razor.TagHelpers;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.TagHelpers;

/// <summary>The number of the assistance Internet, which a phone can dial.</summary>
[HtmlTargetElement("msa-hotline", TagStructure = TagStructure.WithoutEndTag)]
public sealed class HotlineTagHelper : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "a";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "phone");
        output.Attributes.SetAttribute("href", Hotline.Link);
        output.Content.AppendHtml(Html.Text(Hotline.Number));
    }
}
