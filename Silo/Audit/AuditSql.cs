using System.Data.Common;
using System.Runtime.CompilerServices;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Audit;

/// <summary>The statements of the record, in the SQL that SQLite and PostgreSQL share.</summary>
internal static class AuditSql
{
    private const int PageLength = 1_000;

    private const string Columns = "Sequence, At, Agent, Act, Adherent, Content, Hash";

    /// <summary>The end of the record.</summary>
    public static async Task<AuditHead> Head(DbConnection connection, DbTransaction? transaction = null, CancellationToken stop = default) =>
        await Rows(connection, transaction, "ORDER BY Sequence DESC LIMIT 1", stop) is [var last] ? last.Head : AuditHead.Nothing;

    /// <summary>Adds a row.</summary>
    /// <returns>Not when another has taken its number, for whose transaction this waits.</returns>
    public static async Task<bool> Insert(AuditRow row, DbConnection connection, DbTransaction? transaction = null, CancellationToken stop = default)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"INSERT INTO AuditTrail ({Columns}) VALUES (@Sequence, @At, @Agent, @Act, @Adherent, @Content, @Hash) ON CONFLICT (Sequence) DO NOTHING";
        command
            .Add("Sequence", row.Sequence).Add("At", row.At).Add("Agent", row.Agent).Add("Act", row.Act)
            .Add("Adherent", row.Adherent?.ToBytes() ?? (object)DBNull.Value).Add("Content", row.Content).Add("Hash", row.Hash.ToBytes());
        return await command.ExecuteNonQueryAsync(stop) > 0;
    }

    /// <summary>Erases the beginning of the record. The database refuses it of what is younger than five years.</summary>
    /// <returns>How many rows that were.</returns>
    public static async Task<int> EraseUpTo(long sequence, DbConnection connection, DbTransaction transaction, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "DELETE FROM AuditTrail WHERE Sequence <= @Sequence";
        command.Add("Sequence", sequence);
        return await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Some rows.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="transaction">Under way on it, if one is.</param>
    /// <param name="which">What comes after <c>FROM AuditTrail</c>.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <param name="parameters">Of that.</param>
    public static async Task<List<AuditRow>> Rows(DbConnection connection, DbTransaction? transaction, string which, CancellationToken stop, params IEnumerable<(string Name, object Value)> parameters)
    {
        await using var query = connection.CreateCommand();
        query.Transaction = transaction;
        query.CommandText = $"SELECT {Columns} FROM AuditTrail {which}";
        foreach (var (name, value) in parameters)
            query.Add(name, value);
        await using var reader = await query.ExecuteReaderAsync(stop);
        var rows = new List<AuditRow>();
        while (await reader.ReadAsync(stop))
        {
            rows.Add(new(
                reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3),
                reader.IsDBNull(4) ? null : Key(reader.GetValue(4)), (byte[])reader.GetValue(5), Key(reader.GetValue(6))));
        }
        return rows;
    }

    /// <summary>The whole record from its beginning, by pages, so that no read stays open.</summary>
    public static async IAsyncEnumerable<AuditRow> All(Database database, [EnumeratorCancellation] CancellationToken stop = default)
    {
        await using var connection = await database.Reads.OpenConnectionAsync(stop);
        await foreach (var row in All(connection, null, stop))
            yield return row;
    }

    /// <inheritdoc cref="All(Database, CancellationToken)"/>
    public static async IAsyncEnumerable<AuditRow> All(DbConnection connection, DbTransaction? transaction, [EnumeratorCancellation] CancellationToken stop = default)
    {
        var last = long.MinValue; // what somebody put before the first entry is read too
        while (await Rows(connection, transaction, $"WHERE Sequence > @Last ORDER BY Sequence LIMIT {PageLength}", stop, ("Last", last)) is { Count: > 0 } page)
        {
            foreach (var row in page)
                yield return row;
            last = page[^1].Sequence;
        }
    }

    // Of another length it was tampered with: verification must say so, and not fail at it.
    private static Guid Key(object value) => (byte[])value is { Length: 16 } bytes ? bytes.ToGuid() : Guid.Empty;
}
