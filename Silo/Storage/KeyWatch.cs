using System.Globalization;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.KeyManagement.Internal;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace MsaOrleans.Silo.Storage;

/// <summary>
/// The keys of Data Protection, looked for once a minute. The library by itself looks once a day, and a key that it has not seen yet opens nothing: too late
/// for an operator who has lost one.
/// </summary>
/// <remarks>
/// A look of the library's own is begun by whoever uses the keys next: he goes on with what was seen last, however long ago, and if the look fails, so does
/// one of those after him. So a timer looks, and hands over only what it has seen.
/// </remarks>
public sealed class KeyWatch : IDeletableKeyManager, IDisposable
{
    /// <summary>Configuration key of how often a process looks for keys that another has made or deleted.</summary>
    public const string Setting = "Keys:Refresh";

    // Of the library, which does not tell it: a key is used that long before its time, in case clocks differ.
    private static readonly TimeSpan clockSkew = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan longestChange = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan lifetime = TimeSpan.FromDays(90);

    private readonly XmlKeyManager keys;
    private readonly TimeSpan refresh;
    private readonly Lazy<IKeyRingProvider> ring;
    private readonly ILogger? log;
    private readonly Timer timer;
    private CancellationTokenSource current = new();
    private IReadOnlyCollection<IKey>? seen;

    /// <param name="keys">Where they are kept.</param>
    /// <param name="refresh">How often to look.</param>
    /// <param name="ring">What has been seen, which in turn looks here.</param>
    /// <param name="log">Where looks that failed are told.</param>
    public KeyWatch(XmlKeyManager keys, TimeSpan refresh, Lazy<IKeyRingProvider> ring, ILogger<KeyWatch>? log)
    {
        (this.keys, this.refresh, this.ring, this.log) = (keys, refresh, ring, log);
        timer = new(_ => Look());
    }

    /// <summary>After this time every process that can reach the keys knows one that was made before it; after twice that, with ease.</summary>
    public TimeSpan Settling => 2 * refresh;

    public bool CanDeleteKeys => keys.CanDeleteKeys;

    /// <exception cref="SetupException">The setting cannot be read.</exception>
    public static TimeSpan RefreshIn(IConfiguration configuration) => configuration[Setting] is not { Length: > 0 } text ? TimeSpan.FromMinutes(1)
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var every) && every > TimeSpan.Zero && every <= TimeSpan.FromDays(1) ? every
        : throw new SetupException($"{Setting} must be a time span up to a day, such as 00:01:00.");

    /// <summary>Makes the key of tomorrow's rows and cookies: used at once where no other process is at work, else by all together after <see cref="Settling"/>.</summary>
    public IKey Renew(bool alone)
    {
        var now = DateTimeOffset.UtcNow;
        return CreateNewKey(alone ? now : now + clockSkew + Settling, now + lifetime);
    }

    /// <summary>The keys that some process may not have taken up yet, or may be about to.</summary>
    public bool IsUnsettled(IKey key) => DateTimeOffset.UtcNow is var now && key.ActivationDate + Settling > now && key.ActivationDate <= now + clockSkew + Settling;

    public IKey CreateNewKey(DateTimeOffset activationDate, DateTimeOffset expirationDate)
    {
        var made = keys.CreateNewKey(activationDate, expirationDate);
        Expire();
        return made;
    }

    public IReadOnlyCollection<IKey> GetAllKeys() => Volatile.Read(ref seen) ?? keys.GetAllKeys();

    public void RevokeKey(Guid keyId, string? reason = null)
    {
        keys.RevokeKey(keyId, reason);
        Expire();
    }

    public void RevokeAllKeys(DateTimeOffset revocationDate, string? reason = null)
    {
        keys.RevokeAllKeys(revocationDate, reason);
        Expire();
    }

    public bool DeleteKeys(Func<IKey, bool> shouldDelete)
    {
        var deleted = keys.DeleteKeys(shouldDelete);
        Expire();
        return deleted;
    }

    /// <summary>Asked for whenever the ring is made anew: until it is cancelled, the ring is good.</summary>
    public CancellationToken GetCacheExpirationToken()
    {
        var next = new CancellationTokenSource();
        Volatile.Write(ref current, next);
        timer.Change(refresh, refresh);
        return next.Token;
    }

    public void Dispose() => timer.Dispose();

    private void Expire()
    {
        Volatile.Write(ref seen, null);
        Volatile.Read(ref current).Cancel();
    }

    private void Look()
    {
        try
        {
            var now = keys.GetAllKeys();
            var before = ring.Value.GetCurrentKeyRing();
            Expire();
            Volatile.Write(ref seen, now);
            SpinWait.SpinUntil(() => ring.Value.GetCurrentKeyRing() != before, longestChange);
        }
        catch (Exception away)
        {
            // Those that were seen last are still good, and the next look may do better.
            log?.LogWarning("The encryption keys cannot be looked for ({Reason}: {Message}): those seen last stay in use", away.GetType().Name, away.Message);
        }
    }
}
