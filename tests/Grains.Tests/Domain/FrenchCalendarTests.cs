using System.Globalization;
using MsaOrleans.Grains.Domain;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class FrenchCalendarTests
{
    [Theory]
    [InlineData("2026-03-10T22:59:59Z", "2026-03-10")]
    [InlineData("2026-03-10T23:00:00Z", "2026-03-11")]
    [InlineData("2026-07-10T21:59:59Z", "2026-07-10")]
    [InlineData("2026-07-10T22:00:00Z", "2026-07-11")]
    [InlineData("2026-07-10T23:30:00+05:00", "2026-07-10")]
    public void A_day_begins_at_midnight_in_Paris_in_winter_and_in_summer(string moment, string day) => Assert.Equal(
        DateOnly.Parse(day, CultureInfo.InvariantCulture),
        FrenchCalendar.DayOf(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture)));
}
