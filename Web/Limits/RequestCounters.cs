namespace MsaOrleans.Web.Limits;

/// <summary>
/// Counts requests by client and rule, in an amount of memory that does not grow: a table of sets of four counters. Who finds his set full takes the place of a
/// counter whose period is over, else of the lowest one, so that those who are near a limit stay.
/// </summary>
/// <param name="clock">Its time stamps, which no change of the clock on the wall moves.</param>
/// <param name="capacity">How many counters, a power of two.</param>
public sealed class RequestCounters(TimeProvider clock, int capacity = 1 << 18)
{
    private const int Ways = 4;

    private readonly Counter[] counters = new Counter[capacity];
    private readonly Lock[] locks = [.. Enumerable.Range(0, 256).Select(_ => new Lock())];
    private readonly int lastSet = (capacity / Ways) - 1;

    /// <summary>Counts one request, if it may be made.</summary>
    /// <param name="client">As <see cref="Client.Of"/> says.</param>
    /// <param name="rule">Number of the rule, from 0.</param>
    /// <param name="limits">The rule.</param>
    /// <param name="onlyLook">It is not to be counted yet.</param>
    /// <returns>How long to wait until the next one may be made; nothing when this one may.</returns>
    public TimeSpan? Take(ulong client, int rule, LimitRule limits, bool onlyLook)
    {
        var now = clock.GetTimestamp();
        // Seeded anew in every process: nobody can choose addresses that meet in one set.
        var set = HashCode.Combine(client, rule) & lastSet;
        lock (locks[set % locks.Length])
        {
            var ways = counters.AsSpan(set * Ways, Ways);
            ref var mine = ref ways[0];
            foreach (ref var counter in ways)
            {
                if (counter.Client == client && counter.Rule == rule + 1)
                {
                    mine = ref counter;
                    if (now >= mine.EndsAt)
                        break;
                    if (mine.Count >= limits.Limit)
                        return clock.GetElapsedTime(now, mine.EndsAt);
                    if (!onlyLook)
                        mine.Count++;
                    return null;
                }
                if (counter.Weight(now) < mine.Weight(now))
                    mine = ref counter;
            }
            if (!onlyLook)
                mine = new() { Client = client, Rule = rule + 1, Count = 1, EndsAt = now + (long)(limits.Period.TotalSeconds * clock.TimestampFrequency) };
            return null;
        }
    }

    private struct Counter
    {
        public ulong Client;
        public long EndsAt;
        public int Rule; // from 1; 0: never used
        public int Count;

        public readonly int Weight(long now) => Rule == 0 || now >= EndsAt ? 0 : Count;
    }
}
