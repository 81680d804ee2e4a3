using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using MsaOrleans.Web.TagHelpers;

namespace MsaOrleans.Web.Charts;

/// <summary>
/// What our drawings share: 360 units wide, so that their words are as large as those around them on a telephone; classes and no style, which the policy for content
/// would refuse. A drawing is an image for whoever hears the page: its figures are in the table beside it.
/// </summary>
public static class Svg
{
    internal const int Width = 360;

    private static readonly CultureInfo french = CultureInfo.GetCultureInfo("fr-FR");

    internal static TagBuilder Drawing(string id, string title, string description, double height, params IEnumerable<IHtmlContent> parts) =>
        Html.Element("svg", "chart-drawing", null, [Html.Element("title", null, $"{id}-title", Html.Text(title)), Html.Element("desc", null, $"{id}-desc", Html.Text(description)), .. parts])
            .With("viewBox", $"0 0 {Width} {Number(height)}").With("role", "img").With("aria-labelledby", $"{id}-title").With("aria-describedby", $"{id}-desc");

    internal static TagBuilder Rectangle(string @class, double x, double y, double width, double height) => Html.Element("rect", @class)
        .With("x", Number(x)).With("y", Number(y)).With("width", Number(width)).With("height", Number(height));

    internal static TagBuilder Line(string @class, double x1, double y1, double x2, double y2) => Html.Element("line", @class)
        .With("x1", Number(x1)).With("y1", Number(y1)).With("x2", Number(x2)).With("y2", Number(y2));

    /// <param name="class">Of the element.</param>
    /// <param name="x">Where it is anchored.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="text">What it says.</param>
    internal static TagBuilder Words(string @class, double x, double y, string anchor, string text) => Html.Element("text", @class, null, Html.Text(text))
        .With("x", Number(x)).With("y", Number(y)).With("text-anchor", anchor);

    /// <summary>A count in full: <c>12 345</c>.</summary>
    public static string Count(decimal count) => count.ToString("N0", french);

    /// <summary>A count in the room that an axis has: <c>12 345</c> is <c>12 k</c>.</summary>
    public static string Abridged(decimal count) => count switch
    {
        >= 1_000_000 => string.Create(french, $"{count / 1_000_000m:0.#} M"),
        >= 10_000 => string.Create(french, $"{count / 1_000m:0.#} k"),
        _ => Count(count),
    };

    /// <summary>Two decimals are finer than any screen.</summary>
    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
