using System.Diagnostics.Tracing;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Runtime;
using MsaOrleans.Testing;
using MsaOrleans.Testing.Remains;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>The memory of a .NET process of this machine, as whoever may debug it sees it.</summary>
internal sealed class ProcessMemory(ServerProcess server)
{
    private const int Holders = 6;

    // Of the runtime's own events: a full blocking collection is made when somebody begins to listen.
    private const long CollectFirst = 0x800000;

    /// <summary>What objects hold a text once those are gone that nothing refers to: its kind, their type, and the last of those by which they are in use.</summary>
    /// <param name="search">The texts.</param>
    /// <param name="byWhom">Whether to find out what holds them, which takes seconds for each.</param>
    public IReadOnlyList<string> ObjectsInUseWith(SecretSearch search, bool byWhom = false)
    {
        CollectGarbage();
        server.Suspend(); // what would be attached as a debugger does not always let go
        try
        {
            return ObjectsWith(search, byWhom);
        }
        finally
        {
            server.Resume();
        }
    }

    private void CollectGarbage()
    {
        using var session = new DiagnosticsClient(server.Id).StartEventPipeSession(
            new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, CollectFirst), requestRundown: false);
        session.Stop();
    }

    private List<string> ObjectsWith(SecretSearch search, bool byWhom)
    {
        using var target = DataTarget.AttachToProcess(server.Id, suspend: false);
        using var runtime = target.ClrVersions.Single().CreateRuntime(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "libmscordaccore.so"), ignoreMismatch: true); // it runs on what we run on, and does not say its version
        var found = new List<string>();
        var bytes = new byte[1 << 20];
        foreach (var held in runtime.Heap.EnumerateObjects().Where(o => o.Type is { IsFree: false } type && (type.IsString || type.ComponentType?.IsPrimitive == true)))
        {
            var kinds = new SortedSet<string>(StringComparer.Ordinal);
            if (bytes.Length < (int)held.Size)
                bytes = new byte[(int)held.Size];
            var read = target.DataReader.Read(held.Address, bytes.AsSpan(0, (int)held.Size));
            search.Find(bytes.AsSpan(0, read), kinds);
            if (kinds.Count == 0)
                continue;
            var holders = byWhom ? Holding(held) : held.Type!.Name!;
            found.Add(string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", kinds)} in {held.Size} bytes of {holders}"));
        }
        return found;

        string Holding(ClrObject held) => new GCRoot(runtime.Heap, [held.Address]).EnumerateRootPaths().Select(path => string.Join(" > ", Chain(path.Path).TakeLast(Holders))).FirstOrDefault()
            ?? $"{held.Type!.Name}, which nothing holds any more";

        IEnumerable<string> Chain(GCRoot.ChainLink? link)
        {
            for (; link is not null; link = link.Next)
                yield return runtime.Heap.GetObject(link.Object).Type?.Name ?? "?";
        }
    }
}
