using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.TagHelpers;

namespace MsaOrleans.Web.Assistance;

/// <summary>A moment, exact and as people count back to it: <c>aujourd'hui à 14 h 05, il y a 3 min</c>.</summary>
[HtmlTargetElement("msa-time", TagStructure = TagStructure.WithoutEndTag)]
public sealed class TimeTagHelper(FrenchClock clock) : TagHelper
{
    public required DateTimeOffset At { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content
            .AppendHtml(Html.Element("time", null, null, Html.Text(clock.Moment(At))).With("datetime", At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)))
            .AppendHtml(" ")
            .AppendHtml(Html.Element("span", "ago", null, Html.Text(clock.Ago(At))));
    }
}
