using System.Data.Common;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using MsaOrleans.Grains;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Silo.Adherents;
using MsaOrleans.Silo.Audit;
using MsaOrleans.Silo.Documents;
using MsaOrleans.Silo.Jobs;
using MsaOrleans.Silo.Search;

namespace MsaOrleans.Silo.Storage;

/// <summary>
/// Brings a database under another pseudonym key, all or nothing, while nobody else uses it. Adherents move to their new pseudonyms, and their files with them; one whose row does not
/// say who he is (he has no account: it tells of failures, or of an account that was closed) stays where he is until the sweep erases him, or is erased
/// now if the sweep never would. The record of the hotline follows them (<see cref="AuditRechaining"/>). The registry, which names nobody, is emptied: only an import can fill it again. Jobs, which name pseudonyms, are
/// dropped: the sweep queues what is owed.
/// </summary>
/// <remarks>Its connections have a name of their own, by which they are told from those of servers.</remarks>
internal sealed class PseudonymChange(Database database, IDataProtectionProvider keys, PseudonymSecret old, PseudonymSecret next)
{
    private const int PageLength = 1_000;

    private const string DropJobs =
        $"""
         DELETE FROM {PostgresJobs.Schema}.jobqueue;
         DELETE FROM {PostgresJobs.Schema}.set WHERE key IN ('schedule', 'retries');
         DELETE FROM {PostgresJobs.Schema}.job
         """;

    private readonly AdherentRowSerializer rows = new(keys);
    private readonly RowCipher files = SqlSealedFiles.CipherOf(keys);
    private readonly SearchTokens tokens = new(next);
    private readonly AdherentKeys before = new(old.Value);
    private readonly AdherentKeys after = new(next.Value);

    /// <exception cref="SetupException">Others are at work in the database, or it was not begun under the old key: nothing was changed.</exception>
    public async Task<PseudonymChangeReport> Run(Action<long>? progress = null, CancellationToken stop = default)
    {
        rows.Serialize(new AdherentState()); // has the keys read now: soon they are locked
        await using var connection = await database.Writes.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (database is PostgresDatabase)
            await TakeAlone(transaction, stop);
        var onRecord = await AuditRechaining.Adherents(transaction, stop);
        var moved = new Dictionary<Guid, Guid>();
        // All of it was hashed under the old key, or is of old pseudonyms: it is made anew of the rows.
        await Execute(transaction, "DELETE FROM SearchIndex", stop);
        await Execute(transaction, "DELETE FROM WaitingMessages", stop);
        await Execute(transaction, "DELETE FROM WaitingCopies", stop);
        var report = await MoveAdherents(transaction, (from, to) =>
        {
            if (onRecord.Contains(from))
                moved.Add(from, to);
        }, progress, stop);
        var audit = await new AuditRechaining(keys, old, next).Run(transaction, moved, stop);
        await Execute(transaction, "DELETE FROM InsuredPersons", stop);
        await Execute(transaction, "DELETE FROM Payments", stop);
        await transaction.CommitAsync(stop);
        return report with { Audit = audit };
    }

