using System.Globalization;
using MsaOrleans.Grains.Interfaces;

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

    [Theory]
    [InlineData("2026-03-10", "2026-03-09T23:00:00Z")]
    [InlineData("2026-03-29", "2026-03-28T23:00:00Z")]
    [InlineData("2026-03-30", "2026-03-29T22:00:00Z")]
    public void A_day_begins_at_that_moment(string day, string moment) => Assert.Equal(
        DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture),
        FrenchCalendar.StartOf(DateOnly.Parse(day, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(1, "12 janvier 2026"), InlineData(2, "12 février 2026"), InlineData(3, "12 mars 2026"), InlineData(4, "12 avril 2026"), InlineData(5, "12 mai 2026"), InlineData(6, "12 juin 2026")]
    [InlineData(7, "12 juillet 2026"), InlineData(8, "12 août 2026"), InlineData(9, "12 septembre 2026"), InlineData(10, "12 octobre 2026"), InlineData(11, "12 novembre 2026"), InlineData(12, "12 décembre 2026")]
    public void Months_have_their_French_names(int month, string said) => Assert.Equal(said, FrenchCalendar.Day(new(2026, month, 12)));

    // The leaflet's week: the 9th of March 2026 was a Monday.
    [Theory]
    [InlineData(9, "lundi"), InlineData(10, "mardi"), InlineData(11, "mercredi"), InlineData(12, "jeudi"), InlineData(13, "vendredi"), InlineData(14, "samedi"), InlineData(15, "dimanche")]
    public void Days_have_their_French_names(int day, string said) => Assert.Equal(said, FrenchCalendar.Weekday(new(2026, 3, day, 12, 0, 0, TimeSpan.Zero)));

    [Theory]
    [InlineData("2026-01-01T00:30:00Z", "jeudi 1er janvier 2026 à 1\u00a0h\u00a030")]
    [InlineData("2026-07-31T22:05:00Z", "samedi 1er août 2026 à 0\u00a0h\u00a005")]
    [InlineData("2026-12-13T12:00:00-05:00", "dimanche 13 décembre 2026 à 18\u00a0h\u00a000")]
    public void Dates_are_said_as_in_France(string moment, string said) =>
        Assert.Equal(said, FrenchCalendar.MomentWithWeekday(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture)));
}
