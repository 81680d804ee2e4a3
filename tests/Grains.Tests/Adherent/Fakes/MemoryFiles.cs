using System.Collections.Concurrent;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains.Tests.Adherent.Fakes;

/// <summary>Files in memory.</summary>
internal sealed class MemoryFiles : ISealedFiles
{
    private readonly ConcurrentDictionary<(Guid Owner, Guid File), byte[]> files = [];

    public IReadOnlyCollection<Guid> Of(Guid owner) => [.. files.Keys.Where(key => key.Owner == owner).Select(key => key.File)];

    public Task Write(Guid owner, Guid file, byte[] content)
    {
        files[(owner, file)] = content;
        return Task.CompletedTask;
    }

    public Task<byte[]?> Read(Guid owner, Guid file) => Task.FromResult(files.GetValueOrDefault((owner, file)));

    public Task EraseAllBut(Guid owner, IReadOnlyCollection<Guid> kept)
    {
        foreach (var file in Of(owner).Except(kept))
            files.TryRemove((owner, file), out _);
        return Task.CompletedTask;
    }
}
