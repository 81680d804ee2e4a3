using System.Data.Common;
using Microsoft.AspNetCore.DataProtection;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Documents;

/// <summary>The table <c>SealedFiles</c>, in the SQL that SQLite and PostgreSQL share. Who has the database alone learns how many files a pseudonym has, and how long they are.</summary>
internal sealed class SqlSealedFiles(Database database, IDataProtectionProvider keys) : ISealedFiles
{
    private const string Insert = "INSERT INTO SealedFiles (GrainIdN0, GrainIdN1, FileId, Content) VALUES (@N0, @N1, @File, @Content)";
    private const string Find = "SELECT Content FROM SealedFiles WHERE GrainIdN0 = @N0 AND GrainIdN1 = @N1 AND FileId = @File";
    private const string List = "SELECT FileId FROM SealedFiles WHERE GrainIdN0 = @N0 AND GrainIdN1 = @N1";
    private const string Delete = "DELETE FROM SealedFiles WHERE GrainIdN0 = @N0 AND GrainIdN1 = @N1 AND FileId = @File";
    private const string Readdress = "UPDATE SealedFiles SET GrainIdN0 = @To0, GrainIdN1 = @To1, Content = @Content WHERE GrainIdN0 = @N0 AND GrainIdN1 = @N1 AND FileId = @File";

    private readonly RowCipher cipher = CipherOf(keys);

    internal static RowCipher CipherOf(IDataProtectionProvider keys) => new(keys, "file");

    // Off the caller's scheduler: SQLite's driver blocks, and so does sealing.
    public Task Write(Guid owner, Guid file, byte[] content) => Task.Run(async () =>
    {
        await using var connection = await database.Writes.OpenConnectionAsync();
        await using var command = Command(connection, null, Insert, owner);
        command.Add("File", file.ToBytes()).Add("Content", cipher.Seal(owner, file, content));
        await command.ExecuteNonQueryAsync();
    });

    public Task<byte[]?> Read(Guid owner, Guid file) => Task.Run(async () =>
    {
        await using var connection = await database.Reads.OpenConnectionAsync();
        return await Stored(connection, null, owner, file) is { } content ? cipher.Open(owner, file, content) : null;
    });

    public Task EraseAllBut(Guid owner, IReadOnlyCollection<Guid> kept) => Task.Run(async () =>
    {
        await using var connection = await database.Writes.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var file in (await FilesOf(connection, transaction, owner)).Except(kept))
        {
            await using var command = Command(connection, transaction, Delete, owner);
            command.Add("File", file.ToBytes());
            await command.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
    });

    /// <summary>An owner gets another pseudonym: his files are sealed for it.</summary>
    /// <returns>How many cannot be opened, and stay where they were.</returns>
    internal static async Task<int> Move(DbTransaction transaction, RowCipher cipher, Guid from, Guid to, CancellationToken stop)
    {
        var unreadable = 0;
        var place = AdherentRowKey.Of(to);
        foreach (var file in await FilesOf(transaction.Connection!, transaction, from))
        {
            try
            {
                var content = cipher.Open(from, file, (await Stored(transaction.Connection!, transaction, from, file))!);
                await using var command = Command(transaction.Connection!, transaction, Readdress, from);
                command.Add("File", file.ToBytes()).Add("To0", place.N0).Add("To1", place.N1).Add("Content", cipher.Seal(to, file, content));
                await command.ExecuteNonQueryAsync(stop);
            }
            catch (Exception broken) when (SealedTable.IsUnreadable(broken))
            {
                unreadable++;
            }
        }
        return unreadable;
    }

    private static async Task<List<Guid>> FilesOf(DbConnection connection, DbTransaction? transaction, Guid owner)
    {
        await using var query = Command(connection, transaction, List, owner);
        await using var reader = await query.ExecuteReaderAsync();
        var found = new List<Guid>();
        while (await reader.ReadAsync())
            found.Add(((byte[])reader.GetValue(0)).ToGuid());
        return found;
    }

    private static async Task<byte[]?> Stored(DbConnection connection, DbTransaction? transaction, Guid owner, Guid file)
    {
        await using var query = Command(connection, transaction, Find, owner);
        query.Add("File", file.ToBytes());
        return (byte[]?)await query.ExecuteScalarAsync();
    }

    private static DbCommand Command(DbConnection connection, DbTransaction? transaction, string sql, Guid owner)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        var key = AdherentRowKey.Of(owner);
        return command.Add("N0", key.N0).Add("N1", key.N1);
    }
}
