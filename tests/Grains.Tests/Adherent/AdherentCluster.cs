using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Domain.Arrivals;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Arrivals;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Grains.Interfaces.Postal;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Grains.Telemetry;
using MsaOrleans.Grains.Tests.Adherent;
using MsaOrleans.Grains.Tests.Adherent.Fakes;
using Orleans.Runtime.Hosting;
using Orleans.TestingHost;

[assembly: AssemblyFixture(typeof(AdherentCluster))]

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>One silo for all tests of the grain, with a clock that stands still and ports made for tests.</summary>
public sealed class AdherentCluster : IAsyncLifetime
{
    /// <summary>Tests that share the clock run one after another; nothing else is shared, since each has an adherent of its own.</summary>
    public const string SharedClock = "Tests that share the silo's clock";

    /// <summary>Letters that one address may get at once.</summary>
    internal const int MostLetters = 5000;

    private static readonly AdherentKeys keys = new(new byte[AdherentKeys.SecretLength]);

    private InProcessTestCluster? cluster;
    private int born;

    internal FakeTimeProvider Clock { get; } = new(Samples.Now);

    internal MemoryRows Rows { get; } = new();

    internal FakeRegistry Registry { get; } = new();

    internal RecordingQueue Queue { get; } = new();

    internal CheapHasher Hasher { get; } = new();

    internal WaitingList Waiting { get; } = new();

    internal CopiesList Copies { get; } = new();

    internal MemoryAuditTrail Audit { get; } = new();

    internal MemoryFiles Files { get; } = new();

    internal PaperPress Press { get; } = new();

    /// <summary>The usual one, but for letters to one address: most tests share theirs, and all of them the silo.</summary>
    internal AdherentPolicy Policy { get; } = new() { Mailbox = new(MostLetters, TimeSpan.FromDays(1) / MostLetters) };

    internal DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Those of the silo.</summary>
    internal IMeterFactory Meters => Running.Silos[0].ServiceProvider.GetRequiredService<IMeterFactory>();

    private InProcessTestCluster Running => cluster ?? throw new InvalidOperationException("The silo has not been started.");

    public async ValueTask InitializeAsync()
    {
        Queue.Enqueued += (adherent, _) => Rows.Note(adherent, "queued");
        Audit.Appended += entry => Rows.Note(entry.Adherent!.Value, "recorded");
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(Clock);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.Services.AddGrainStorage(AdherentGrain.StorageName, (_, _) => Rows);
            silo.Services.AddSingleton<IInsuredPersonRegistry>(Registry);
            silo.Services.AddSingleton<IDispatchQueue>(Queue);
            silo.Services.AddSingleton<IPasswordHasher>(Hasher);
            silo.Services.AddSingleton<IWaitingMessages>(Waiting);
            silo.Services.AddSingleton<IAuditTrail>(Audit);
            silo.Services.AddSingleton<ISealedFiles>(Files);
            silo.Services.AddSingleton<ICertificatePrinter>(Press);
            silo.Services.AddSingleton<IPostalPrinter>(Press);
            silo.Services.AddSingleton<IWaitingCopies>(Copies);
            silo.Services.AddSingleton(Policy);
            silo.Services.AddSingleton(keys);
            silo.Services.AddSingleton<AdherentMeter>();
            silo.Services.AddSingleton(new WaitingLinePolicy());
            silo.Services.AddSingleton<ArrivalsMeter>();
            silo.AddIncomingGrainCallFilter(async call =>
            {
                if (call is { TargetContext.GrainInstance: IMailboxAllowances, MethodName: nameof(IMailboxAllowances.Take), SourceId: { } source } && source.TryGetGuidKey(out var adherent, out string? _))
                    Rows.Note(adherent, "asked the mailbox");
                await call.Invoke();
            });
        });
        cluster = builder.Build();
        await cluster.DeployAsync();
    }

    public ValueTask DisposeAsync() => Running.DisposeAsync();

    /// <summary>A man born in September 1963, with a number that no other test has, whom the caisses know as Fritz Lamy, or do not know.</summary>
    internal TestAdherent NewAdherent(bool known = true)
    {
        var order = Interlocked.Increment(ref born);
        var nir = Nir.Parse($"1 63 09 67 {order / 999 + 1:000} {order % 999 + 1:000}");
        var adherent = new TestAdherent(this, nir, keys.For(nir));
        if (known)
            Registry.Know(adherent.Key, Samples.Fritz with { Nir = nir }, DateOnly.FromDateTime(Now.UtcDateTime));
        return adherent;
    }

    internal T Facet<T>(Guid key)
        where T : IAdherentFacet => Running.Client.GetGrain<T>(key);

    /// <summary>The queue of the agents.</summary>
    internal IMessageQueue MessageQueue => Running.Client.GetGrain<IMessageQueue>(0);

    /// <summary>The queue of what is posted.</summary>
    internal IPostalQueue PostalQueue => Running.Client.GetGrain<IPostalQueue>(0);

    /// <summary>A line of newcomers, each test's own.</summary>
    internal IWaitingRoom WaitingRoom(int key) => Running.Client.GetGrain<IWaitingRoom>(key);

    /// <summary>What was sent to an address lately.</summary>
    internal Mailbox Mailbox(EmailAddress address) => Grains.Mailbox.Of(Running.Client, keys.For(address));

    internal Task Deactivate(Guid key) => Running.DeactivateAsync(Facet<IAdherentFacet>(key));
}
