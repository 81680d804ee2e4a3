using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.FranceConnect;

/// <summary>The keys that the identity provider makes known. The first is made at the first start; those that a command has made or deleted are looked for as the encryption keys are.</summary>
public sealed class SigningKeys : IHostedService, IDisposable
{
    private readonly SigningKeyTable table;
    private readonly TimeProvider clock;
    private readonly ILogger<SigningKeys> log;
    private readonly TimeSpan refresh;
    private readonly Lock gate = new();
    private ITimer? timer;
    private CancellationTokenSource change = new();
    private List<SigningKey> stored = [];
    private IReadOnlyList<SigningKey> published = [];

    public SigningKeys(SigningKeyTable table, IConfiguration configuration, TimeProvider clock, ILogger<SigningKeys> log) =>
        (this.table, this.clock, this.log, refresh) = (table, clock, log, KeyWatch.RefreshIn(configuration));

    /// <summary>Those that are made known; the first one signs.</summary>
    public IReadOnlyList<SigningKey> Published
    {
        get
        {
            if (Volatile.Read(ref published) is { Count: > 0 } seen)
                return seen;
            Look();
            return Volatile.Read(ref published);
        }
    }

    /// <summary>Tells when <see cref="Published"/> has changed.</summary>
    public IChangeToken Change => new CancellationChangeToken(Volatile.Read(ref change).Token);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Look();
        timer = clock.CreateTimer(_ => LookAgain(), null, refresh, refresh);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        timer?.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => timer?.Dispose();

    /// <summary>Which of the keys are made known at a moment, the one that signs first.</summary>
    internal static IReadOnlyList<SigningKey> At(IReadOnlyList<SigningKey> keys, DateTimeOffset now)
    {
        var stages = SigningKeyStages.Of([.. keys.Select(key => key.CreatedAt)], now);
        return [.. keys.Zip(stages).Where(key => key.Second is not SigningKeyStage.Over).OrderByDescending(key => key.Second is SigningKeyStage.Signing).Select(key => key.First)];
    }

    private void Look()
    {
        CancellationTokenSource? before = null;
        lock (gate)
        {
            stored = table.Read(stored);
            if (stored.Count == 0)
            {
                table.Add(0); // or another server has just done so
                stored = table.Read(stored);
            }
            var now = At(stored, clock.GetUtcNow());
            if (!now.SequenceEqual(published))
            {
                Volatile.Write(ref published, now);
                before = Interlocked.Exchange(ref change, new());
            }
        }
        before?.Cancel();
    }

    private void LookAgain()
    {
        try
        {
            Look();
        }
        catch (Exception away)
        {
            // Those that were seen last are still good, and the next look may do better.
            log.LogWarning("The keys of the identity provider cannot be looked for ({Reason}: {Message}): those seen last stay in use", away.GetType().Name, away.Message);
        }
    }
}
