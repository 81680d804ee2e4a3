using System.Data.Common;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Dataflow;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Registry;

/// <summary>
/// Brings files of the caisses into our copy of the registry. Good lines are kept whatever the others are; what the copy already holds
/// just so is recognised by its fingerprint and left alone.
/// </summary>
/// <remarks>
/// Lines pass four stages in bounded batches: read and checked in parallel; told apart from those before them, in order; compared with the
/// database and sealed in parallel; written by one writer, a short transaction a batch, so that a site at work is never kept waiting.
/// </remarks>
public sealed class RegistryImporter(Database database, RegistryProtection protection, AdherentKeys keys, TimeProvider clock)
{
    private const int BatchLength = 1_000;

    /// <param name="file">In the format of <c>adherents.csv</c>.</param>
    /// <param name="rejected">Told of every line refused, in order.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="stop">Stops after the batch being written, which is kept.</param>
    /// <exception cref="SetupException">The header is not that of the format: nothing was imported.</exception>
    public Task<ImportSummary> ImportAdherents(TextReader file, Action<RejectedLine>? rejected = null, Action<ImportSummary>? progress = null, CancellationToken stop = default) =>
        Import(file, new AdherentReader(keys, Today()), RegistrySql.PersonFingerprints, rejected, progress, stop);

    /// <inheritdoc cref="ImportAdherents"/>
    /// <param name="file">In the format of <c>payments.csv</c>; import the adherents first.</param>
    public Task<ImportSummary> ImportPayments(TextReader file, Action<RejectedLine>? rejected = null, Action<ImportSummary>? progress = null, CancellationToken stop = default) =>
        Import(file, new PaymentReader(keys, Today()), RegistrySql.PaymentFingerprints, rejected, progress, stop);

    private async Task<ImportSummary> Import(
        TextReader file, RecordReader reader, string fingerprints, Action<RejectedLine>? rejected, Action<ImportSummary>? progress, CancellationToken stop)
    {
        var lines = new SourceLines(file);
        if ((await lines.Next(stop))?.Text.TrimStart('\uFEFF') != reader.Header)
            throw new SetupException($"The first line of the file is not the header expected: {reader.Header}");

        var seen = new SeenKeys();
        var summary = new ImportSummary();
        var inParallel = new ExecutionDataflowBlockOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, BoundedCapacity = 2 * Environment.ProcessorCount, CancellationToken = stop };
        var inTurn = new ExecutionDataflowBlockOptions { BoundedCapacity = 2, CancellationToken = stop };

        var check = new TransformBlock<List<SourceLine>, List<ReadRecord>>(batch => batch.ConvertAll(reader.Read), inParallel);
        var tellApart = new TransformBlock<List<ReadRecord>, List<ReadRecord>>(batch => batch.ConvertAll(record => TellApart(record, seen)), inTurn);
        var seal = new TransformBlock<List<ReadRecord>, SealedBatch>(batch => Seal(batch, fingerprints, stop), inParallel);
        var store = new ActionBlock<SealedBatch>(
            async batch =>
            {
                await database.WriteRegistry(batch.Changes, stop);
                foreach (var line in batch.Rejected)
                    rejected?.Invoke(line);
                summary = new(
                    summary.Read + batch.Outcome.Read,
                    summary.Added + batch.Outcome.Added,
                    summary.Changed + batch.Outcome.Changed,
                    summary.Unchanged + batch.Outcome.Unchanged,
                    summary.Rejected + batch.Outcome.Rejected);
                progress?.Invoke(summary);
            },
            inTurn);
        var linked = new DataflowLinkOptions { PropagateCompletion = true };
        check.LinkTo(tellApart, linked);
        tellApart.LinkTo(seal, linked);
        seal.LinkTo(store, linked);

        // A failed writer takes no more: the stages before it must hear of it, or they would wait for ever to hand over.
        _ = store.Completion.ContinueWith(failed => ((IDataflowBlock)check).Fault(failed.Exception!), stop, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        try
        {
            await Feed(check, lines, stop);
            check.Complete();
        }
        catch (Exception failure)
        {
            ((IDataflowBlock)check).Fault(failure); // thrown again below, once nothing is under way any more
        }
        var end = Task.WhenAll(store.Completion, seal.Completion, tellApart.Completion, check.Completion);
        await end.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        if (end.Exception is { } failures)
            ExceptionDispatchInfo.Throw(failures.Flatten().InnerExceptions[0]);
        await end;
        return summary;
    }

