using System.Globalization;
using System.Net;

namespace MsaOrleans.Web.Limits;

/// <summary>How many requests one client may make within a period; it begins with the first of them. All that the rule is about are counted together.</summary>
/// <param name="Endpoint">Which requests.</param>
/// <param name="Period">How long.</param>
/// <param name="Limit">How many, at least 1.</param>
public sealed record LimitRule(EndpointPattern Endpoint, TimeSpan Period, int Limit)
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>Reads <c>30s</c>, <c>15m</c>, <c>1h</c>, <c>1d</c>.</summary>
    /// <returns>Nothing when it is no such period, or longer than <see cref="Longest"/>.</returns>
    public static TimeSpan? ReadPeriod(string? text) =>
        text?.Trim() is [.. var number, var unit] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && (unit switch { 's' => 1L, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 }) * count is var seconds and > 0 && seconds <= Longest.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null;
}

/// <summary>The limits in force.</summary>
/// <param name="Rules">Each holds by itself.</param>
/// <param name="Exempt">Clients that are not counted.</param>
/// <param name="Free">Requests that are not counted.</param>
public sealed record LimitSettings(IReadOnlyList<LimitRule> Rules, IReadOnlyList<IPNetwork> Exempt, IReadOnlyList<EndpointPattern> Free)
{
    /// <summary>
    /// Those of a site that says nothing of limits: wide for pages, narrow where something can be guessed, and so that the hundreds who share an address of a
    /// mobile operator get through (<c>docs/decisions/0022-rate-limits.md</c>).
    /// </summary>
    public static IReadOnlyList<(string Endpoint, string Period, int Limit)> Standard { get; } =
    [
        ("*", "1s", 50),
        ("*", "1m", 1000),
        ("post:/connexion", "15m", 60),
        ("post:/franceconnect/connexion", "15m", 60),
        ("*:/connexion/franceconnect*", "15m", 120), // there and back
        ("post:/inscription/identifiant", "15m", 40),
        ("post:/inscription/identifiant", "1d", 300),
        ("post:/inscription/verification/*", "15m", 40),
        ("post:/inscription/verification/*", "1d", 300),
        ("post:/mot-de-passe/oublie", "15m", 20),
        ("post:/verification", "15m", 60),
        ("post:/espace-prive/contact*", "15m", 60), // with files
        ("post:/assistance/connexion", "15m", 60),
        ("post:/assistance/code", "15m", 60),
    ];
}
