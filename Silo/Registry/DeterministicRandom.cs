namespace MsaOrleans.Silo.Registry;

/// <summary>SplitMix64: the same numbers for the same seed on every machine and in every version of .NET, which System.Random does not promise.</summary>
internal sealed class DeterministicRandom(ulong seed)
{
    private ulong state = seed;

    public ulong Next()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to <paramref name="end"/>, which is left out.</summary>
    public int Below(int end) => (int)(((Next() >> 32) * (ulong)end) >> 32);

    public int Between(int first, int last) => first + Below(last - first + 1);

    public bool Chance(int percent) => Below(100) < percent;

    public T Among<T>(IReadOnlyList<T> all) => all[Below(all.Count)];
}
