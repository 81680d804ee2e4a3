using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MsaOrleans.Web.TagHelpers;

/// <summary>Forms are judged by the site, in its own words, and not by the browser's bubbles, which vanish and are not in the page's language.</summary>
[HtmlTargetElement("form", Attributes = "[method=post]")]
public sealed class NoValidateTagHelper : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        output.Attributes.SetAttribute(new("novalidate"));
}
