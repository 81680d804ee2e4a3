using System.Globalization;

namespace MsaOrleans.Web.Forms;

/// <summary>Dates and hours as people in France say them, in their time zone.</summary>
public sealed class FrenchClock(TimeProvider clock)
{
    private static readonly TimeZoneInfo paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    private static readonly CultureInfo french = CultureInfo.GetCultureInfo("fr-FR");

    public DateOnly Today => DateOnly.FromDateTime(Local(clock.GetUtcNow()).DateTime);

    /// <summary><c>8 septembre 2020</c>; the first of a month is <c>1er</c>.</summary>
    public static string Day(DateOnly day) => (day.Day == 1 ? "1er" : day.Day.ToString(french)) + day.ToString(" MMMM yyyy", french);

    /// <summary><c>8 septembre 2020 à 14 h 05</c>.</summary>
    public static string Moment(DateTimeOffset moment)
    {
        var local = Local(moment);
        return $"{Day(DateOnly.FromDateTime(local.DateTime))} à {local.ToString("H' h 'mm", french)}";
    }

    /// <summary><c>à partir de 14 h 05</c>, with the day when it is not today.</summary>
    public string From(DateTimeOffset moment)
    {
        // Seconds are not said, so the minute is rounded up: who comes back on the dot finds the door open.
        var local = Local(moment.AddSeconds(59));
        var hour = local.ToString("H' h 'mm", french);
        return DateOnly.FromDateTime(local.DateTime) == Today
            ? $"à partir de {hour}"
            : $"à partir du {Day(DateOnly.FromDateTime(local.DateTime))} à {hour}";
    }

    private static DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, paris);
}
