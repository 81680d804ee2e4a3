namespace MsaOrleans.Web.Search;

/// <summary>How many slips of the finger lie between two words.</summary>
internal static class TypingErrors
{
    /// <summary>How many are forgiven: one in a word of 4 letters, two in one of 8.</summary>
    public static int ForgivenIn(string word) => word.Length switch
    {
        < 4 => 0,
        < 8 => 1,
        _ => 2,
    };

    /// <summary>Letters left out, added, changed, or swapped with their neighbour (optimal string alignment), up to a limit.</summary>
    /// <returns>Their number, or nothing when it is above the limit.</returns>
    public static int? Between(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit)
            return null;
        Span<int> older = stackalloc int[b.Length + 1], old = stackalloc int[b.Length + 1], now = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            old[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var best = now[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                now[j] = Math.Min(Math.Min(old[j], now[j - 1]) + 1, old[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    now[j] = Math.Min(now[j], older[j - 2] + 1);
                best = Math.Min(best, now[j]);
            }
            if (best > limit)
                return null;
            var oldest = older;
            older = old;
            old = now;
            now = oldest;
        }
        return old[b.Length] <= limit ? old[b.Length] : null;
    }
}
