using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MsaOrleans.Web.TagHelpers;

/// <summary>
/// Forms are judged by the site, in its own words, and not by the browser's bubbles, which vanish and are not in the page's language. They come back to the page without
/// the place in it: after "Aller au contenu" the browser would else go there again, and take the focus away from what is said to be wrong.
/// </summary>
[HtmlTargetElement("form", Attributes = "[method=post]")]
public sealed class PostFormTagHelper : TagHelper
{
    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        await output.GetChildContentAsync();
        PageForm.Of(ViewContext).AllAreRequired = false; // another form on the page says so for itself
        output.Attributes.SetAttribute(new("novalidate"));
        if (!output.Attributes.ContainsName("action"))
            output.Attributes.SetAttribute("action", ViewContext.HttpContext.Request.GetEncodedPathAndQuery());
    }
}
