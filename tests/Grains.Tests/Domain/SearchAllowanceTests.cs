using MsaOrleans.Grains.Domain;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class SearchAllowanceTests
{
    private static readonly DateTimeOffset start = Samples.Now;

    [Fact]
    public void Thirty_searches_a_minute_are_free_and_the_next_one_when_the_first_is_a_minute_old()
    {
        var allowance = Taken(SearchAllowance.AMinute, TimeSpan.FromSeconds(1));
        var (after, until) = allowance.Take(start.AddSeconds(40));
        Assert.Equal(start.AddMinutes(1), until);
        Assert.Equal(allowance.Taken, after.Taken);
        Assert.Null(after.Take(start.AddMinutes(1)).RefusedUntil);
    }

    [Fact]
    public void Three_hundred_an_hour_are_free_however_evenly_they_come()
    {
        var allowance = Taken(SearchAllowance.AnHour, TimeSpan.FromSeconds(10));
        Assert.Equal(start.AddHours(1), allowance.Take(start.AddMinutes(55)).RefusedUntil);
        Assert.Null(allowance.Take(start.AddHours(1)).RefusedUntil);
    }

    private static SearchAllowance Taken(int count, TimeSpan apart) => Enumerable.Range(0, count).Aggregate(new SearchAllowance(), (taken, i) =>
    {
        var (next, refused) = taken.Take(start + (i * apart));
        Assert.Null(refused);
        return next;
    });
}
