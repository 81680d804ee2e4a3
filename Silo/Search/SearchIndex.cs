using System.Data;
using System.Data.Common;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Search;

/// <summary>The table <c>SearchIndex</c>, in the SQL that SQLite and PostgreSQL share.</summary>
internal static class SearchIndex
{
    public const string Find = "SELECT GrainIdN0, GrainIdN1 FROM SearchIndex WHERE Token = @Token LIMIT @Most";

    private const int RowsAtOnce = 100;

    /// <summary>Puts these in the place of what is there of these adherents, one round trip for many.</summary>
    public static async Task Replace(DbTransaction transaction, IEnumerable<(AdherentRowKey Key, long[] Tokens)> rows, CancellationToken stop)
    {
        foreach (var some in rows.Chunk(RowsAtOnce))
        {
            await using var command = transaction.Connection!.CreateCommand();
            command.Transaction = transaction;
            var (statements, inserted) = (new List<string>(), new List<string>());
            for (var i = 0; i < some.Length; i++)
            {
                command.Add($"A{i}", some[i].Key.N0).Add($"B{i}", some[i].Key.N1);
                statements.Add($"DELETE FROM SearchIndex WHERE GrainIdN0 = @A{i} AND GrainIdN1 = @B{i}");
                foreach (var token in some[i].Tokens)
                {
                    command.Add($"T{inserted.Count}", token);
                    inserted.Add($"(@T{inserted.Count}, @A{i}, @B{i})");
                }
            }
            if (inserted.Count > 0)
                statements.Add($"INSERT INTO SearchIndex (Token, GrainIdN0, GrainIdN1) VALUES {string.Join(", ", inserted)}");
            command.CommandText = string.Join(";\n", statements);
            await command.ExecuteNonQueryAsync(stop);
        }
    }

    /// <summary>Sets by what insured persons are found, where it is not so already.</summary>
    public static async Task SetNames(DbTransaction transaction, IEnumerable<(byte[] Adherent, NameTokens Names)> persons, CancellationToken stop)
    {
        foreach (var some in persons.Chunk(RowsAtOnce))
        {
            await using var command = transaction.Connection!.CreateCommand();
            command.Transaction = transaction;
            for (var i = 0; i < some.Length; i++)
                command.Add($"A{i}", some[i].Adherent).AddToken($"N{i}", some[i].Names.Name).AddToken($"U{i}", some[i].Names.UsedName);
            command.CommandText = string.Join(";\n", some.Select((_, i) =>
                $"UPDATE InsuredPersons SET NameToken = @N{i}, UsedNameToken = @U{i} WHERE Adherent = @A{i} AND (NameToken IS DISTINCT FROM @N{i} OR UsedNameToken IS DISTINCT FROM @U{i})"));
            await command.ExecuteNonQueryAsync(stop);
        }
    }

    /// <summary>Adds a token, or that there is none.</summary>
    private static DbCommand AddToken(this DbCommand command, string name, long? token)
    {
        command.Add(name, (object?)token ?? DBNull.Value);
        command.Parameters[name].DbType = DbType.Int64; // nothing tells no type
        return command;
    }
}
