using System.Globalization;

namespace MsaOrleans.Testing;

/// <summary>Somebody whom the caisses know, as their files have him, and what he would type.</summary>
public sealed record Person(string Nir, string FamilyName, string GivenName, DateOnly BirthDate, string? CardSerial, IReadOnlyList<string> Departments, IReadOnlyList<string> RecentAmounts)
{
    // Well within the six months for which a payment proves an identity.
    private const int RecentDays = 150;

    /// <summary>The person of the leaflet.</summary>
    public static Person LamyFritz { get; } =
        new("1630967482229", "LAMY", "FRITZ", new(1963, 9, 12), "1234567890", ["67", "68"], ["22,50", "2,50", "59,00"]) { AddressLine = "1 RUE D'ALSACE" };

    /// <summary>Another person of the demonstration.</summary>
    public static Person Perrin { get; } = new("2011201053088", "PERRIN", "CHLOÉ", new(2001, 12, 24), "9876543210", ["01", "69"], ["16,50"]) { AddressLine = "8 AVENUE D'ALSACE-LORRAINE" };

    /// <summary>The name in use, where it is not that of his birth.</summary>
    public string? UsedName { get; init; }

    /// <summary>All of them, a blank between them.</summary>
    public string GivenNames { get; init; } = GivenName;

    /// <summary>M or F.</summary>
    public string Sex { get; init; } = "M";

    /// <summary>INSEE code of the commune.</summary>
    public string BirthPlace { get; init; } = "";

    /// <summary>INSEE code of the country.</summary>
    public string BirthCountry { get; init; } = "";

    /// <summary>Number and street of where he lives.</summary>
    public string AddressLine { get; init; } = "";

    /// <summary>How the site and its letters address him.</summary>
    public string DisplayName => $"{UsedName ?? FamilyName} {GivenName}";

    public string BirthDay => BirthDate.Day.ToString(CultureInfo.InvariantCulture);

    public string BirthMonth => BirthDate.Month.ToString(CultureInfo.InvariantCulture);

    public string BirthYear => BirthDate.Year.ToString(CultureInfo.InvariantCulture);

    /// <summary>An address nobody else has.</summary>
    public string Email { get; init; } = $"visiteur.{Guid.NewGuid():N}@exemple.fr";

    /// <summary>Reads the two files of the caisses.</summary>
    public static IReadOnlyList<Person> Read(string adherents, string payments)
    {
        var recent = Rows(payments)
            .Where(p => p[1].StartsWith("J-", StringComparison.Ordinal) && int.Parse(p[1].AsSpan(2), CultureInfo.InvariantCulture) <= RecentDays)
            .ToLookup(p => p[0], p => p[3].Replace('.', ','));
        return
        [
            .. Rows(adherents).Select(a => new Person(
                a[0], a[1], a[3].Split(' ')[0], DateOnly.Parse(a[5], CultureInfo.InvariantCulture), a[10].Length > 10 ? a[10][10..] : null, a[11].Split('|'), [.. recent[a[0]]])
            {
                UsedName = a[2] is { Length: > 0 } used ? used : null,
                GivenNames = a[3],
                Sex = a[4],
                BirthPlace = a[6],
                BirthCountry = a[7],
                AddressLine = a[12],
            }),
        ];
    }

    private static IEnumerable<string[]> Rows(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.TrimEnd('\r').Split(';'));
}
