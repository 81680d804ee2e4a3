using Microsoft.AspNetCore.Html;

namespace MsaOrleans.Web.Charts;

/// <summary>Steps that follow each other: how many have reached each, as a bar, inside the outline of the step before. What is hollow has stopped there.</summary>
/// <param name="Id">Unique on its page.</param>
/// <param name="Title">What goes through the steps.</param>
/// <param name="Steps">In their order.</param>
public sealed record StepChart(string Id, string Title, IReadOnlyList<ChartStep> Steps)
{
    private const double RowHeight = 40;
    private const double BarHeight = 14;

    // Fewer say nothing about anybody but themselves.
    private const int Enough = 5;

    private long Most => Math.Max(1, Steps.Select(step => step.Count).DefaultIfEmpty().Max());

    /// <summary>The step after which the smallest share goes on; nothing where too few have come for it to mean anything.</summary>
    public (ChartStep Step, double GoOn)? Hardest => Steps.Index()
        .Where(step => step.Item.Count >= Enough && GoOn(step.Index) < 1)
        .Select(step => ((ChartStep, double GoOn)?)(step.Item, GoOn(step.Index)!.Value))
        .MinBy(step => step!.Value.GoOn);

    public string Description => Steps.All(step => step.Count == 0)
        ? "Rien n’a été compté pendant cette période."
        : $"{string.Join(", ", Steps.Select(step => $"{step.Name} : {Svg.Count(step.Count)}"))}.";

    /// <summary>The share of a step that has reached the next one. Above 1 where more came into the period than began in it; nothing for the last step, or from nobody.</summary>
    public double? GoOn(int step) => step + 1 < Steps.Count && Steps[step].Count > 0 ? (double)Steps[step + 1].Count / Steps[step].Count : null;

    public IHtmlContent Draw() => Svg.Drawing(Id, Title, Description, Steps.Count * RowHeight, Steps.SelectMany(Row));

    private IEnumerable<IHtmlContent> Row(ChartStep step, int index)
    {
        var top = index * RowHeight;
        yield return Svg.Words("chart-step", 1, top + 15, "start", step.Name);
        yield return Svg.Words("chart-step-count", Svg.Width - 1, top + 15, "end", Svg.Count(step.Count));
        if (index > 0 && Steps[index - 1].Count > step.Count)
            yield return Svg.Rectangle("chart-lost", 1, top + 21, Length(Steps[index - 1].Count), BarHeight);
        if (step.Count > 0)
            yield return Svg.Rectangle("chart-bar chart-1", 1, top + 21, Length(step.Count), BarHeight);
    }

    private double Length(long count) => Math.Max(1.5, (Svg.Width - 2.0) * count / Most);
}

/// <summary>One step.</summary>
/// <param name="Name">What has been done when it is reached.</param>
/// <param name="Count">How many have reached it.</param>
/// <param name="Ended">How many have ended there for good.</param>
public sealed record ChartStep(string Name, long Count, long Ended);
