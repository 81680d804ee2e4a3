using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using MsaOrleans.Grains;
using MsaOrleans.Silo.Adherents;
using MsaOrleans.Silo.Agents;
using MsaOrleans.Silo.Audit;
using MsaOrleans.Silo.Documents;
using MsaOrleans.Silo.FranceConnect;
using MsaOrleans.Silo.Registry;
using Orleans.Storage;

namespace MsaOrleans.Silo.Storage;

/// <summary>A table, or a part of one, with a column of ciphertext, gone through by pages in the order of its key, in the SQL that SQLite and PostgreSQL share.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Column">The ciphertext.</param>
/// <param name="Key">The columns that tell its rows apart.</param>
/// <param name="BeforeAll">A key before all others.</param>
/// <param name="State">Of the table of the grains: whose rows.</param>
/// <param name="Open">Opens a row, under keys whose age it then tells, for sealing it again.</param>
internal sealed record SealedTable(string Name, string Column, string[] Key, object[] BeforeAll, string? State, Func<KeyAge, PseudonymSecret, Func<SealedTable.Row, Func<byte[]>>> Open)
{
    public static readonly SealedTable Adherents = Grains<AdherentState>(AdherentGrain.StateName, keys => new AdherentRowSerializer(keys));

    public static readonly SealedTable Agents = Grains<AgentState>(AgentGrain.StateName, keys => new AgentRowSerializer(keys));

    public static readonly SealedTable Persons = new(
        "InsuredPersons", "Content", ["Adherent"], [Array.Empty<byte>()], null,
        (keys, secret) =>
        {
            var registry = new RegistryProtection(keys, secret);
            return row => registry.OpenToSeal(new(((byte[])row.Key[0]).ToGuid(), null, Guid.Empty, row.Content));
        });

    public static readonly SealedTable Payments = new(
        "Payments", "Content", ["Adherent", "Payment"], [Array.Empty<byte>(), Array.Empty<byte>()], null,
        (keys, secret) =>
        {
            var registry = new RegistryProtection(keys, secret);
            return row => registry.OpenToSeal(new(((byte[])row.Key[0]).ToGuid(), ((byte[])row.Key[1]).ToGuid(), Guid.Empty, row.Content));
        });

    public static readonly SealedTable Audit = new(
        "AuditTrail", "Content", ["Sequence"], [long.MinValue], null,
        (keys, secret) =>
        {
            var chain = new AuditChain(keys, secret);
            return row =>
            {
                var sequence = (long)row.Key[0];
                var content = chain.Open(sequence, row.Content);
                return () => chain.Seal(sequence, content);
            };
        });

    public static readonly SealedTable SigningKeys = new(
        "FranceConnectKeys", "Content", ["Number"], [long.MinValue], null,
        (keys, _) =>
        {
            var seal = new SigningKeyTable.Seal(keys);
            return row =>
            {
                var number = (long)row.Key[0];
                var content = seal.Open(number, row.Content);
                return () => seal.Close(number, content);
            };
        });

    public static readonly SealedTable Files = new(
        "SealedFiles", "Content", ["GrainIdN0", "GrainIdN1", "FileId"], [long.MinValue, long.MinValue, Array.Empty<byte>()], null,
        (keys, _) =>
        {
            var cipher = SqlSealedFiles.CipherOf(keys);
            return row =>
            {
                var (owner, file) = (new AdherentRowKey((long)row.Key[0], (long)row.Key[1]).Adherent, ((byte[])row.Key[2]).ToGuid());
                var content = cipher.Open(owner, file, row.Content);
                return () => cipher.Seal(owner, file, content);
            };
        })
    {
        MostAtOnce = 5,
    };

    public static readonly IReadOnlyList<SealedTable> All = [Adherents, Agents, Persons, Payments, Audit, SigningKeys, Files];

    /// <summary>Whether an error means that a row cannot be opened: sealed under a key that is gone, altered, or of a form that is not known.</summary>
    public static bool IsUnreadable(Exception error) => error is CryptographicException or InvalidDataException or JsonException;

    /// <summary>Rows that may be in memory at once, where one may have megabytes.</summary>
    public int MostAtOnce { get; private init; } = int.MaxValue;

    private string Keys => string.Join(", ", Key);

    private string KeyParameters => string.Join(", ", Key.Select((_, i) => $"@K{i}"));

    /// <summary>So many rows after a key, locked until the transaction ends if <see cref="Database.RowLock"/> is given.</summary>
    public async Task<List<Row>> Page(DbConnection connection, DbTransaction? transaction, object[] after, int length, CancellationToken stop, string rowLock = "")
    {
        await using var query = connection.CreateCommand();
        query.Transaction = transaction;
        var ofState = State is null ? "" : "AND GrainTypeString = @State";
        query.CommandText = $"SELECT {Keys}, {Column} FROM {Name} WHERE ({Keys}) > ({KeyParameters}) {ofState} ORDER BY {Keys} LIMIT {length}{rowLock}";
        AddKey(query, after);
        if (State is not null)
            query.Add("State", State);
        await using var reader = await query.ExecuteReaderAsync(stop);
        var rows = new List<Row>();
        while (await reader.ReadAsync(stop))
            rows.Add(new([.. Enumerable.Range(0, Key.Length).Select(reader.GetValue)], (byte[])reader.GetValue(Key.Length)));
        return rows;
    }

    /// <summary>Changes a row unless somebody else has changed it since it was read.</summary>
    /// <param name="writes">In a transaction.</param>
    /// <param name="row">As it was read.</param>
    /// <param name="change">What to set, as <c>Content = @New</c>, or nothing to delete it.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <param name="parameters">Of the change.</param>
    public async Task<bool> Change(DbTransaction writes, Row row, string? change, CancellationToken stop, params (string Name, object Value)[] parameters)
    {
        await using var command = writes.Connection!.CreateCommand();
        command.Transaction = writes;
        // A ciphertext is never the same twice: it tells better than a version whether the row is still the one that was read.
        var which = $"WHERE {string.Join(" AND ", Key.Select((column, i) => $"{column} = @K{i}"))} AND {Column} = @Read";
        command.CommandText = change is null ? $"DELETE FROM {Name} {which}" : $"UPDATE {Name} SET {change} {which}";
        AddKey(command, row.Key);
        command.Add("Read", row.Content);
        foreach (var (name, value) in parameters)
            command.Add(name, value);
        return await command.ExecuteNonQueryAsync(stop) > 0;
    }

    private static SealedTable Grains<TState>(string state, Func<IDataProtectionProvider, IGrainStorageSerializer> serializer) => new(
        "OrleansStorage", "PayloadBinary", ["GrainIdHash", "GrainTypeHash", "GrainIdN0", "GrainIdN1"], [int.MinValue, int.MinValue, long.MinValue, long.MinValue], state,
        (keys, _) =>
        {
            var rows = serializer(keys);
            return row =>
            {
                var content = rows.Deserialize<TState>(new(row.Content));
                return () => rows.Serialize(content).ToArray();
            };
        });

    private static void AddKey(DbCommand command, object[] key)
    {
        for (var i = 0; i < key.Length; i++)
            command.Add($"K{i}", key[i]);
    }

    /// <summary>A row as it is stored.</summary>
    internal sealed record Row(object[] Key, byte[] Content);
}
