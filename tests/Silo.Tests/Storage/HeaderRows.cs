using System.Buffers.Binary;
using MsaOrleans.Grains;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Tests.Storage;

/// <summary>A row as searches by its header see it: the header, then bytes that begin as every ciphertext of Data Protection does.</summary>
internal sealed record HeaderRow(Guid Adherent, DateTimeOffset? Due, bool Owes = false, byte Form = 2)
{
    private const int Length = 200;

    public byte[] Payload
    {
        get
        {
            var due = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(due, Due?.ToUnixTimeSeconds() ?? long.MaxValue);
            byte[] header = Form == 1 ? [Form, .. due] : [Form, .. due, Owes ? (byte)1 : (byte)0];
            return [.. header, 0x09, 0xF0, 0xC9, 0xF0, .. new byte[Length]];
        }
    }
}

internal static class HeaderRows
{
    /// <summary>Stores adherents, by their headers alone.</summary>
    public static void Store(this StorageUnderTest installation, params IReadOnlyList<HeaderRow> rows) => installation.StoreOf(AdherentGrain.StateName, rows);

    /// <summary>Stores rows of another kind.</summary>
    public static void StoreOf(this StorageUnderTest installation, string state, params IReadOnlyList<HeaderRow> rows)
    {
        using var connection = installation.Database.Writes.OpenConnection();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            """
            INSERT INTO OrleansStorage (GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString, ServiceId, PayloadBinary, ModifiedOn, Version)
            VALUES (0, @N0, @N1, 0, @State, 'msa', @Payload, CURRENT_TIMESTAMP, 1)
            """;
        command.Add("N0", 0L).Add("N1", 0L).Add("State", state).Add("Payload", Array.Empty<byte>());
        command.Prepare();
        foreach (var row in rows)
        {
            command.Parameters["N0"].Value = BitConverter.ToInt64(row.Adherent.ToByteArray(), 0);
            command.Parameters["N1"].Value = BitConverter.ToInt64(row.Adherent.ToByteArray(), 8);
            command.Parameters["Payload"].Value = row.Payload;
            command.ExecuteNonQuery();
        }
        transaction.Commit();
    }
}
