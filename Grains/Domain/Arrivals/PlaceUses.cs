using MsaOrleans.Grains.Interfaces.Arrivals;

namespace MsaOrleans.Grains.Domain.Arrivals;

/// <summary>How often each place has begun a sign-up, for as long as places live. Two lists that take turns forget without being searched.</summary>
internal sealed class PlaceUses
{
    /// <summary>As long as a place is good.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(2);

    private Dictionary<long, int> current = [];
    private Dictionary<long, int> before = [];
    private DateTimeOffset? turnAt;

    /// <returns>Whether it may be used once more.</returns>
    public bool Use(long place, DateTimeOffset now)
    {
        turnAt ??= now + Memory;
        if (now >= turnAt)
            (before, current, turnAt) = (now < turnAt + Memory ? current : [], [], now + Memory);
        var used = current.GetValueOrDefault(place, before.GetValueOrDefault(place));
        current[place] = used + 1;
        return used < IWaitingRoom.SignUpsPerPlace;
    }
}
