using Microsoft.AspNetCore.DataProtection;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.FranceConnect;

/// <summary>The keys of the identity provider, sealed, in the database that all servers share.</summary>
public sealed class SigningKeyTable(Database database, IDataProtectionProvider keys, TimeProvider clock)
{
    private readonly Seal seal = new(keys);

    /// <summary>All of them, oldest first.</summary>
    /// <param name="known">Those that have been opened already, and need not be again.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">One cannot be opened: its encryption key is gone.</exception>
    public List<SigningKey> Read(IReadOnlyCollection<SigningKey> known)
    {
        using var connection = database.Reads.OpenConnection();
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT Number, CreatedAt, Content FROM FranceConnectKeys ORDER BY Number";
        using var reader = query.ExecuteReader();
        var found = new List<SigningKey>();
        while (reader.Read())
        {
            var (number, createdAt) = (reader.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)));
            found.Add(known.FirstOrDefault(key => (key.Number, key.CreatedAt) == (number, createdAt)) ?? SigningKey.Of(number, createdAt, seal.Open(number, (byte[])reader.GetValue(2))));
        }
        return found;
    }

    /// <summary>Makes the key that comes after another.</summary>
    /// <param name="last">Number of the last one; 0: there is none.</param>
    /// <returns>Whether it was made here; not when somebody else was faster.</returns>
    public bool Add(long last)
    {
        using var connection = database.Writes.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO FranceConnectKeys (Number, CreatedAt, Content) VALUES (@Number, @CreatedAt, @Content) ON CONFLICT DO NOTHING";
        command.Add("Number", last + 1).Add("CreatedAt", clock.GetUtcNow().ToUnixTimeMilliseconds()).Add("Content", seal.Close(last + 1, SigningKey.NewContent()));
        return command.ExecuteNonQuery() > 0;
    }

    /// <summary>Deletes all that come before one.</summary>
    public int DeleteBefore(long number)
    {
        using var connection = database.Writes.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM FranceConnectKeys WHERE Number < @Number";
        command.Add("Number", number);
        return command.ExecuteNonQuery();
    }

    /// <summary>How a row is sealed.</summary>
    internal sealed class Seal(IDataProtectionProvider keys)
    {
        private readonly RowCipher rows = new(keys, "franceconnect-key");

        public byte[] Close(long number, byte[] content) => rows.Seal(KeyOf(number), content);

        public byte[] Open(long number, byte[] content) => rows.Open(KeyOf(number), content);

        private static Guid KeyOf(long number) => new([.. BitConverter.GetBytes(0L), .. BitConverter.GetBytes(number)]);
    }
}
