using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Tests.Adherent;
using MsaOrleans.Grains.Tests.Adherent.Fakes;

namespace MsaOrleans.Grains.Tests.Stateful;

/// <summary>An adherent of the silo that all tests share: its clock is everybody's, the rest his own.</summary>
internal sealed class ClusteredAdherent(AdherentCluster cluster) : IAdherentWorld
{
    private readonly TestAdherent adherent = cluster.NewAdherent();

    public Nir Nir => adherent.Nir;

    public Guid Key => adherent.Key;

    public DateTimeOffset Now => cluster.Now;

    public AdherentState? Stored => adherent.Stored;

    public RecordingQueue Queue => cluster.Queue;

    public Task<T> Facet<T>()
        where T : IAdherentFacet => Task.FromResult(cluster.Facet<T>(Key));

    public void Advance(TimeSpan span)
    {
        cluster.Clock.Advance(span);
        cluster.Registry.Know(Key, Samples.Fritz with { Nir = Nir }, DateOnly.FromDateTime(Now.UtcDateTime));
    }

    public Task Restart() => adherent.Deactivate();

    public void FailNextWrite() => cluster.Rows.FailNext(Key, MemoryRows.Failure.BeforeSaving);
}
