using System.Globalization;

namespace MsaOrleans.Grains.Interfaces.FranceConnect;

/// <summary>
/// A birth date as the civil status has it: the day, or the month as well, may be unknown (INSEE, "date présumée"). Written <c>1963-09-12</c>, <c>1963-09-00</c>
/// or <c>1963-00-00</c>, as FranceConnect has it.
/// </summary>
[GenerateSerializer, Immutable, Alias("msa.civil-date")]
public readonly record struct CivilDate
{
    private CivilDate(int year, int month, int day) => (Year, Month, Day) = (year, month, day);

    [Id(0)]
    public int Year { get; }

    /// <summary>1 to 12; 0: unknown, and so is the day.</summary>
    [Id(1)]
    public int Month { get; }

    /// <summary>1 to 31; 0: unknown.</summary>
    [Id(2)]
    public int Day { get; }

    public bool IsComplete => Day != 0;

    /// <summary>The day itself, or the first that it may have been: what identity papers print for it.</summary>
    public DateOnly FirstDay => new(Year, Math.Max(Month, 1), Math.Max(Day, 1));

    public static CivilDate Of(DateOnly date) => new(date.Year, date.Month, date.Day);

    /// <summary>Reads the three written forms, and nothing else.</summary>
    public static bool TryParse(string? text, out CivilDate date)
    {
        date = default;
        if (text is not { Length: 10 } || text[4] != '-' || text[7] != '-' || !Number(text, 0, 4, out var year) || !Number(text, 5, 2, out var month) || !Number(text, 8, 2, out var day))
            return false;
        if (year is 0 || month > 12 || (month is 0 && day is not 0) || (day is not 0 && day > DateTime.DaysInMonth(year, month)))
            return false;
        date = new(year, month, day);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}-{Day:00}");

    private static bool Number(string text, int from, int length, out int number) =>
        int.TryParse(text.AsSpan(from, length), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
