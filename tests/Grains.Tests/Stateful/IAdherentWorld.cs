using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Tests.Adherent.Fakes;

namespace MsaOrleans.Grains.Tests.Stateful;

/// <summary>Where an adherent lives whom the caisses know as the leaflet's: his grain, his row, the queue of his letters, and the time.</summary>
internal interface IAdherentWorld
{
    Nir Nir { get; }

    Guid Key { get; }

    DateTimeOffset Now { get; }

    /// <summary>What is stored of him, or nothing.</summary>
    AdherentState? Stored { get; }

    RecordingQueue Queue { get; }

    Task<T> Facet<T>()
        where T : IAdherentFacet;

    void Advance(TimeSpan span);

    /// <summary>Nothing of him stays in memory.</summary>
    Task Restart();

    /// <summary>The next write is lost before it reaches the disk.</summary>
    void FailNextWrite();
}
