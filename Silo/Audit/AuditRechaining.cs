using System.Data.Common;
using Microsoft.AspNetCore.DataProtection;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Audit;

/// <summary>
/// Brings the record under another pseudonym key, in the transaction that changes the rest. Every entry is verified first; the first that is not intact, and
/// what comes after it, stays as it is, so that verification goes on naming it. A new entry says what was done.
/// </summary>
internal sealed class AuditRechaining(IDataProtectionProvider keys, PseudonymSecret old, PseudonymSecret next)
{
    private readonly AuditChain before = new(keys, old);
    private readonly AuditChain after = new(keys, next);

    /// <summary>The pseudonyms on record.</summary>
    public static async Task<HashSet<Guid>> Adherents(DbTransaction transaction, CancellationToken stop)
    {
        await using var query = transaction.Connection!.CreateCommand();
        query.Transaction = transaction;
        query.CommandText = "SELECT DISTINCT Adherent FROM AuditTrail WHERE Adherent IS NOT NULL";
        await using var reader = await query.ExecuteReaderAsync(stop);
        var found = new HashSet<Guid>();
        while (await reader.ReadAsync(stop))
            found.Add(((byte[])reader.GetValue(0)).ToGuid());
        return found;
    }

    /// <param name="transaction">In which nobody else writes.</param>
    /// <param name="moved">Adherents' new pseudonyms, by their old ones. Others keep theirs.</param>
    /// <param name="stop">Stops it; the transaction must then be given up.</param>
    /// <returns>What the record was found to be, and its end now.</returns>
    public async Task<(AuditVerdict Found, AuditHead Head)> Run(DbTransaction transaction, IReadOnlyDictionary<Guid, Guid> moved, CancellationToken stop)
    {
        var connection = transaction.Connection!;
        var restore = await LiftTriggers(transaction, stop);
        var erased = await before.LastErased(connection, transaction, stop);
        var previous = erased.Hash;
        var found = await before.Verify(AuditSql.All(connection, transaction, stop), erased: erased, onIntact: async (row, content) =>
        {
            var here = row with { Adherent = row.Adherent is { } adherent ? moved.GetValueOrDefault(adherent, adherent) : null };
            previous = after.HashOf(here, content, previous);
            await using var update = connection.CreateCommand();
            update.Transaction = transaction;
            update.CommandText = "UPDATE AuditTrail SET Adherent = @Adherent, Hash = @Hash WHERE Sequence = @Sequence";
            update.Add("Adherent", here.Adherent?.ToBytes() ?? (object)DBNull.Value).Add("Hash", previous.ToBytes()).Add("Sequence", row.Sequence);
            await update.ExecuteNonQueryAsync(stop);
        });
        await Execute(transaction, restore, stop);
        var entry = after.Next(await AuditSql.Head(connection, transaction, stop), new(
            TimeProvider.System.GetUtcNow(),
            AuditedAct.ChangedPseudonymKey,
            new(AgentAct.Silo, "keys change-pseudonym"),
            Detail: $"Intact until then up to {found.Head}. {found.Flaw}".TrimEnd()));
        await AuditSql.Insert(entry, connection, transaction, stop);
        return (found, entry.Head);
    }

    /// <returns>What puts them back.</returns>
    private static async Task<IReadOnlyList<string>> LiftTriggers(DbTransaction transaction, CancellationToken stop)
    {
        if (transaction is Npgsql.NpgsqlTransaction)
        {
            await Execute(transaction, ["ALTER TABLE AuditTrail DISABLE TRIGGER USER"], stop);
            return ["ALTER TABLE AuditTrail ENABLE TRIGGER USER"];
        }
        var triggers = new List<(string Name, string Sql)>();
        await using (var query = transaction.Connection!.CreateCommand())
        {
            query.Transaction = transaction;
            query.CommandText = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'AuditTrail'";
            await using var reader = await query.ExecuteReaderAsync(stop);
            while (await reader.ReadAsync(stop))
                triggers.Add((reader.GetString(0), reader.GetString(1)));
        }
        await Execute(transaction, triggers.Select(trigger => $"DROP TRIGGER {trigger.Name}"), stop);
        return [.. triggers.Select(trigger => trigger.Sql)];
    }

    private static async Task Execute(DbTransaction transaction, IEnumerable<string> statements, CancellationToken stop)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        foreach (var statement in statements)
        {
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync(stop);
        }
    }
}
