using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains.Domain;

/// <summary>The hours of the last day, and the days of a longer period: days are those of France, whatever the season.</summary>
internal static class ActivitySlices
{
    private static readonly TimeSpan hour = TimeSpan.FromHours(1);

    /// <summary>When the slices of a period begin, oldest first.</summary>
    public static IReadOnlyList<DateTimeOffset> Starts(ActivityPeriod period, DateTimeOffset now) => period switch
    {
        ActivityPeriod.Day => [.. Enumerable.Range(0, 24).Reverse().Select(ago => HourOf(now) - (ago * hour))],
        ActivityPeriod.Week => Days(7, now),
        ActivityPeriod.Month => Days(30, now),
        _ => throw new ArgumentOutOfRangeException(nameof(period)),
    };

    /// <summary>What was counted in each slice.</summary>
    /// <param name="starts">When they begin, oldest first.</param>
    /// <param name="counts">Hours before the first slice do not count.</param>
    public static IReadOnlyList<ActivitySlice> Of(IReadOnlyList<DateTimeOffset> starts, IEnumerable<HourCount> counts)
    {
        var slices = starts.Select(_ => new Dictionary<string, long>(StringComparer.Ordinal)).ToList();
        foreach (var (at, counter, count) in counts)
        {
            var slice = slices.Count - 1;
            while (slice >= 0 && starts[slice] > at)
                slice--;
            if (slice >= 0)
                slices[slice][counter] = slices[slice].GetValueOrDefault(counter) + count;
        }
        return [.. starts.Zip(slices, (start, counted) => new ActivitySlice(start, counted))];
    }

    /// <summary>The beginning of the hour in which a moment lies.</summary>
    public static DateTimeOffset HourOf(DateTimeOffset moment) => moment.ToUniversalTime().AddTicks(-(moment.UtcTicks % TimeSpan.TicksPerHour));

    private static List<DateTimeOffset> Days(int count, DateTimeOffset now)
    {
        var today = FrenchCalendar.DayOf(now);
        return [.. Enumerable.Range(0, count).Reverse().Select(ago => FrenchCalendar.StartOf(today.AddDays(-ago)).ToUniversalTime())];
    }
}
