using System.Data;
using System.Data.Common;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Search;

/// <summary>The table <c>SearchIndex</c>, in the SQL that SQLite and PostgreSQL share.</summary>
internal static class SearchIndex
{
    public const string Find = "SELECT GrainIdN0, GrainIdN1 FROM SearchIndex WHERE Token = @Token LIMIT @Most";

    private const int PersonsAtOnce = 100;

    private static readonly EntryTable table = new("SearchIndex", "Token");

    /// <summary>Puts these in the place of what is there of these adherents, one round trip for many.</summary>
    public static Task Replace(DbTransaction transaction, IEnumerable<(AdherentRowKey Key, long[] Tokens)> rows, CancellationToken stop) =>
        table.Replace(transaction, rows.Select(row => (row.Key, row.Tokens.Select(token => (object[])[token]))), stop);

    /// <summary>Sets by what insured persons are found, where it is not so already.</summary>
    public static async Task SetNames(DbTransaction transaction, IEnumerable<(byte[] Adherent, NameTokens Names)> persons, CancellationToken stop)
    {
        foreach (var some in persons.Chunk(PersonsAtOnce))
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
