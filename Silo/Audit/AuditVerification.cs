using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Audit;

/// <summary>Walks along the record and looks whether each entry is the one that was written after the one before.</summary>
internal static class AuditVerification
{
    /// <summary>Verifies the record of a database, while others add to it and its beginning is erased for its age.</summary>
    /// <param name="chain">Under the keys of the record.</param>
    /// <param name="database">Whose record it is.</param>
    /// <param name="noted">Its end at some earlier time, if somebody noted it: without that, nobody can see that the end was cut off.</param>
    /// <param name="onIntact">Told of each entry that is intact; once more of all there are when the beginning was erased meanwhile.</param>
    /// <param name="stop">Stops it.</param>
    /// <returns>What became of it, and the last entry that was erased for its age.</returns>
    public static async Task<(AuditVerdict Verdict, AuditHead Erased)> Verify(
        this AuditChain chain, Database database, AuditHead? noted, Func<AuditRow, AuditHead, Task>? onIntact, CancellationToken stop)
    {
        var erased = await chain.LastErased(database, stop);
        while (true)
        {
            var known = erased;
            var verdict = await chain.Verify(AuditSql.All(database, stop), noted, onIntact is null ? null : (row, _) => onIntact(row, known), known);
            if (verdict.Flaw is not null)
                erased = await chain.LastErased(database, stop); // it is read by pages: what is erased between two of them looks as if somebody had removed it
            if (erased == known)
                return (verdict, erased);
        }
    }

    /// <param name="chain">Under the keys of the record.</param>
    /// <param name="rows">All that there is of the record, in the order of its numbers.</param>
    /// <param name="noted">Its end at some earlier time, if somebody noted it: without that, nobody can see that the end was cut off.</param>
    /// <param name="onIntact">Told of each entry that is intact, and of what is sealed in it.</param>
    /// <param name="erased">The last entry that was erased for its age (<see cref="AuditBeginning"/>); nothing when the record begins with 1.</param>
    public static async Task<AuditVerdict> Verify(
        this AuditChain chain, IAsyncEnumerable<AuditRow> rows, AuditHead? noted = null, Func<AuditRow, byte[], Task>? onIntact = null, AuditHead? erased = null)
    {
        var head = erased ?? AuditHead.Nothing;
        if (noted?.Sequence < head.Sequence)
            return Broken(noted.Sequence, AuditFault.NotedErased);
        if (noted?.Sequence == head.Sequence && noted != head)
            return Broken(head.Sequence, AuditFault.NotAsNoted);
        await foreach (var row in rows)
        {
            var expected = head.Sequence + 1;
            if (row.Sequence != expected)
                return row.Sequence > expected ? Broken(expected, AuditFault.Missing) : Broken(row.Sequence, AuditFault.OutOfPlace);
            if (chain.TryOpen(row) is not { } content)
                return Broken(expected, AuditFault.Unreadable);
            if (row.Hash != chain.HashOf(row, content, head.Hash))
                return Broken(expected, AuditFault.Altered);
            if (row.Sequence == noted?.Sequence && row.Head != noted)
                return Broken(expected, AuditFault.NotAsNoted);
            if (onIntact is not null)
                await onIntact(row, content);
            head = row.Head;
        }
        return noted?.Sequence > head.Sequence ? Broken(head.Sequence + 1, AuditFault.CutOff) : new(head);

        AuditVerdict Broken(long sequence, AuditFault fault) => new(head, new(sequence, fault));
    }
}

/// <summary>What became of the record.</summary>
/// <param name="Head">The last entry up to which it is intact.</param>
/// <param name="Flaw">The first thing that is wrong; nothing when it is intact to its end.</param>
internal sealed record AuditVerdict(AuditHead Head, AuditFlaw? Flaw = null);

/// <summary>Something wrong with the record.</summary>
/// <param name="Sequence">The number of the entry.</param>
/// <param name="Fault">What is wrong.</param>
internal sealed record AuditFlaw(long Sequence, AuditFault Fault)
{
    public override string ToString() => Fault switch
    {
        AuditFault.Missing => $"Entry {Sequence} was removed: the record goes on after it.",
        AuditFault.OutOfPlace => $"Entry {Sequence} was inserted: the record begins after it.",
        AuditFault.Unreadable => $"Entry {Sequence} cannot be opened: it was altered, inserted or moved, or the encryption key under which it was sealed is gone.",
        AuditFault.Altered when Sequence == 1 => $"Entry {Sequence} is not what was put on record there: it was altered or inserted, or {Hosting.KeyRing.PseudonymSetting} is not the key under which the record was begun.",
        AuditFault.Altered => $"Entry {Sequence} is not what was put on record after the one before: it was altered, inserted or moved.",
        AuditFault.CutOff => $"Entry {Sequence} was removed, with all that came after it: the record ends before the head that was noted.",
        AuditFault.NotedErased => $"Entry {Sequence}, which was noted as head, has been erased, older than {AuditErasure.YearsKept} years: give a later one.",
        AuditFault.NotAsNoted => $"Entry {Sequence} is not the one that was noted as head: somebody who has the pseudonym key wrote the record again.",
    };
}

/// <summary>What may be wrong with an entry.</summary>
internal enum AuditFault
{
    Missing,
    OutOfPlace,
    Unreadable,
    Altered,
    CutOff,
    NotAsNoted,
    NotedErased,
}
