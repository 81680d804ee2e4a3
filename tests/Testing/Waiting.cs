namespace MsaOrleans.Testing;

/// <summary>
/// The one place where tests wait: for something that another process does, looking often, with a deadline. Tests do not sleep, and a test of the
/// architecture sees to it.
/// </summary>
public static class Waiting
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan betweenLooks = TimeSpan.FromMilliseconds(20);

    /// <summary>Looks until there is something.</summary>
    /// <param name="look">Gives what is waited for, or nothing yet.</param>
    /// <param name="what">Said when it never comes.</param>
    /// <param name="longest">How long to wait; 30 seconds when nothing is given.</param>
    /// <param name="stop">The test is over.</param>
    /// <exception cref="TimeoutException">It never came.</exception>
    public static async Task<T> For<T>(Func<Task<T?>> look, Func<string> what, TimeSpan? longest = null, CancellationToken stop = default)
        where T : class
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await look() is { } found)
                return found;
            if (TimeProvider.System.GetElapsedTime(start) > (longest ?? patience))
                throw new TimeoutException($"Waited in vain for {what()}.");
            await Task.Delay(betweenLooks, stop);
        }
    }

    /// <summary>Looks until something is so.</summary>
    public static Task Until(Func<bool> reached, Func<string> what, TimeSpan? longest = null, CancellationToken stop = default) =>
        For(() => Task.FromResult(reached() ? "reached" : null), what, longest, stop);
}
