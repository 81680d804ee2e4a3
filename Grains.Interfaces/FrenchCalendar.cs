namespace MsaOrleans.Grains.Interfaces;

/// <summary>
/// Days and hours as people in metropolitan France count and say them, whatever the machine knows of cultures. Hours hold a non-breaking space.
/// </summary>
public static class FrenchCalendar
{
    private static readonly TimeZoneInfo paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    private static readonly string[] weekdays = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];

    /// <summary>January first.</summary>
    public static IReadOnlyList<string> Months { get; } =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    /// <summary>The day that it is in France.</summary>
    public static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(Local(moment));

    /// <summary>The moment at which a day begins in France.</summary>
    public static DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new(midnight, paris.GetUtcOffset(midnight));
    }

    /// <summary><c>8 septembre 2020</c>; the first of a month is <c>1er</c>.</summary>
    public static string Day(DateOnly day) => $"{(day.Day == 1 ? "1er" : $"{day.Day}")} {Months[day.Month - 1]} {day.Year}";

    /// <summary><c>14 h 05</c>.</summary>
    public static string Hour(DateTimeOffset moment) => $"{Local(moment).Hour}\u00a0h\u00a0{Local(moment).Minute:00}";

    /// <summary>The hour of the day, 0 to 23.</summary>
    public static int HourOf(DateTimeOffset moment) => Local(moment).Hour;

    /// <summary><c>mardi</c>.</summary>
    public static string Weekday(DateTimeOffset moment) => weekdays[(int)DayOf(moment).DayOfWeek];

    /// <summary><c>8 septembre 2020 à 14 h 05</c>.</summary>
    public static string Moment(DateTimeOffset moment) => $"{Day(DayOf(moment))} à {Hour(moment)}";

    /// <summary><c>mardi 8 septembre 2020 à 14 h 05</c>.</summary>
    public static string MomentWithWeekday(DateTimeOffset moment) => $"{Weekday(moment)} {Moment(moment)}";

    private static DateTime Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, paris).DateTime;
}
