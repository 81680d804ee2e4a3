using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using MsaOrleans.Grains.Storage;
using Orleans.Storage;

namespace MsaOrleans.Grains.Tests.Adherent.Fakes;

/// <summary>
/// Rows in memory, in their stored form, so that nothing is shared with the grain by accident. The next write of a row can be made to fail,
/// before it is saved or after.
/// </summary>
internal sealed class MemoryRows : IGrainStorage
{
    private readonly ConcurrentDictionary<Guid, (string Json, int Version)> rows = [];
    private readonly ConcurrentDictionary<Guid, Failure> failures = [];
    private readonly ConcurrentDictionary<Guid, ConcurrentQueue<string>> notes = [];

    internal enum Failure
    {
        BeforeSaving,
        AfterSaving,
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (rows.TryGetValue(grainId.GetGuidKey(), out var row))
            Fill(grainState, row.Json, row.Version, exists: true);
        else
            Fill(grainState, "{}", version: null, exists: false);
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Save(grainId, grainState, "written", key =>
    {
        var version = 1 + (rows.TryGetValue(key, out var row) ? row.Version : 0);
        rows[key] = (JsonSerializer.Serialize((AdherentState)(object)grainState.State!, AdherentStateJson.Default.AdherentState), version);
        (grainState.ETag, grainState.RecordExists) = (Tag(version), true);
    });

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Save(grainId, grainState, "cleared", key =>
    {
        rows.TryRemove(key, out _);
        Fill(grainState, "{}", version: null, exists: false);
    });

    /// <summary>What is stored of this adherent now; nothing: no row.</summary>
    public AdherentState? Stored(Guid adherent) =>
        rows.TryGetValue(adherent, out var row) ? JsonSerializer.Deserialize(row.Json, AdherentStateJson.Default.AdherentState) : null;

    /// <summary>How often this adherent was written.</summary>
    public int Version(Guid adherent) => rows.TryGetValue(adherent, out var row) ? row.Version : 0;

    public void FailNext(Guid adherent, Failure failure) => failures[adherent] = failure;

    public void Copy(Guid from, Guid to) => rows[to] = rows[from];

    /// <summary>Notes something that happened to an adherent, in the order of the writes.</summary>
    public void Note(Guid adherent, string what) => notes.GetOrAdd(adherent, _ => []).Enqueue(what);

    /// <summary>What happened to an adherent since the last look.</summary>
    public IReadOnlyList<string> TakeNotes(Guid adherent) => notes.TryRemove(adherent, out var taken) ? [.. taken] : [];

    private Task Save<T>(GrainId grainId, IGrainState<T> state, string what, Action<Guid> save)
    {
        var key = grainId.GetGuidKey();
        var fails = failures.TryRemove(key, out var failure);
        if (fails && failure == Failure.BeforeSaving)
            throw new IOException("The disk is full.");
        var stored = rows.TryGetValue(key, out var row) ? Tag(row.Version) : null;
        if (stored != state.ETag)
            throw new InconsistentStateException("The row is not the one that was read.", stored, state.ETag);
        save(key);
        Note(key, what);
        return fails ? throw new TimeoutException("The disk did not answer in time.") : Task.CompletedTask;
    }

    private static void Fill<T>(IGrainState<T> grainState, string json, int? version, bool exists)
    {
        grainState.State = (T)(object)JsonSerializer.Deserialize(json, AdherentStateJson.Default.AdherentState)!;
        grainState.ETag = version is { } v ? Tag(v) : null;
        grainState.RecordExists = exists;
    }

    private static string Tag(int version) => version.ToString(CultureInfo.InvariantCulture);
}
