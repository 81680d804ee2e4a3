using System.Collections.Immutable;

namespace MsaOrleans.Grains.Domain;

/// <summary>
/// How often an agent may search: more than whoever answers calls ever does, and far less than guessing numbers takes. A search that is refused does not count.
/// </summary>
internal sealed record SearchAllowance
{
    public const int AMinute = 30;
    public const int AnHour = 300;

    private static readonly TimeSpan minute = TimeSpan.FromMinutes(1);

    /// <summary>What is older does not count any more.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The searches of the last hour, latest last.</summary>
    public ImmutableList<DateTimeOffset> Taken { get; init; } = [];

    /// <summary>Takes one search.</summary>
    /// <returns>When the next one is free, if this one is refused.</returns>
    public (SearchAllowance, DateTimeOffset? RefusedUntil) Take(DateTimeOffset now)
    {
        var recent = Taken.RemoveAll(at => at <= now - Longest);
        DateTimeOffset? full = recent.Count >= AnHour ? recent[^AnHour] + Longest
            : recent.Count >= AMinute && recent[^AMinute] > now - minute ? recent[^AMinute] + minute
            : null;
        return (new() { Taken = full is null ? recent.Add(now) : recent }, full);
    }
}
