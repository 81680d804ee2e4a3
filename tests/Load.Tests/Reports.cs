namespace MsaOrleans.Load.Tests;

/// <summary>Reports that nobody has measured.</summary>
internal static class Reports
{
    public static LoadReport Small { get; } = new()
    {
        At = new(2026, 11, 25, 9, 30, 0, TimeSpan.Zero),
        Machine = "two <processors>",
        Site = "http://127.0.0.1:5080/",
        Shape = "closed loop",
        Seconds = 10,
        Journeys = 50,
        JourneysPerSecond = 5,
        Requests = 500,
        RequestsPerSecond = 50,
        Errands = [new("sign-up", 55, Evenly(800))],
        All = new("all pages", Evenly(20), Evenly(15)),
        Pages = [new("/connexion", Evenly(10), Evenly(8)), new("POST /connexion", Evenly(40), Evenly(35))],
        CpuPerJourney = new Dictionary<string, double> { ["web"] = 12, ["silo"] = 30 },
        Memory = new Dictionary<string, IReadOnlyList<double>> { ["silo"] = [201, 230, 240.4] },
        Truth = new(50, []),
        Series = [new(1, 50, 5, 0, 16, 10, 19, 20), new(2, 60, 4, 1, 16, 11, 20, 25)],
    };

    /// <summary>All percentiles around one value.</summary>
    public static Percentiles Evenly(double milliseconds) => new(100, milliseconds, milliseconds * 1.8, milliseconds * 1.9, milliseconds * 2, milliseconds * 3, milliseconds * 4, milliseconds);
}
