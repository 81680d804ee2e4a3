namespace MsaOrleans.Silo.FranceConnect;

/// <summary>Where a key stands in its life.</summary>
public enum SigningKeyStage
{
    /// <summary>Made known, and signs nothing yet: whoever checks signatures must have had the time to see it.</summary>
    Coming,

    Signing,

    /// <summary>Signs no more, and is still made known: what it has signed may still be shown.</summary>
    Leaving,

    /// <summary>Nothing that it has signed is of use to anybody.</summary>
    Over,
}

/// <summary>How keys follow one another; the time alone decides, so that all servers agree without talking.</summary>
public static class SigningKeyStages
{
    /// <summary>From the making of a key to its first signature: all servers have seen it, and FranceConnect has asked for keys again.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMinutes(15);

    /// <summary>From the last signature of a key to its end. Tokens live for a minute, but an id token comes back at the end of a session of FranceConnect, which is of 30 minutes.</summary>
    public static readonly TimeSpan Leaving = TimeSpan.FromHours(2);

    /// <summary>Each key with its stage, in the order of their making.</summary>
    /// <param name="made">When each was made, oldest first.</param>
    /// <param name="now">The present time.</param>
    public static IReadOnlyList<SigningKeyStage> Of(IReadOnlyList<DateTimeOffset> made, DateTimeOffset now)
    {
        // With nothing older there is nobody to wait for: the first one signs at once.
        var signing = Enumerable.Range(0, made.Count).LastOrDefault(i => made[i] + Settling <= now);
        return [.. made.Select((_, i) =>
            i > signing ? SigningKeyStage.Coming
            : i == signing ? SigningKeyStage.Signing
            : made[i + 1] + Settling + Leaving > now ? SigningKeyStage.Leaving
            : SigningKeyStage.Over)];
    }
}
