using System.Globalization;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Documents;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class DocumentsTests
{
    private static readonly DateTimeOffset now = Samples.Now;

    [Fact]
    public void A_hundred_are_kept_and_the_oldest_give_way_their_files_at_the_next_sweep()
    {
        var documents = Enumerable.Range(0, Documents.MaxKept).Aggregate(new Documents(), (all, i) => all.With(MadeAt(now.AddDays(i)), now.AddDays(i)));
        Assert.Equal((100, null, now.AddYears(1)), (documents.Certificates.Count, documents.PruneAt, documents.DueAt));
        var later = now.AddDays(200);
        var next = documents.With(MadeAt(later), later);
        Assert.Equal((100, later, later), (next.Certificates.Count, next.PruneAt, next.DueAt));
        Assert.Equal(documents.Certificates[1], next.Certificates[0]);
        Assert.Equal((100, null), (next.PrunedAt(later).Certificates.Count, next.PrunedAt(later).PruneAt));
        Assert.Equal((1, null), (next.PrunedAt(later.AddYears(1).AddTicks(-1)).Certificates.Count, next.PrunedAt(later.AddYears(1)).DueAt));
    }

    [Fact]
    public void Of_what_was_never_filed_nothing_is_to_be_erased() => Assert.Equal(new(), new Documents().Closed(now) with { Certificates = new Documents().Certificates });

    [Theory]
    [InlineData(-10, 0, PeriodFault.None)]
    [InlineData(0, 0, PeriodFault.None)]
    [InlineData(-3651, 0, PeriodFault.None)]
    [InlineData(-4000, 0, PeriodFault.TooOld)]
    [InlineData(1, 1, PeriodFault.BeginsInFuture)]
    [InlineData(0, 1, PeriodFault.EndsInFuture)]
    [InlineData(0, -1, PeriodFault.Reversed)]
    public void A_period_lies_within_ten_years_and_ends_today_at_the_latest(int from, int to, PeriodFault fault)
    {
        var today = new DateOnly(2026, 3, 10);
        Assert.Equal(fault, new PaymentPeriod(today.AddDays(from), today.AddDays(to)).FaultOn(today));
    }

    [Theory]
    [InlineData("2016-03-10", PeriodFault.None)]
    [InlineData("2016-03-09", PeriodFault.TooOld)]
    public void It_begins_on_the_same_day_ten_years_ago_at_the_earliest(string from, PeriodFault fault) =>
        Assert.Equal(fault, new PaymentPeriod(DateOnly.Parse(from, CultureInfo.InvariantCulture), new(2026, 3, 10)).FaultOn(new(2026, 3, 10)));

    [Theory]
    [InlineData("2026-01-31", false)]
    [InlineData("2026-02-01", true)]
    [InlineData("2026-02-14", true)]
    [InlineData("2026-02-28", true)]
    [InlineData("2026-03-01", false)]
    public void It_tells_of_its_first_day_of_its_last_and_of_those_between(string day, bool included) =>
        Assert.Equal(included, new PaymentPeriod(new(2026, 2, 1), new(2026, 2, 28)).Includes(DateOnly.Parse(day, CultureInfo.InvariantCulture)));

    [Fact]
    public void Twenty_are_made_a_day()
    {
        var twenty = Enumerable.Range(0, Documents.MostADay).Aggregate(new Documents(), (all, _) => all.With(MadeAt(now), now));
        Assert.False(twenty.MayCertify(now));
        Assert.False(twenty.MayCertify(now.AddDays(1).AddTicks(-1)));
        Assert.True(twenty.MayCertify(now.AddDays(1)));
        Assert.True(twenty.MayCertify(now.AddTicks(-1))); // the clock was moved back
        Assert.True((twenty with { Certificates = twenty.Certificates.RemoveAt(0) }).MayCertify(now));
    }

    [Fact]
    public void Files_that_are_named_no_more_are_erased_from_the_first_of_them_on()
    {
        var documents = new Documents().With(MadeAt(now), now);
        Assert.Equal(now, documents.ToPrune(now).ToPrune(now.AddDays(1)).DueAt);
        Assert.Equal((0, now), (documents.Closed(now).Certificates.Count, documents.Closed(now).PruneAt));
    }

    [Fact]
    public void A_certificate_of_a_period_tells_of_payments()
    {
        var rights = MadeAt(now);
        Assert.Equal(CertificateKind.HealthRights, rights.Summary.Kind);
        Assert.Equal(CertificateKind.Payments, (rights with { Period = new(new(2026, 1, 1), new(2026, 3, 9)) }).Issued.Kind);
    }

    private static Certificate MadeAt(DateTimeOffset at) => new(Guid.NewGuid(), VerificationCode.New(), "LAMY FRITZ", at, 1);
}
