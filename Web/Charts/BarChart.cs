using Microsoft.AspNetCore.Html;

namespace MsaOrleans.Web.Charts;

/// <summary>Figures over time: a group of bars for each slice, a bar for each series.</summary>
/// <param name="Id">Unique on its page.</param>
/// <param name="Title">What is counted, or summed.</param>
/// <param name="Slices">What a slice is, as the table says it: <c>Heure</c>.</param>
/// <param name="Series">What its bars are, in their order; three at most have a look of their own.</param>
/// <param name="Groups">The slices, in their order.</param>
public sealed record BarChart(string Id, string Title, string Slices, IReadOnlyList<string> Series, IReadOnlyList<BarGroup> Groups)
{
    private const double Left = 42;
    private const double Right = Svg.Width - 2;
    private const double Top = 12;
    private const double Bottom = 152;
    private const double Height = 176;

    // A bar beside one a thousand times as high must still be seen.
    private const double Least = 1.5;

    public ChartUnit Unit { get; init; } = ChartUnit.Counts;

    /// <summary>The sum of each series.</summary>
    public IReadOnlyList<decimal> Totals => [.. Series.Select((_, series) => Groups.Sum(group => group.Values[series]))];

    public bool IsEmpty => Groups.All(group => group.Values.All(value => value == 0));

    /// <summary>The figure at the top of the axis: a round one, half of which is whole.</summary>
    public decimal AxisTop
    {
        get
        {
            var highest = Groups.SelectMany(group => group.Values).DefaultIfEmpty().Max();
            for (decimal unit = 1; ; unit *= 10)
            {
                foreach (var top in (decimal[])[2 * unit, 4 * unit, 6 * unit, 10 * unit])
                {
                    if (top >= highest)
                        return top;
                }
            }
        }
    }

    /// <summary>What the drawing shows, in a sentence.</summary>
    public string Description => IsEmpty
        ? Unit.Nothing
        : $"{string.Join(", ", Series.Zip(Totals, (series, total) => $"{series} : {Unit.Say(total)}"))}. Les chiffres sont dans le tableau qui suit.";

    public IHtmlContent Draw() => Svg.Drawing(Id, Title, Description, Height, [.. Axis(), .. Groups.SelectMany(Bars), .. Nothing()]);

    private IEnumerable<IHtmlContent> Axis()
    {
        foreach (var at in (decimal[])[0, AxisTop / 2, AxisTop])
        {
            var y = Y(at);
            yield return Svg.Line(at == 0 ? "chart-base" : "chart-grid", Left, y, Right, y);
            yield return Svg.Words("chart-scale", Left - 6, y + 4, "end", Svg.Abridged(at));
        }
    }

    private IEnumerable<IHtmlContent> Nothing()
    {
        if (IsEmpty)
            yield return Svg.Words("chart-nothing", (Left + Right) / 2, Top + ((Bottom - Top) / 4) + 4, "middle", "Rien à montrer");
    }

    private IEnumerable<IHtmlContent> Bars(BarGroup group, int index)
    {
        var room = (Right - Left) / Groups.Count;
        var left = Left + (index * room);
        var width = Math.Min(room * 0.8, 28) / Series.Count;
        var first = left + ((room - (width * Series.Count)) / 2);
        foreach (var (series, value) in group.Values.Index().Where(bar => bar.Item > 0))
        {
            var height = Math.Max(Bottom - Y(value), Least);
            yield return Svg.Rectangle($"chart-bar chart-{series + 1}", first + (series * width), Bottom - height, width, height);
        }
        if (group.Tick is { } tick) // the last one would be cut off where its bar is narrow
            yield return index == Groups.Count - 1 ? Svg.Words("chart-scale", Right, Bottom + 17, "end", tick) : Svg.Words("chart-scale", left + (room / 2), Bottom + 17, "middle", tick);
    }

    private double Y(decimal value) => Bottom - ((Bottom - Top) * (double)(value / AxisTop));
}

/// <summary>One slice of time.</summary>
/// <param name="Name">In full, for the table.</param>
/// <param name="Tick">Under the axis; nothing where there is no room for it.</param>
/// <param name="Values">One for each series, none below zero.</param>
public sealed record BarGroup(string Name, string? Tick, IReadOnlyList<decimal> Values);

/// <summary>What the figures of a chart are.</summary>
/// <param name="Say">One of them in words; the axis, which has little room, abridges them.</param>
/// <param name="Nothing">What is said where there are none.</param>
public sealed record ChartUnit(Func<decimal, string> Say, string Nothing)
{
    public static ChartUnit Counts { get; } = new(Svg.Count, "Rien n’a été compté pendant cette période.");
}
