using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Assistance;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class ActivitySlicesTests
{
    // The night in which France goes from summer to winter time: its Sunday has 25 hours.
    private static readonly DateTimeOffset monday = new(2026, 10, 26, 9, 12, 30, TimeSpan.Zero);

    [Fact]
    public void A_day_is_24_hours_the_present_one_the_last()
    {
        var starts = ActivitySlices.Starts(ActivityPeriod.Day, monday);
        Assert.Equal((24, monday.AddHours(-23).AddSeconds(-750), monday.AddSeconds(-750)), (starts.Count, starts[0], starts[^1]));
    }

    [Theory]
    [InlineData(ActivityPeriod.Week, 7)]
    [InlineData(ActivityPeriod.Month, 30)]
    public void Longer_periods_are_days_of_France_today_the_last(ActivityPeriod period, int days)
    {
        var starts = ActivitySlices.Starts(period, monday);
        Assert.Equal(days, starts.Count);
        Assert.Equal([new(2026, 10, 24, 22, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 10, 25, 23, 0, 0, TimeSpan.Zero)], starts.TakeLast(2));
    }

    [Fact]
    public void What_was_counted_stands_in_its_slice_and_what_was_before_the_first_in_none()
    {
        var starts = ActivitySlices.Starts(ActivityPeriod.Week, monday);
        var slices = ActivitySlices.Of(starts, [new(starts[0].AddHours(-1), "a", 100), new(starts[0], "a", 1), new(starts[5], "a", 2), new(starts[5].AddHours(24), "a", 3), new(starts[6], "b", 4)]);
        Assert.Equal([(1, 0), (0, 0), (0, 0), (0, 0), (0, 0), (5, 0), (0, 4)], slices.Select(slice => ((int)slice["a"], (int)slice["b"])));
        Assert.Equal(starts, slices.Select(slice => slice.Start));
    }
}
