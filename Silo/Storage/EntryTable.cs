using System.Data.Common;

namespace MsaOrleans.Silo.Storage;

/// <summary>A table of entries that stand beside the rows of adherents, under their keys, in the SQL that SQLite and PostgreSQL share.</summary>
/// <param name="name">Of the table.</param>
/// <param name="columns">What an entry holds besides the key.</param>
internal sealed class EntryTable(string name, params string[] columns)
{
    private const int RowsAtOnce = 100;

    private readonly string insert = $"INSERT INTO {name} (GrainIdN0, GrainIdN1, {string.Join(", ", columns)}) VALUES ";

    /// <summary>Puts these in the place of whatever is there of these adherents, one round trip for many.</summary>
    /// <param name="transaction">Which writes their rows too.</param>
    /// <param name="rows">Each adherent once, with his entries: values in the order of the columns.</param>
    /// <param name="stop">Leaves it to the transaction to undo what is done.</param>
    public async Task Replace(DbTransaction transaction, IEnumerable<(AdherentRowKey Key, IEnumerable<object[]> Entries)> rows, CancellationToken stop)
    {
        foreach (var some in rows.Chunk(RowsAtOnce))
        {
            await using var command = transaction.Connection!.CreateCommand();
            command.Transaction = transaction;
            var (statements, inserted) = (new List<string>(), new List<string>());
            foreach (var (i, (key, entries)) in some.Index())
            {
                command.Add($"A{i}", key.N0).Add($"B{i}", key.N1);
                statements.Add($"DELETE FROM {name} WHERE GrainIdN0 = @A{i} AND GrainIdN1 = @B{i}");
                foreach (var entry in entries)
                {
                    foreach (var (column, value) in entry.Index())
                        command.Add($"V{inserted.Count}_{column}", value);
                    inserted.Add($"(@A{i}, @B{i}, {string.Join(", ", entry.Select((_, column) => $"@V{inserted.Count}_{column}"))})");
                }
            }
            if (inserted.Count > 0)
                statements.Add(insert + string.Join(", ", inserted));
            command.CommandText = string.Join(";\n", statements);
            await command.ExecuteNonQueryAsync(stop);
        }
    }
}
