using System.Globalization;
using System.Text;

namespace MsaOrleans.Load;

/// <summary>Lines over the time of a run.</summary>
internal static class SvgChart
{
    private const int Width = 960, Height = 220, Left = 56, Bottom = 28, Top = 10, Right = 12, GridLines = 4;

    private static readonly CultureInfo format = CultureInfo.InvariantCulture;

    public static string Of(string title, string unit, IReadOnlyList<LoadSecond> seconds, params (string Name, Func<LoadSecond, double> Value)[] lines)
    {
        if (seconds.Count == 0)
            return "";
        var (end, highest) = (Math.Max(seconds[^1].At, 1), NiceLimit(seconds.Max(second => lines.Max(line => line.Value(second)))));
        var svg = new StringBuilder()
            .Append(format, $"<figure><figcaption>{HtmlReport.Text(title)}, {HtmlReport.Text(unit)}{string.Concat(lines.Select((line, i) => $"<span><i style=\"background: var(--s{i})\"></i>{HtmlReport.Text(line.Name)}</span>"))}</figcaption>")
            .Append(format, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{HtmlReport.Text(title)}\">");
        for (var i = 0; i <= GridLines; i++)
        {
            var value = highest * i / GridLines;
            svg.Append(format, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(value):0.#}\" y2=\"{Y(value):0.#}\"/><text x=\"{Left - 8}\" y=\"{Y(value) + 4:0.#}\" text-anchor=\"end\">{value:0.##}</text>");
            svg.Append(format, $"<text x=\"{X(end * i / GridLines):0.#}\" y=\"{Height - 8}\" text-anchor=\"middle\">{end * i / GridLines:0} s</text>");
        }
        for (var i = 0; i < lines.Length; i++)
            svg.Append(format, $"<polyline style=\"stroke: var(--s{i})\" points=\"{string.Join(' ', seconds.Select(second => string.Create(format, $"{X(second.At):0.#},{Y(lines[i].Value(second)):0.#}")))}\"/>");
        return svg.Append("</svg></figure>").ToString();

        double X(double at) => Left + at / end * (Width - Left - Right);

        double Y(double value) => Height - Bottom - value / highest * (Height - Bottom - Top);
    }

    // The next of 1, 2, 5, 10, 20, 50 ...
    private static double NiceLimit(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(value, 1))));
        return new[] { 1, 2, 5, 10 }.Select(step => step * power).First(limit => limit >= value);
    }
}
