using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Telemetry;
using MsaOrleans.Grains.Tests.Adherent.Fakes;

namespace MsaOrleans.Grains.Tests.Stateful;

/// <summary>
/// The grain itself without a silo, and so a thousand times faster: the same class, its rows in their stored form, a clock of its own. Calls are made one after
/// another, as a silo would make them.
/// </summary>
internal sealed class LoneAdherent : IAdherentWorld
{
    private static readonly AdherentKeys keys = new(new byte[AdherentKeys.SecretLength]);
    private static readonly AdherentMeter meter = new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    private readonly AdherentPolicy policy = new();
    private readonly MemoryRows rows = new();
    private readonly FakeRegistry registry = new();
    private readonly FakeTimeProvider clock;
    private readonly MailboxAllowances mailboxes = new();
    private readonly GrainId id;
    private AdherentGrain? awake;

    public LoneAdherent(DateTimeOffset now)
        : this(now, Samples.FritzNir, row: null)
    {
    }

    /// <summary>A copy of somebody as he is now.</summary>
    public LoneAdherent(IAdherentWorld other)
        : this(other.Now, other.Nir, other.Stored)
    {
    }

    private LoneAdherent(DateTimeOffset now, Nir nir, AdherentState? row)
    {
        clock = new(now);
        Nir = nir;
        Key = keys.For(nir);
        id = GrainId.Create(GrainType.Create("adherent"), GrainIdKeyExtensions.CreateGuidKey(Key));
        if (row is not null)
            rows.WriteStateAsync(AdherentGrain.StateName, id, new GrainState<AdherentState>(row)).GetAwaiter().GetResult();
        Meet();
    }

    public Nir Nir { get; }

    public Guid Key { get; }

    public DateTimeOffset Now => clock.GetUtcNow();

    public AdherentState? Stored => rows.Stored(Key);

    public RecordingQueue Queue { get; } = new();

    public async Task<T> Facet<T>()
        where T : IAdherentFacet => (T)(object)(awake ??= await Wake());

    public void Advance(TimeSpan span)
    {
        clock.Advance(span);
        Meet();
    }

    public Task Restart()
    {
        awake = null;
        return Task.CompletedTask;
    }

    public void FailNextWrite() => rows.FailNext(Key, MemoryRows.Failure.BeforeSaving);

    // What was paid to him stays as recent as it is.
    private void Meet() => registry.Know(Key, Samples.Fritz with { Nir = Nir }, DateOnly.FromDateTime(Now.UtcDateTime));

    private async Task<AdherentGrain> Wake()
    {
        var row = new Row(rows, id);
        await row.ReadStateAsync();
        var press = new PaperPress();
        var grain = new AdherentGrain(
            row, registry, Queue, new CheapHasher(), policy, keys, meter, new MemoryAuditTrail(), new MemoryFiles(), press, press, clock, NullLogger<AdherentGrain>.Instance);
        ContextOf(grain) = Stub.Of<IGrainContext>((method, _) => method.Name == "get_GrainId" ? id : null);
        RuntimeOf(grain) = Stub.Of<IGrainRuntime>((method, _) => method.Name switch
        {
            "get_GrainFactory" => Stub.Of<IGrainFactory>((_, _) => Stub.Of<IMailboxAllowances>(Count)),
            nameof(IGrainRuntime.DeactivateOnIdle) => awake = null,
            _ => null,
        });
        await grain.OnActivateAsync(TestContext.Current.CancellationToken);
        return grain;
    }

    // As MailboxAllowancesGrain does it.
    private object Count(MethodInfo method, object?[] given)
    {
        var mailbox = (Guid)given[0]!;
        var at = mailboxes[mailbox].NextAt(policy.Mailbox, Now);
        var takes = method.Name == nameof(IMailboxAllowances.Reserve) || (at == Now && !(bool)given[1]!);
        if (takes)
            mailboxes.Keep(mailbox, mailboxes[mailbox].Take(policy.Mailbox, Now), Now);
        return method.Name == nameof(IMailboxAllowances.Reserve) ? Task.FromResult(at) : Task.FromResult(at == Now);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<GrainContext>k__BackingField")]
    private static extern ref IGrainContext ContextOf(Grain grain);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<Runtime>k__BackingField")]
    private static extern ref IGrainRuntime RuntimeOf(Grain grain);

    private sealed class Row(MemoryRows rows, GrainId id) : IPersistentState<AdherentState>
    {
        private readonly GrainState<AdherentState> state = new(new());

        public AdherentState State
        {
            get => state.State!;
            set => state.State = value;
        }

        public string Etag => state.ETag!;

        public bool RecordExists => state.RecordExists;

        public Task ReadStateAsync() => rows.ReadStateAsync(AdherentGrain.StateName, id, state);

        public Task WriteStateAsync() => rows.WriteStateAsync(AdherentGrain.StateName, id, state);

        public Task ClearStateAsync() => rows.ClearStateAsync(AdherentGrain.StateName, id, state);
    }
}

/// <summary>An interface of Orleans of which a test needs one or two members. It must not be implemented by a class: Orleans would take that for a grain.</summary>
public class Stub : DispatchProxy
{
    private Func<MethodInfo, object?[], object?> answer = (_, _) => null;

    public static T Of<T>(Func<MethodInfo, object?[], object?> answer)
        where T : class
    {
        var stub = Create<T, Stub>();
        ((Stub)(object)stub).answer = answer;
        return stub;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => answer(targetMethod!, args ?? []);
}