    // What only PostgreSQL has: other machines, jobs that outlive them, and keys that are sealed under this one.
    private async Task TakeAlone(DbTransaction transaction, CancellationToken stop)
    {
        await using (var others = transaction.Connection!.CreateCommand())
        {
            others.Transaction = transaction;
            // Silos and web servers are always connected: they ask who is in the cluster.
            others.CommandText =
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND usename = current_user AND application_name <> current_setting('application_name')
                """;
            if ((long)(await others.ExecuteScalarAsync(stop))! > 0)
                throw new SetupException("Others are at work in this database: stop every silo, web server and command first.");
        }
        await Execute(transaction, "LOCK TABLE OrleansStorage, SealedFiles, SearchIndex, WaitingMessages, WaitingCopies, InsuredPersons, Payments, AuditTrail, DataProtectionKeys IN ACCESS EXCLUSIVE MODE", stop);
        await SealKeys(transaction, stop);
        await Execute(transaction, DropJobs, stop);
    }

    private async Task SealKeys(DbTransaction transaction, CancellationToken stop)
    {
        var (opener, sealer) = (new KeyXmlEncryptor(old), new KeyXmlEncryptor(next));
        var stored = new List<(int Id, XElement Xml)>();
        await using (var query = transaction.Connection!.CreateCommand())
        {
            query.Transaction = transaction;
            query.CommandText = "SELECT Id, Xml FROM DataProtectionKeys";
            await using var reader = await query.ExecuteReaderAsync(stop);
            while (await reader.ReadAsync(stop))
                stored.Add((reader.GetInt32(0), XElement.Parse(reader.GetString(1))));
        }
        foreach (var (id, xml) in stored)
        {
            foreach (var sealedSecret in xml.Descendants(KeyXmlEncryptor.Element).ToList())
                sealedSecret.ReplaceWith(sealer.Encrypt(opener.Decrypt(sealedSecret)).EncryptedElement);
            await Execute(transaction, "UPDATE DataProtectionKeys SET Xml = @Xml WHERE Id = @Id", stop, ("Xml", xml.ToString(SaveOptions.DisableFormatting)), ("Id", id));
        }
    }

    private async Task<PseudonymChangeReport> MoveAdherents(DbTransaction transaction, Action<Guid, Guid> onMoved, Action<long>? progress, CancellationToken stop)
    {
        var table = SealedTable.Adherents;
        var (moved, left, erased, unreadable) = (0L, 0L, 0L, 0L);
        var last = table.BeforeAll;
        while (await table.Page(transaction.Connection!, transaction, last, PageLength, stop) is { Count: > 0 } page)
        {
            var found = new List<(AdherentRowKey, RowIndex)>();
            foreach (var row in page)
            {
                switch (Open(row))
                {
                    case null:
                        unreadable++;
                        break;
                    case { Nir: { } nir } state when state.Owner != after.For(nir): // some are met twice: at their new place as well
                        found.Add((await Move(table, row, state, nir, transaction, stop), RowIndex.Of(state, tokens)));
                        unreadable += await SqlSealedFiles.Move(transaction, files, before.For(nir), after.For(nir), stop);
                        onMoved(before.For(nir), after.For(nir));
                        moved++;
                        break;
                    case { Nir: null, DueAt: null }:
                        await table.Change(transaction, row, null, stop);
                        erased++;
                        break;
                    case { Nir: null }:
                        left++;
                        break;
                }
            }
            await RowIndex.Replace(transaction, found, stop);
            last = page[^1].Key;
            progress?.Invoke(moved);
        }
        return new(moved, left, erased, unreadable);
    }

    private AdherentState? Open(SealedTable.Row row)
    {
        try
        {
            return rows.Deserialize<AdherentState>(new(row.Content));
        }
        catch (Exception broken) when (SealedTable.IsUnreadable(broken))
        {
            return null;
        }
    }

    private async Task<AdherentRowKey> Move(SealedTable table, SealedTable.Row row, AdherentState state, Nir nir, DbTransaction transaction, CancellationToken stop)
    {
        if (state.Owner != before.For(nir))
            throw new SetupException($"{Hosting.KeyRing.PseudonymSetting} is not the key under which this database was begun. Nothing was changed.");
        var moved = state with { Owner = after.For(nir) };
        var key = AdherentRowKey.Of(moved.Owner.Value);
        await table.Change(
            transaction, row, $"GrainIdHash = @Hash, GrainIdN0 = @N0, GrainIdN1 = @N1, {table.Column} = @Sealed", stop,
            ("Hash", key.Hash), ("N0", key.N0), ("N1", key.N1), ("Sealed", rows.Serialize(moved).ToArray()));
        return key;
    }

    private static async Task Execute(DbTransaction transaction, string sql, CancellationToken stop, params (string Name, object Value)[] parameters)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.CommandTimeout = 0;
        foreach (var (name, value) in parameters)
            command.Add(name, value);
        await command.ExecuteNonQueryAsync(stop);
    }
}

/// <summary>What became of the adherents.</summary>
/// <param name="Moved">To their new pseudonyms.</param>
/// <param name="Left">Under the old ones, until the sweep erases them.</param>
/// <param name="Erased">Locks of people without an account, which nobody would find any more.</param>
/// <param name="Unreadable">Rows and files that cannot be opened, left where they were.</param>
internal sealed record PseudonymChangeReport(long Moved, long Left, long Erased, long Unreadable)
{
    /// <summary>What the record of the hotline was found to be, and its end now.</summary>
    public (AuditVerdict Found, AuditHead Head) Audit { get; init; } = (new(AuditHead.Nothing), AuditHead.Nothing);
}
