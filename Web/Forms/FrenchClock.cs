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
}
