using System.Collections.Concurrent;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains.Tests.Adherent.Fakes;

/// <summary>A queue without workers: it remembers what was asked.</summary>
internal sealed class RecordingQueue : IDispatchQueue
{
    private readonly ConcurrentDictionary<Guid, ConcurrentQueue<(Guid Dispatch, DateTimeOffset? NotBefore)>> jobs = [];

    public event Action<Guid, Guid> Enqueued = delegate { };

    public Task Enqueue(Guid adherent, Guid dispatch, DateTimeOffset? notBefore = null)
    {
        jobs.GetOrAdd(adherent, _ => []).Enqueue((dispatch, notBefore));
        Enqueued(adherent, dispatch);
        return Task.CompletedTask;
    }

    /// <summary>What it says of itself.</summary>
    public Func<DispatchBacklog> Waiting { get; set; } = () => default;

    public Task<DispatchBacklog> Backlog() => Task.Run(Waiting);

    /// <summary>The jobs of one adherent since the last look.</summary>
    public IReadOnlyList<(Guid Dispatch, DateTimeOffset? NotBefore)> TakeJobs(Guid adherent) =>
        jobs.TryRemove(adherent, out var taken) ? [.. taken] : [];
}
