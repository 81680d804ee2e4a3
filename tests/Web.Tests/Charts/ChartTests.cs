using System.Globalization;
using System.Text.Encodings.Web;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Html;
using MsaOrleans.Web.Charts;

namespace MsaOrleans.Web.Tests.Charts;

public sealed class ChartTests
{
    private static readonly HtmlParser parser = new();

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(7, 10)]
    [InlineData(11, 20)]
    [InlineData(59, 60)]
    [InlineData(1_000_001, 2_000_000)]
    public void The_axis_ends_at_a_round_figure_whose_half_is_whole(long highest, long top) => Assert.Equal(top, Bars(highest).AxisTop);

    [Fact]
    public void Without_figures_there_is_an_axis_no_bar_and_a_word()
    {
        var drawn = Drawn(Bars(0, 0).Draw());
        Assert.Empty(drawn.QuerySelectorAll("rect"));
        Assert.Equal("Rien à montrer", drawn.QuerySelector(".chart-nothing")!.TextContent);
        Assert.Equal("Rien n’a été compté pendant cette période.", drawn.QuerySelector("desc")!.TextContent);
        Assert.Equal(["0", "1", "2"], Scale(drawn));
        Assert.Empty(Drawn(new BarChart("x", "Titre", "Heure", ["a"], []).Draw()).QuerySelectorAll("rect"));
    }

    [Fact]
    public void Beside_a_huge_bar_a_small_one_is_still_seen_and_all_stay_in_the_frame()
    {
        var drawn = Drawn(Bars(1, 1_234_567, 0).Draw());
        var heights = drawn.QuerySelectorAll("rect").Select(bar => Number(bar, "height")).ToList();
        Assert.Equal(2, heights.Count);
        Assert.Equal(1.5, heights[0]);
        Assert.True(heights[1] > 80);
        Assert.All(drawn.QuerySelectorAll("rect"), bar => Assert.True(Number(bar, "x") >= 42 && Number(bar, "x") + Number(bar, "width") <= 358 && Number(bar, "y") >= 12));
        Assert.Equal(["0", "1 M", "2 M"], Scale(drawn));
        Assert.Contains("1 234 568", Plain(drawn.QuerySelector("desc")!), StringComparison.Ordinal);
    }

    [Fact]
    public void Bars_of_a_slice_stand_side_by_side_in_their_order()
    {
        var drawn = Drawn(new BarChart("x", "Titre", "Heure", ["a", "b"], [new("14 h", "14 h", [3, 1]), new("15 h", null, [0, 2])]).Draw());
        Assert.Equal(["chart-bar chart-1", "chart-bar chart-2", "chart-bar chart-2"], drawn.QuerySelectorAll("rect").Select(bar => bar.ClassName));
        var lefts = drawn.QuerySelectorAll("rect").Select(bar => Number(bar, "x")).ToList();
        Assert.Equal(lefts.Order(), lefts);
        Assert.Equal("a : 3, b : 3. Les chiffres sont dans le tableau qui suit.", Plain(drawn.QuerySelector("desc")!));
    }

    [Fact]
    public void What_is_typed_into_a_drawing_is_text()
    {
        var drawn = Drawn(new BarChart("x", "<b>", "Heure", ["a"], [new("14 h", "</svg><script>", [3])]).Draw());
        Assert.Equal(("<b>", 0), (drawn.QuerySelector("title")!.TextContent, drawn.Owner!.Scripts.Length));
    }

    [Fact]
    public void A_step_is_drawn_inside_the_one_before()
    {
        var chart = Steps(100, 40, 40, 50);
        var drawn = Drawn(chart.Draw());
        Assert.Equal([("chart-bar chart-1", 358), ("chart-lost", 358), ("chart-bar chart-1", 143.2), ("chart-bar chart-1", 143.2), ("chart-bar chart-1", 179)], drawn.QuerySelectorAll("rect").Select(bar => (bar.ClassName!, Number(bar, "width"))));
        Assert.Equal([0.4, 1, 1.25, null], Enumerable.Range(0, 4).Select(chart.GoOn));
        Assert.Equal("0 0 360 160", drawn.GetAttribute("viewBox"));
    }

    [Theory]
    [InlineData(null, 0, 0, 0)]
    [InlineData(null, 4, 0, 0)] // too few
    [InlineData(null, 5, 5, 6)]
    [InlineData("étape 2", 100, 60, 30)]
    [InlineData("étape 1", 100, 6, 3)]
    [InlineData("étape 3", 5, 5, 5, 0)]
    public void The_hardest_step_is_the_one_after_which_the_smallest_share_goes_on(string? name, params int[] counts) =>
        Assert.Equal(name, Steps([.. counts.Select(count => (long)count)]).Hardest?.Step.Name);

    [Theory]
    [InlineData(0, "0")]
    [InlineData(9_999, "9 999")]
    [InlineData(12_300, "12,3 k")]
    [InlineData(1_500_000, "1,5 M")]
    public void Long_figures_are_short_on_the_axis(long count, string said) => Assert.Equal(said, Svg.Abridged(count).Replace('\u202f', ' ').Replace('\u00a0', ' '));

    private static BarChart Bars(params long[] values) => new("x", "Titre", "Heure", ["a"], [.. values.Select((value, i) => new BarGroup($"{i} h", null, [value]))]);

    private static StepChart Steps(params long[] counts) => new("x", "Titre", [.. counts.Select((count, i) => new ChartStep($"étape {i + 1}", count, 0))]);

    private static IElement Drawn(IHtmlContent drawing)
    {
        using var html = new StringWriter();
        drawing.WriteTo(html, HtmlEncoder.Default);
        return parser.ParseDocument(html.ToString()).QuerySelector("svg")!;
    }

    private static IEnumerable<string> Scale(IElement drawn) => drawn.QuerySelectorAll(".chart-scale").Where(text => Number(text, "x") < 42).Select(Plain);

    private static double Number(IElement element, string attribute) => double.Parse(element.GetAttribute(attribute)!, CultureInfo.InvariantCulture);

    private static string Plain(IElement element) => element.TextContent.Replace('\u00a0', ' ').Replace('\u202f', ' ');
}
