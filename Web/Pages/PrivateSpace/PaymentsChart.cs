using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Web.Charts;

namespace MsaOrleans.Web.Pages.PrivateSpace;

/// <summary>Payments by month as a chart. What was taken back stands beside what was paid, as its amount.</summary>
public static class PaymentsChart
{
    private static readonly ChartUnit euros = new(HomeModel.Euros, "Aucun paiement pendant cette période.");

    /// <param name="page">With a payment at least.</param>
    public static BarChart Of(PaymentsPage page)
    {
        var months = page.ByMonth;
        var takesBack = months.Any(month => month.Total.TakenBack < 0);
        return new("mois", Title(page), "Mois", takesBack ? ["Versé", "Repris"] : ["Versé"], [.. months.Select(month => new BarGroup(
            Name(month.Month), month.Month.Month % 3 == 1 ? FrenchCalendar.Months[month.Month.Month - 1] : null, takesBack ? [month.Total.Paid, -month.Total.TakenBack] : [month.Total.Paid]))])
        {
            Unit = euros,
        };
    }

    private static string Title(PaymentsPage page) => page.Filter.Year is { } year
        ? $"Mois par mois, en {year}"
        : $"Mois par mois, de {Name(page.ByMonth[0].Month)} à {Name(page.ByMonth[^1].Month)}";

    private static string Name(DateOnly month) => $"{FrenchCalendar.Months[month.Month - 1]} {month.Year}";
}
