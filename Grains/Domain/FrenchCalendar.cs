namespace MsaOrleans.Grains.Domain;

/// <summary>Days as they are counted in metropolitan France.</summary>
internal static class FrenchCalendar
{
    private static readonly TimeZoneInfo paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    public static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, paris).DateTime);
}
