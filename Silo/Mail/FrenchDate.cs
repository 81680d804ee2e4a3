namespace MsaOrleans.Silo.Mail;

/// <summary>Moments as people in France say them, whatever the machine knows of cultures.</summary>
internal static class FrenchDate
{
    private const char Nbsp = '\u00a0';

    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    private static readonly string[] Days = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];

    private static readonly string[] Months =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    /// <summary>For instance <c>dimanche 1er mars 2026 à 14 h 05</c>, with non-breaking spaces where a line must not end.</summary>
    public static string Of(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, Paris);
        var day = local.Day == 1 ? "1er" : $"{local.Day}";
        return $"{Days[(int)local.DayOfWeek]} {day}{Nbsp}{Months[local.Month - 1]} {local.Year} à {local.Hour}{Nbsp}h{Nbsp}{local.Minute:00}";
    }
}
