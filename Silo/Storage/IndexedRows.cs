using System.Globalization;
using System.Runtime.CompilerServices;
using MsaOrleans.Grains;
using MsaOrleans.Silo.Adherents;
using MsaOrleans.Silo.Search;
using Orleans.Storage;

namespace MsaOrleans.Silo.Storage;

/// <summary>
/// Keeps true to the rows what stands outside them: the search index, and the queues of messages and of the post. A write that changes nothing of it, as nearly all are, is
/// Orleans' one statement. One that does is made here, with what changes of them, in one transaction. An erasure needs nothing: triggers take its entries away.
/// </summary>
internal sealed class IndexedRows(IGrainStorage rows, Database database, AdherentRowSerializer serializer, SearchTokens tokens, TimeProvider clock) : IGrainStorage
{
    private const string Write =
        """
        UPDATE OrleansStorage SET PayloadBinary = @Payload, ModifiedOn = @Now, Version = Version + 1
        WHERE GrainIdHash = @Hash AND GrainIdN0 = @N0 AND GrainIdN1 = @N1 AND GrainTypeString = @State AND Version = @Version
        """;

    // What stands of the adherent of an activation, which has one such object for life.
    private readonly ConditionalWeakTable<object, RowIndex> indexed = [];

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await rows.ReadStateAsync(stateName, grainId, grainState);
        indexed.AddOrUpdate(grainState, grainState.RecordExists ? IndexOf(grainState) : RowIndex.Nothing);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var next = IndexOf(grainState);
        var isTrue = indexed.TryGetValue(grainState, out var known) && known == next;
        indexed.Remove(grainState); // unless all goes well
        if (isTrue || grainState.ETag is null)
            await rows.WriteStateAsync(stateName, grainId, grainState);
        if (!isTrue)
            await WriteWithIndex(grainId, grainState, known, next);
        indexed.AddOrUpdate(grainState, next);
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await rows.ClearStateAsync(stateName, grainId, grainState);
        indexed.AddOrUpdate(grainState, RowIndex.Nothing);
    }

    private RowIndex IndexOf<T>(IGrainState<T> grainState) => RowIndex.Of((AdherentState)(object)grainState.State!, tokens);

    private async Task WriteWithIndex<T>(GrainId grainId, IGrainState<T> grainState, RowIndex? known, RowIndex next)
    {
        var (key, version) = (AdherentRowKey.Of(grainId.GetGuidKey()), int.Parse(grainState.ETag!, CultureInfo.InvariantCulture));
        await using var connection = await database.Writes.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var command = connection.CreateCommand())
        {
            command.Transaction = transaction;
            command.CommandText = Write;
            command.Add("Payload", serializer.Serialize(grainState.State).ToArray()).Add("Now", clock.GetUtcNow().DateTime)
                .Add("Hash", key.Hash).Add("N0", key.N0).Add("N1", key.N1).Add("State", AdherentGrain.StateName).Add("Version", version);
            if (await command.ExecuteNonQueryAsync() == 0)
                throw new InconsistentStateException("Somebody else has written this row, or erased it.", "not known", grainState.ETag!);
        }
        await next.TakePlaceOf(known, key, transaction);
        await transaction.CommitAsync();
        grainState.ETag = (version + 1).ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
    }
}
