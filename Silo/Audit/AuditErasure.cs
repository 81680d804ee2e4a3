using System.Data.Common;
using Microsoft.Extensions.Logging;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Audit;

/// <summary>
/// Takes from the record what is older than it is kept: five years, as <c>/donnees-personnelles</c> says (article 2224 of the Code civil). What goes is always its beginning; an entry of
/// the record itself says up to where, and holds the hash that the first one kept is bound to. See docs/decisions/0038-end-of-the-record.md.
/// </summary>
internal sealed class AuditErasure(Database database, AuditChain chain, TimeProvider clock, ILogger<AuditErasure> log)
{
    /// <summary>Years that an entry is kept.</summary>
    public const int YearsKept = 5;

    /// <summary>Entries that one transaction erases: where there is one writer at a time, all others wait for it.</summary>
    public const int Batch = 5_000;

    // The database knows the law by its own clock, and refuses what is a second too early.
    private static readonly TimeSpan grace = TimeSpan.FromDays(1);

    /// <summary>Erases all that is old enough.</summary>
    /// <returns>How many entries.</returns>
    public async Task<long> Run(CancellationToken stop)
    {
        var before = (clock.GetUtcNow().AddYears(-YearsKept) - grace).ToUnixTimeMilliseconds();
        if (!await IsDue(before, stop))
            return 0;
        var (total, erased) = (0L, 0);
        do
        {
            erased = await EraseBatch(before, stop);
            total += erased;
        }
        while (erased == Batch);
        if (total > 0)
            log.LogInformation("{Count} entries of the record, older than {Years} years, were erased", total, YearsKept);
        return total;
    }

    // On most nights nothing is, and whoever writes need not wait for that to be found out.
    private async Task<bool> IsDue(long before, CancellationToken stop)
    {
        await using var connection = await database.Reads.OpenConnectionAsync(stop);
        return await AuditSql.Rows(connection, null, "ORDER BY Sequence LIMIT 1", stop) is [var first] && first.At < before;
    }

    private async Task<int> EraseBatch(long before, CancellationToken stop)
    {
        await using var connection = await database.Writes.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var first = await AuditSql.Rows(connection, transaction, $"ORDER BY Sequence LIMIT {Batch}", stop);
        if (first.TakeWhile(row => row.At < before).ToList() is not [.., var last] old)
            return 0;
        var verdict = await chain.Verify(old.ToAsyncEnumerable(), erased: await chain.LastErased(connection, transaction, stop));
        if (verdict.Flaw is { } flaw)
            log.LogError("The record is erased up to entry {Last}, which is too old to be kept, and was not intact: {Flaw}", last.Sequence, flaw);
        AuditRow entry;
        do
        {
            entry = chain.Next(await AuditSql.Head(connection, transaction, stop), new(
                clock.GetUtcNow(),
                AuditedAct.ErasedOld,
                new(AgentAct.Silo, $"Durée de conservation : {YearsKept} ans"),
                Detail: $"{last.Head} {verdict.Flaw}".TrimEnd()));
        }
        while (!await AuditSql.Insert(entry, connection, transaction, stop)); // another silo has taken the number, and is done with it
        if (await AuditSql.EraseUpTo(last.Sequence, connection, transaction, stop) != old.Count)
            return 0; // another silo has done it meanwhile: the entry goes with the transaction
        await transaction.CommitAsync(stop);
        return old.Count;
    }
}

/// <summary>Where the record begins.</summary>
internal static class AuditBeginning
{
    /// <inheritdoc cref="LastErased(AuditChain, DbConnection, DbTransaction?, CancellationToken)"/>
    public static async Task<AuditHead> LastErased(this AuditChain chain, Database database, CancellationToken stop)
    {
        await using var connection = await database.Reads.OpenConnectionAsync(stop);
        return await chain.LastErased(connection, null, stop);
    }

    /// <summary>
    /// The last entry that was erased, which the first one there is bound to; <see cref="AuditHead.Nothing"/> when none was. It is as the record says: verification, which goes over the
    /// entry that says so, shows whether that is true.
    /// </summary>
    public static async Task<AuditHead> LastErased(this AuditChain chain, DbConnection connection, DbTransaction? transaction, CancellationToken stop)
    {
        var said = await AuditSql.Rows(
            connection, transaction, "WHERE Agent = @Agent AND Act = @Act ORDER BY Sequence DESC LIMIT 1", stop, ("Agent", AgentAct.Silo), ("Act", nameof(AuditedAct.ErasedOld)));
        return said is [var entry] && chain.Read(entry).Detail?.Split(' ') is [var last, ..] && AuditHead.TryParse(last, out var head) ? head : AuditHead.Nothing;
    }
}
