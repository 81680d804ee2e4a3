using System.Runtime.CompilerServices;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Silo.Search;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Registry;

/// <summary>
/// Brings files of the caisses into our copy of the registry. Good lines are kept whatever the others are; what the copy already holds
/// just so is recognised by its fingerprint and left alone.
/// </summary>
/// <remarks>
/// A file is first put in the order of its adherents. What it says of one stands together then, so that nothing need be remembered of the others; and a
/// database goes through its indexes once from end to end instead of jumping about in them.
/// Lines then pass four stages in bounded batches: checked in parallel; told apart from those before them, in order; compared with the database and
/// sealed in parallel; written by one writer, a short transaction a batch, so that a site at work is never kept waiting.
/// </remarks>
public sealed class RegistryImporter(Database database, RegistryProtection protection, SearchTokens tokens, AdherentKeys keys, TimeProvider clock)
{
    // Each holds batches; and more than these the one writer cannot follow.
    private static readonly int workers = Math.Min(Environment.ProcessorCount, 8);

    /// <param name="file">In the format of <c>adherents.csv</c>.</param>
    /// <param name="rejected">Told of every line refused, in order, at the end.</param>
    /// <param name="progress">Told after every batch written.</param>
    /// <param name="reading">Told now and then how many lines have been read and put in order; until that is done, nothing is written.</param>
    /// <param name="stop">Stops after the batch being written, which is kept.</param>
    /// <exception cref="SetupException">The header is not that of the format: nothing was imported.</exception>
    public Task<ImportSummary> ImportAdherents(
        TextReader file, Action<RejectedLine>? rejected = null, Action<ImportSummary>? progress = null, Action<long>? reading = null, CancellationToken stop = default) =>
        Import(file, new AdherentReader(keys, Today()), RegistryTable.Persons, rejected, progress, reading, stop);

    /// <inheritdoc cref="ImportAdherents"/>
    /// <param name="file">In the format of <c>payments.csv</c>; import the adherents first.</param>
    public Task<ImportSummary> ImportPayments(
        TextReader file, Action<RejectedLine>? rejected = null, Action<ImportSummary>? progress = null, Action<long>? reading = null, CancellationToken stop = default) =>
        Import(file, new PaymentReader(keys, Today()), RegistryTable.Payments, rejected, progress, reading, stop);

    private async Task<ImportSummary> Import(
        TextReader file, RecordReader reader, RegistryTable table, Action<RejectedLine>? rejected, Action<ImportSummary>? progress, Action<long>? reading, CancellationToken stop)
    {
        var lines = new SourceLines(file);
        if ((await lines.Next(stop))?.Text.TrimStart('\uFEFF') != reader.Header)
            throw new SetupException($"The first line of the file is not the header expected: {reader.Header}");

        using var sorted = new ExternalSort<KeyedLine>(KeyedLine.Format);
        using var refused = new ExternalSort<RejectedLine>(RejectedLine.Format);
        await Sort(lines, reader, sorted, reading, stop);
        try
        {
            return await Take(sorted.InOrder(), reader, table, refused, progress, stop);
        }
        finally
        {
            foreach (var line in refused.InOrder())
                rejected?.Invoke(line);
        }
    }

    private async Task Sort(SourceLines lines, RecordReader reader, ExternalSort<KeyedLine> sorted, Action<long>? reading, CancellationToken stop)
    {
        var read = 0L;
        var keyed = NotEmpty(lines, stop)
            .Chunk(database.RegistryBatch)
            .SelectAhead(workers, batch => Task.FromResult(reader.FindAdherents(batch)), stop);
        await foreach (var batch in keyed)
        {
            Array.ForEach(batch, sorted.Add);
            reading?.Invoke(read += batch.Length);
        }
    }

    private async Task<ImportSummary> Take(
        IEnumerable<KeyedLine> sorted, RecordReader reader, RegistryTable table, ExternalSort<RejectedLine> refused, Action<ImportSummary>? progress, CancellationToken stop)
    {
        var sofar = new ToldSoFar(protection);
        var summary = new ImportSummary();
        var batches = sorted
            .Chunk(database.RegistryBatch)
            .ToAsyncEnumerable()
            .SelectAhead(workers, batch => Task.FromResult(Array.ConvertAll(batch, reader.Read)), stop)
            .Select(batch => Array.ConvertAll(batch, sofar.TellApart))
            .SelectAhead(workers, batch => Seal(batch, table, stop), stop);
        await foreach (var batch in batches)
        {
            await database.WriteRegistry(batch.Changes, batch.Outcome.Changed == 0, stop);
            batch.Rejected.ForEach(refused.Add);
            summary = new(
                summary.Read + batch.Outcome.Read,
                summary.Added + batch.Outcome.Added,
                summary.Changed + batch.Outcome.Changed,
                summary.Unchanged + batch.Outcome.Unchanged,
                summary.Rejected + batch.Outcome.Rejected);
            progress?.Invoke(summary);
        }
        return summary;
    }

    private static async IAsyncEnumerable<SourceLine> NotEmpty(SourceLines lines, [EnumeratorCancellation] CancellationToken stop = default)
    {
        while (await lines.Next(stop) is { } line)
        {
            if (line.Text.Length > 0)
                yield return line;
        }
    }

    private async Task<SealedBatch> Seal(ReadRecord[] batch, RegistryTable table, CancellationToken stop)
    {
        var adherents = batch.Where(record => record.Row is not null).Select(record => record.Row!.Adherent).Distinct().ToList();
        var known = await database.Fingerprints(table, adherents, stop);
        var payable = table == RegistryTable.Payments ? await database.Fingerprints(RegistryTable.Persons, adherents, stop) : null;

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
            if (payable is not null && !payable.ContainsKey(row.Adherent))
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
            changes.Add(new(row.Adherent, row.Payment, fingerprint, protection.Seal(row)) { Names = row.Person is { } person ? tokens.Of(person) : default });
        }
        changes.Sort((one, other) => (one.Adherent, one.Payment).CompareTo((other.Adherent, other.Payment)));
        return new(changes, refused, new(batch.Length, added, changed, unchanged, refused.Count));
    }

    private DateOnly Today() => FrenchCalendar.DayOf(clock.GetUtcNow());

    private sealed record SealedBatch(List<SealedRow> Changes, List<RejectedLine> Rejected, ImportSummary Outcome);
}
