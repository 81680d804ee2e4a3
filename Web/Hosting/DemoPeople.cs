using System.Globalization;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Silo.Demo;

namespace MsaOrleans.Web.Hosting;

/// <summary>The people of the demonstration, for its own guides; the registry reads their file by itself.</summary>
internal static class DemoPeople
{
    // Payments of the samples that are older than this cannot prove an identity any more.
    private const int DaysThatProve = 180;

    public static IReadOnlyList<DemoPerson> Adherents()
    {
        var payments = Rows(DemoData.Payments()).Where(cells => Age(cells[1]) <= DaysThatProve).ToLookup(cells => cells[0], cells => cells[3].Replace('.', ','));
        return
        [
            .. from cells in Rows(DemoData.Adherents())
               select new DemoPerson(
                   Nir.Parse(cells[0]), cells[1], cells[2] is { Length: > 0 } used ? used : null, cells[3], cells[4] == "F" ? Sex.Female : Sex.Male,
                   DateOnly.ParseExact(cells[5], "yyyy-MM-dd", CultureInfo.InvariantCulture), cells[6], cells[7], cells[10] is { Length: > 10 } serial ? serial[10..] : null, [.. payments[cells[0]].Distinct()]),
        ];
    }

    private static int Age(string day) => day.StartsWith("J-", StringComparison.Ordinal) ? int.Parse(day.AsSpan(2), CultureInfo.InvariantCulture) : int.MaxValue;

    private static List<string[]> Rows(TextReader file)
    {
        using (file)
            return [.. file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.TrimEnd('\r').Split(';'))];
    }
}

/// <summary>One of them, as the caisses' file has him.</summary>
/// <param name="Nir">His number.</param>
/// <param name="BirthName">Family name at birth.</param>
/// <param name="UsedName">That in use, when it is another.</param>
/// <param name="GivenNames">All of them.</param>
/// <param name="Sex">As the civil status has it.</param>
/// <param name="BirthDate">His birth date.</param>
/// <param name="BirthPlace">INSEE code of the commune; empty for those born abroad.</param>
/// <param name="BirthCountry">INSEE code of the country.</param>
/// <param name="CardSerial">What he types of his carte Vitale.</param>
/// <param name="RecentAmounts">Of payments that prove who he is, as he types them.</param>
internal sealed record DemoPerson(
    Nir Nir, string BirthName, string? UsedName, string GivenNames, Sex Sex, DateOnly BirthDate, string BirthPlace, string BirthCountry, string? CardSerial, IReadOnlyList<string> RecentAmounts);