    private static async Task Feed(ITargetBlock<List<SourceLine>> pipeline, SourceLines lines, CancellationToken stop)
    {
        var batch = new List<SourceLine>(BatchLength);
        while (await lines.Next(stop) is { } line)
        {
            if (line.Text.Length > 0)
                batch.Add(line);
            if (batch.Count < BatchLength)
                continue;
            if (!await pipeline.SendAsync(batch, stop))
                return;
            batch = new List<SourceLine>(BatchLength);
        }
        await pipeline.SendAsync(batch, stop);
    }

    // A person told of twice is a mistake somewhere, and which line is right nobody here knows; two payments in the same words are two payments.
    private ReadRecord TellApart(ReadRecord record, SeenKeys seen)
    {
        if (record.Row is not { } row)
            return record;
        if (row.PaymentWords is not { } words)
            return seen.Add(row.Adherent) ? record : new(record.Source, null, "nir: already on a line before");
        var occurrence = FirstOf(RegistryProtection.MostOccurrences, n => !seen.Contains(protection.PaymentKeyOf(row.Adherent, n, words)));
        if (occurrence == RegistryProtection.MostOccurrences)
            return new(record.Source, null, "payment: told of too often in the same words");
        var key = protection.PaymentKeyOf(row.Adherent, occurrence, words);
        seen.Add(key);
        return record with { Row = row with { Payment = key } };
    }

    /// <summary>
    /// The first number from which on something holds, which has to be so for all numbers after it; <paramref name="end"/> when it is so for none below. In
    /// steps that double, then halve: a file that tells of one payment ten thousand times is not to be asked about each of them each time.
    /// </summary>
    internal static int FirstOf(int end, Func<int, bool> holds)
    {
        var (low, high) = (0, 0); // it does not hold below the one; it holds from the other on
        while (high < end && !holds(high))
            (low, high) = (high + 1, Math.Min((2 * high) + 1, end));
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = holds(middle) ? (low, middle) : (middle + 1, high);
        }
        return low;
    }

    private async Task<SealedBatch> Seal(List<ReadRecord> batch, string query, CancellationToken stop)
    {
        var rows = batch.Where(record => record.Row is not null).Select(record => record.Row!.Adherent).Distinct().ToList();
        var (known, payable) = await Compare(rows, query, batch.Exists(record => record.Row?.Payment is not null), stop);

        var changes = new List<SealedRow>();
        var refused = new List<RejectedLine>();
        var (added, changed, unchanged) = (0, 0, 0);
        foreach (var (source, row, refusal) in batch)
        {
            if (row is null)
            {
                refused.Add(new(source.Number, refusal!, source.Text));
                continue;
            }
            if (payable is not null && !payable.Contains(row.Adherent))
            {
                refused.Add(new(source.Number, "nir: not known to the registry", source.Text));
                continue;
            }
            var fingerprint = protection.FingerprintOf(row);
            var isKnown = known.TryGetValue(row.Key, out var before);
            if (isKnown && before == fingerprint)
            {
                unchanged++;
                continue;
            }
            _ = isKnown ? changed++ : added++;
            changes.Add(new(row.Adherent, row.Payment, fingerprint, protection.Seal(row)));
        }
        return new(changes, refused, new(batch.Count, added, changed, unchanged, refused.Count));
    }

    /// <returns>The fingerprints of the rows that these adherents have; for payments, which of the adherents are in the registry.</returns>
    private async Task<(Dictionary<Guid, Guid> Fingerprints, HashSet<Guid>? Payable)> Compare(List<Guid> adherents, string query, bool payments, CancellationToken stop)
    {
        await using var connection = await database.Reads.OpenConnectionAsync(stop);
        var fingerprints = await Lookup(connection, query, adherents, stop);
        return (fingerprints, payments ? [.. (await Lookup(connection, RegistrySql.PersonFingerprints, adherents, stop)).Keys] : null);
    }

    private static async Task<Dictionary<Guid, Guid>> Lookup(DbConnection connection, string query, List<Guid> adherents, CancellationToken stop)
    {
        var found = new Dictionary<Guid, Guid>();
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        for (var i = 0; i < RegistrySql.KeysAtOnce; i++)
            command.Add($"Key{i}", Array.Empty<byte>());
        foreach (var some in adherents.Chunk(RegistrySql.KeysAtOnce))
        {
            for (var i = 0; i < RegistrySql.KeysAtOnce; i++)
                command.Parameters[i].Value = i < some.Length ? some[i].ToBytes() : [];
            await using var reader = await command.ExecuteReaderAsync(stop);
            while (await reader.ReadAsync(stop))
                found.Add(((byte[])reader.GetValue(0)).ToGuid(), ((byte[])reader.GetValue(1)).ToGuid());
        }
        return found;
    }

    private DateOnly Today() => FrenchCalendar.DayOf(clock.GetUtcNow());

    private sealed record SealedBatch(List<SealedRow> Changes, List<RejectedLine> Rejected, ImportSummary Outcome);
}
