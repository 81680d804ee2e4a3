namespace MsaOrleans.Grains.Domain;

/// <summary>Which silos that are gone are missing: of those that ended lately, the ones in whose place none was started on their machine.</summary>
internal static class SiloRoll
{
    private static readonly TimeSpan lately = TimeSpan.FromHours(1);

    // The last sign of life of a silo that was killed is older than its end, and that of one that was stopped may be a little younger than its successor's start.
    private static readonly TimeSpan aboutTheSameTime = TimeSpan.FromMinutes(1);

    /// <summary>Those gone that nobody has replaced. Whoever has replaced one may be gone too, and replaced in turn.</summary>
    /// <param name="gone">Machine, start and last sign of life of each that is gone.</param>
    /// <param name="working">Machine and start of each that works.</param>
    /// <param name="now">The present.</param>
    /// <returns>Their places among <paramref name="gone"/>.</returns>
    public static IReadOnlyList<int> Missing(
        IReadOnlyList<(string Machine, DateTimeOffset Started, DateTimeOffset LastSeen)> gone, IEnumerable<(string Machine, DateTimeOffset Started)> working, DateTimeOffset now)
    {
        var starts = working.Concat(gone.Select(silo => (silo.Machine, silo.Started))).OrderBy(start => start.Started).ToList();
        var missing = new List<int>();
        foreach (var (place, silo) in gone.Index().OrderBy(g => g.Item.LastSeen))
        {
            var replacement = starts.FindIndex(start => start.Machine == silo.Machine && start.Started >= silo.LastSeen - aboutTheSameTime && start.Started > silo.Started);
            if (replacement >= 0)
                starts.RemoveAt(replacement);
            else if (now - silo.LastSeen < lately)
                missing.Add(place);
        }
        return missing;
    }
}
