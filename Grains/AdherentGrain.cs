using Microsoft.Extensions.Logging;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Grains.Telemetry;

namespace MsaOrleans.Grains;

/// <summary>One adherent. Takes calls one at a time, lets the rules decide, saves, answers.</summary>
[GrainType("adherent")]
internal sealed partial class AdherentGrain(
    [PersistentState(AdherentGrain.StateName, AdherentGrain.StorageName)] IPersistentState<AdherentState> store,
    IInsuredPersonRegistry registry,
    IDispatchQueue queue,
    IPasswordHasher hasher,
    AdherentPolicy policy,
    AdherentKeys keys,
    AdherentMeter meter,
    IAuditTrail audit,
    ISealedFiles files,
    ICertificatePrinter printer,
    IPostalPrinter postPrinter,
    TimeProvider clock,
    ILogger<AdherentGrain> log) : Grain
{
    /// <summary>Stored with every row: a contract.</summary>
    public const string StateName = "adherent";

    /// <summary>The storage provider that the host must register.</summary>
    public const string StorageName = "adherents";

    private AdherentState State => store.State;

    private DateTimeOffset Now => clock.GetUtcNow();

    private Guid Key => this.GetPrimaryKey();

    public override Task OnActivateAsync(CancellationToken cancellationToken) => State.Owner is { } owner && owner != Key
        ? throw new InvalidOperationException("The stored row belongs to another adherent: it was moved by hand, or worse.")
        : Task.CompletedTask;

    /// <summary>The row is the truth: after a write that failed, or may have failed, the next call reads it again.</summary>
    private async Task Commit(AdherentState next)
    {
        var before = State;
        if (next == before)
            return;
        try
        {
            if (next.IsEmpty)
            {
                if (store.RecordExists)
                    await store.ClearStateAsync();
                else
                    store.State = new();
            }
            else
            {
                store.State = next with { Owner = Key };
                await store.WriteStateAsync();
            }
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
        meter.Committed(before, next);
    }

    // Queues before it saves: the worker asks this grain, so it waits for the end of the turn, and finds the letter if the save went through,
    // nothing to do if it failed. The other order could save a letter that nobody is told of.
    private async Task CommitAndQueue(AdherentState next)
    {
        foreach (var dispatch in next.Dispatches.Pending.Where(d => !State.Dispatches.All.Exists(known => known.Id == d.Id && known.NotBefore <= d.NotBefore)))
            await queue.Enqueue(Key, dispatch.Id, dispatch.NotBefore > Now ? dispatch.NotBefore : null);
        await Commit(next);
    }

    // What follows from a visitor's request takes as long whether or not it sends a letter: a job for a letter that does not exist finds nothing to do.
    private async Task CommitAndSeemToQueue(AdherentState next)
    {
        await queue.Enqueue(Key, Guid.CreateVersion7(Now));
        await Commit(next);
    }

    // Counted over all adherents: nobody's mailbox is to be filled by way of others.
    private Mailbox MailboxOf(EmailAddress address) => Mailbox.Of(GrainFactory, keys.For(address));

    /// <summary>What the caisses know of him, where it would only be nice to know: a registry that does not answer closes no door (ASVS 16.5.2).</summary>
    private async Task<T?> RegistryIfItAnswers<T>(Func<IInsuredPersonRegistry, Task<T>> ask)
    {
        try
        {
            return await ask(registry);
        }
        catch (Exception broken)
        {
            log.LogWarning(broken, "{Adherent}: the registry does not answer; what it knows is left for another time", Key);
            return default;
        }
    }

    private Task<InsuredPerson?> RegistryIfItAnswers() => RegistryIfItAnswers(known => known.Find(Key));
}
