using MsaOrleans.Grains.Interfaces;

namespace MsaOrleans.Web.Forms;

/// <summary>The present, as people in France say it.</summary>
public sealed class FrenchClock(TimeProvider clock)
{
    public DateOnly Today => FrenchCalendar.DayOf(clock.GetUtcNow());

    /// <summary><c>à partir de 14 h 05</c>, with the day when it is not today.</summary>
    public string From(DateTimeOffset moment)
    {
        // Seconds are not said, so the minute is rounded up: who comes back on the dot finds the door open.
        var said = moment.AddSeconds(59);
        return FrenchCalendar.DayOf(said) == Today ? $"à partir de {FrenchCalendar.Hour(said)}" : $"à partir du {FrenchCalendar.Moment(said)}";
    }

    /// <summary><c>jusqu'à 14 h 05</c>, with the day when it is not today.</summary>
    public string Until(DateTimeOffset moment)
    {
        var said = moment.AddSeconds(59); // as in From
        return FrenchCalendar.DayOf(said) == Today ? $"jusqu'à {FrenchCalendar.Hour(said)}" : $"jusqu'au {FrenchCalendar.Moment(said)}";
    }

    /// <summary><c>aujourd'hui à 14 h 05</c>, or the day.</summary>
    public string Moment(DateTimeOffset moment) => FrenchCalendar.DayOf(moment) == Today ? $"aujourd'hui à {FrenchCalendar.Hour(moment)}" : FrenchCalendar.Moment(moment);

    /// <summary><c>il y a 3 min</c>, <c>dans 2 h</c>; never more than one unit, rounded down.</summary>
    public string Ago(DateTimeOffset moment)
    {
        var span = clock.GetUtcNow() - moment;
        return span.Duration() < TimeSpan.FromMinutes(1) ? "à l'instant" : span > TimeSpan.Zero ? $"il y a {Length(span)}" : $"dans {Length(-span)}";
    }

    /// <summary><c>depuis 3 min</c>.</summary>
    public string Since(DateTimeOffset moment) => $"depuis {Length(clock.GetUtcNow() - moment)}";

    private static string Length(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => "moins d'une minute",
        { TotalHours: < 1 } => $"{span.Minutes}\u00a0min",
        { TotalDays: < 1 } => $"{span.Hours}\u00a0h",
        { Days: 1 } => "un jour",
        { Days: < 60 } => $"{span.Days}\u00a0jours",
        { Days: < 730 } => $"{span.Days / 30}\u00a0mois",
        _ => $"{span.Days / 365}\u00a0ans",
    };
}
