using Microsoft.AspNetCore.Razor.TagHelpers;

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
        output.Attributes.SetAttribute("href", "tel:+33969363703");
        output.Content.AppendHtml(Html.Text("09 69 36 37 03"));
    }
}
