using System.Globalization;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Space;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class PaymentLedgerTests
{
    private static readonly PaymentFilter everything = new();

    private static readonly PaymentLedger some = Ledger(
        "2026-03-02 Santé 22.50", "2026-02-10 Santé -20.00", "2026-02-10 Retraite 1034.56", "2025-04-01 Santé 10.00", "2025-03-31 Écoles 5.00", "2024-12-31 Retraite 0.00");

    [Fact]
    public void Without_a_filter_everything_is_there_latest_first_with_its_sums()
    {
        var page = some.Page(everything, 1, 50);

        Assert.Equal((everything, 1, 1, Now), (page.Filter, page.Page, page.Pages, page.ReadAt));
        Assert.Equal(["2026-03-02", "2026-02-10", "2026-02-10", "2025-04-01", "2025-03-31", "2024-12-31"], page.Lines.Select(line => Text(line.Date)));
        Assert.Equal(new PaymentTotal(6, 1072.06m, -20m), page.Total);
        Assert.Equal(1052.06m, page.Total.Balance);
        Assert.Equal([new(2026, new(3, 1057.06m, -20m)), new(2025, new(2, 15m, 0)), new(2024, new(1, 0, 0))], page.ByYear);
        Assert.Equal([new("Écoles", new(1, 5m, 0)), new("Retraite", new(2, 1034.56m, 0)), new("Santé", new(3, 32.50m, -20m))], page.ByKind);
    }

    [Fact]
    public void A_year_and_a_kind_let_through_what_is_of_both()
    {
        Assert.Equal([22.50m, -20m, 1034.56m], Amounts(some.Page(new(2026), 1, 50)));
        Assert.Equal([22.50m, -20m, 10m], Amounts(some.Page(new(Kind: KeyOf(some, "Santé")), 1, 50)));
        var both = some.Page(new(2025, KeyOf(some, "Santé")), 1, 50);
        Assert.Equal([10m], Amounts(both));
        Assert.Equal((2025, KeyOf(some, "Santé")), (both.Filter.Year, both.Filter.Kind));
        Assert.Equal((new PaymentTotal(1, 10m, 0), 1, 1), (both.Total, both.ByYear.Count, both.ByKind.Count));
    }

    [Fact]
    public void What_may_be_chosen_is_of_all_payments_whatever_is_chosen()
    {
        foreach (var filter in new[] { everything, new(2024), new(2025, KeyOf(some, "Santé")) })
        {
            var page = some.Page(filter, 1, 50);
            Assert.Equal([2026, 2025, 2024], page.Years);
            Assert.Equal(["Écoles", "Retraite", "Santé"], page.Kinds.Select(kind => kind.Name));
        }
    }

    [Theory]
    [InlineData(2031, null)]
    [InlineData(-1, null)]
    [InlineData(0, null)]
    [InlineData(int.MaxValue, null)]
    [InlineData(null, "")]
    [InlineData(null, "Santé")]
    [InlineData(null, "deadbeef")]
    [InlineData(1999, "' OR 1=1")]
    public void A_year_or_a_kind_that_there_is_not_is_left_out_of_what_was_asked(int? year, string? kind)
    {
        var page = some.Page(new(year, kind), 1, 50);
        Assert.Equal((everything, 6), (page.Filter, page.Lines.Count));
        Assert.Equal((2026, 3), (some.Page(new(2026, kind ?? "?"), 1, 50).Filter.Year, some.Page(new(2026, kind ?? "?"), 1, 50).Total.Count));
    }

    [Fact]
    public void A_year_and_a_kind_without_a_payment_of_both_let_nothing_through()
    {
        var page = some.Page(new(2024, KeyOf(some, "Santé")), 7, 50);
        Assert.Equal((2024, 0, 1, 1), (page.Filter.Year, page.Total.Count, page.Page, page.Pages));
        Assert.Empty(page.Lines);
        Assert.Empty(page.ByYear);
        Assert.Empty(page.ByKind);
        Assert.Empty(page.ByMonth);
    }

    [Fact]
    public void Of_somebody_without_payments_there_is_one_empty_page()
    {
        var page = Ledger().Page(new(2026, "x"), int.MinValue, 0);
        Assert.Equal((everything, 1, 1, new PaymentTotal(0, 0, 0)), (page.Filter, page.Page, page.Pages, page.Total));
        Assert.Empty(page.Lines);
        Assert.Empty(page.Years);
        Assert.Empty(page.ByMonth);
        Assert.Empty(Ledger().Latest(3));
    }

    [Fact]
    public void A_year_has_its_twelve_months_and_a_month_without_payments_is_one_of_nothing()
    {
        var months = some.Page(new(2025), 1, 50).ByMonth;
        Assert.Equal(Enumerable.Range(1, 12).Select(month => new DateOnly(2025, month, 1)), months.Select(of => of.Month));
        Assert.Equal([(3, 5m), (4, 10m)], months.Where(of => of.Total.Count > 0).Select(of => (of.Month.Month, of.Total.Paid)));
    }

    [Fact]
    public void Without_a_year_there_are_the_twelve_months_up_to_the_last_payment()
    {
        var months = some.Page(everything, 1, 50).ByMonth;
        Assert.Equal((12, new(2025, 4, 1), new(2026, 3, 1)), (months.Count, months[0].Month, months[^1].Month));
        Assert.Equal([(4, 10m, 0m), (2, 1034.56m, -20m), (3, 22.50m, 0m)], months.Where(of => of.Total.Count > 0).Select(of => (of.Month.Month, of.Total.Paid, of.Total.TakenBack)));
        Assert.Equal(new(2026, 2, 1), some.Page(new(Kind: KeyOf(some, "Retraite")), 1, 50).ByMonth[^1].Month);
    }

    [Fact]
    public void A_payment_of_another_century_is_one_like_others()
    {
        var old = Ledger("2026-01-05 Santé 1.00", "1900-02-28 Santé 3.00");
        Assert.Equal([2026, 1900], old.Page(everything, 1, 50).Years);
        var page = old.Page(new(1900), 1, 50);
        Assert.Equal((3m, new DateOnly(1900, 12, 1), 3m), (page.Total.Paid, page.ByMonth[^1].Month, page.ByMonth[1].Total.Paid));
    }

    [Fact]
    public void Nothing_but_what_was_taken_back_is_below_zero()
    {
        var page = Ledger("2026-01-05 Santé -12.00", "2026-01-04 Santé -0.50").Page(everything, 1, 50);
        Assert.Equal((new PaymentTotal(2, 0, -12.50m), -12.50m), (page.Total, page.Total.Balance));
    }

    [Theory]
    [InlineData(1, 50, 1, 400, 50, 0)]
    [InlineData(2, 50, 2, 400, 50, 50)]
    [InlineData(400, 50, 400, 400, 50, 19_950)]
    [InlineData(401, 50, 400, 400, 50, 19_950)]
    [InlineData(int.MaxValue, 50, 400, 400, 50, 19_950)]
    [InlineData(0, 50, 1, 400, 50, 0)]
    [InlineData(int.MinValue, 50, 1, 400, 50, 0)]
    [InlineData(3, 0, 3, 20_000, 1, 2)]
    [InlineData(3, -7, 3, 20_000, 1, 2)]
    [InlineData(1, int.MaxValue, 1, 10, PaymentLimits.MostLines, 0)]
    [InlineData(2, 15_000, 2, 10, PaymentLimits.MostLines, PaymentLimits.MostLines)]
    [InlineData(39, 515, 39, 39, 430, 19_570)]
    public void A_page_that_there_is_not_is_the_nearest_that_there_is(int asked, int lines, int page, int pages, int count, int first)
    {
        var found = many.Page(everything, asked, lines);
        Assert.Equal((page, pages, count), (found.Page, found.Pages, found.Lines.Count));
        Assert.Equal(first, found.Lines[0].Amount);
    }

    [Fact]
    public void All_pages_together_are_all_payments_each_once()
    {
        var pages = Enumerable.Range(1, 10).Select(page => many.Page(everything, page, PaymentLimits.MostLines)).ToList();
        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => (decimal)i), pages.SelectMany(Amounts));
        Assert.Single(pages.Select(page => page.Total).Distinct());
        Assert.Equal(20_000, pages[0].Total.Count);
    }

    [Fact]
    public void Kinds_beyond_counting_are_told_as_one()
    {
        var ledger = new PaymentLedger([.. Enumerable.Range(0, 5_000).Select(i => new Payment(new(2026, 1, 1), i < 1_000 ? "Santé" : $"Nature {i:0000}", 1m))], Now);
        var page = ledger.Page(everything, 1, 50);
        Assert.Equal((PaymentLimits.MostKinds, PaymentLimits.MostKinds + 1), (page.Kinds.Count, page.ByKind.Count));
        Assert.Contains("Santé", page.Kinds.Select(kind => kind.Name));
        Assert.Equal(new(null, new(5_000 - 1_000 - (PaymentLimits.MostKinds - 1), 5_000 - 1_000 - (PaymentLimits.MostKinds - 1), 0)), page.ByKind[^1]);
        Assert.Equal(page.Total.Count, page.ByKind.Sum(of => of.Total.Count));
    }

    [Fact]
    public void The_key_of_a_kind_says_nothing_of_it_and_stays_when_other_kinds_come()
    {
        var key = KeyOf(some, "Santé");
        Assert.Matches("^[0-9a-f]{8}$", key);
        Assert.Equal(key, KeyOf(Ledger("2026-01-05 Aide 1.00", "2026-01-05 Santé 1.00"), "Santé"));
        Assert.NotEqual(key, KeyOf(some, "Retraite"));
    }

    [Fact]
    public void The_latest_are_the_first()
    {
        Assert.Equal([22.50m, -20m, 1034.56m], some.Latest(3).Select(payment => payment.Amount));
        Assert.Equal(6, some.Latest(100).Count);
    }

    [Fact]
    public void It_is_fresh_for_five_minutes_and_not_when_the_clock_was_moved_back()
    {
        Assert.True(some.IsFreshAt(Now));
        Assert.True(some.IsFreshAt(Now.AddMinutes(5).AddTicks(-1)));
        Assert.False(some.IsFreshAt(Now.AddMinutes(5)));
        Assert.False(some.IsFreshAt(Now.AddTicks(-1)));
    }

    private static readonly PaymentLedger many = new([.. Enumerable.Range(0, 20_000).Select(i => new Payment(new DateOnly(2026, 3, 10).AddDays(-i), i % 3 == 0 ? "Santé" : "Retraite", i))], Now);

    private static PaymentLedger Ledger(params string[] lines) => new([.. lines.Select(Read)], Now);

    private static Payment Read(string line) =>
        line.Split(' ') is [var date, var kind, var amount] ? new(DateOnly.Parse(date, CultureInfo.InvariantCulture), kind, decimal.Parse(amount, CultureInfo.InvariantCulture)) : throw new FormatException();

    private static string KeyOf(PaymentLedger ledger, string kind) => ledger.Page(everything, 1, 1).Kinds.Single(one => one.Name == kind).Key;

    private static IEnumerable<decimal> Amounts(PaymentsPage page) => page.Lines.Select(line => line.Amount);

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
