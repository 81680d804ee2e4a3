using System.Text;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Web.Pages.PrivateSpace;

namespace MsaOrleans.Web.Tests.PrivateSpace;

/// <summary>The file of payments, and their chart, without a site.</summary>
public sealed class PaymentsFileTests
{
    [Fact]
    public void The_file_is_one_that_a_french_spreadsheet_opens()
    {
        var file = PaymentsCsv.Of([new(new(2026, 9, 8), "Santé", 1234.5m), new(new(1900, 2, 28), "Aide ; logement \"APL\"", 0m), new(new(2026, 1, 1), "Retraite", -20m)]);
        Assert.Equal([0xEF, 0xBB, 0xBF], file[..3]);
        Assert.Equal(
            "Date;Nature;Montant en euros\r\n08/09/2026;Santé;1234,50\r\n28/02/1900;\"Aide ; logement \"\"APL\"\"\";0,00\r\n01/01/2026;Retraite;-20,00\r\n",
            Encoding.UTF8.GetString(file[3..]));
    }

    [Fact]
    public void Without_payments_it_has_its_header() => Assert.Equal("Date;Nature;Montant en euros\r\n", Encoding.UTF8.GetString(PaymentsCsv.Of([])[3..]));

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+33 6 12 34 56 78")]
    [InlineData("-2+3+cmd|' /C calc'!A0")]
    [InlineData("@SUM(1;1)")]
    [InlineData("\t=1+1")]
    public void A_name_that_a_spreadsheet_would_run_is_made_harmless(string kind)
    {
        var line = Encoding.UTF8.GetString(PaymentsCsv.Of([new(new(2026, 9, 8), kind, 1m)])).Split("\r\n")[1];
        Assert.StartsWith($"08/09/2026;\"'{kind[..1]}", line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_chart_has_a_bar_a_month_and_what_was_taken_back_beside_it()
    {
        var chart = PaymentsChart.Of(Page(null, (1, 20m, -5m), (2, 0m, 0m), (3, 30.50m, 0m)));
        Assert.Equal(["Versé", "Repris"], chart.Series);
        Assert.Equal([[20m, 5m], [0m, 0m], [30.50m, 0m]], chart.Groups.Select(group => group.Values));
        Assert.Equal(["janvier 2026", "février 2026", "mars 2026"], chart.Groups.Select(group => group.Name));
        Assert.Equal(["janvier", null, null], chart.Groups.Select(group => group.Tick));
        Assert.Equal("Mois par mois, de janvier 2026 à mars 2026", chart.Title);
        Assert.Equal("Versé : 50,50 €, Repris : 5,00 €. Les chiffres sont dans le tableau qui suit.", Plain(chart.Description));
        Assert.Equal(40m, chart.AxisTop);
    }

    [Fact]
    public void Without_anything_taken_back_there_is_one_series()
    {
        var chart = PaymentsChart.Of(Page(2026, (1, 20m, 0m)));
        Assert.Equal(["Versé"], chart.Series);
        Assert.Equal("Mois par mois, en 2026", chart.Title);
    }

    [Fact]
    public void A_chart_of_payments_of_nothing_says_so() => Assert.Equal("Aucun paiement pendant cette période.", PaymentsChart.Of(Page(2026, (1, 0m, 0m))).Description);

    [Theory]
    [InlineData(1234.56, "1 234,56 €")]
    [InlineData(0, "0,00 €")]
    [InlineData(-20, "−20,00 €")]
    [InlineData(99_999_999.99, "99 999 999,99 €")]
    public void Amounts_are_french_and_the_sign_is_one_that_is_read_aloud(decimal amount, string said) => Assert.Equal(said, Plain(HomeModel.Euros(amount)));

    private static PaymentsPage Page(int? year, params (int Month, decimal Paid, decimal TakenBack)[] months) => new()
    {
        ReadAt = DateTimeOffset.UnixEpoch,
        Filter = new(year),
        Years = [2026],
        Kinds = [],
        Total = new(1, 1m, 0m),
        ByYear = [],
        ByKind = [],
        ByMonth = [.. months.Select(of => new PaymentsOfMonth(new(2026, of.Month, 1), new(1, of.Paid, of.TakenBack)))],
        Page = 1,
        Pages = 1,
        Lines = [],
    };

    private static string Plain(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ');
}
