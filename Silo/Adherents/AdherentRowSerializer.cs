using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using MsaOrleans.Grains;
using MsaOrleans.Grains.Storage;
using Orleans.Storage;

namespace MsaOrleans.Silo.Adherents;

/// <summary>
/// The stored form of an adherent's row: a byte that names this form, eight bytes that tell when something is due for him (seconds since 1970,
/// big-endian, so that an index on them is in order), a byte that tells whether a letter is owed to him, then his state as encrypted JSON. The
/// ciphertext begins with the id of its key, so that yesterday's rows are read with yesterday's key. Rows of form 1, which had no such last byte, are
/// read too.
/// </summary>
public sealed class AdherentRowSerializer(IDataProtectionProvider keys) : IGrainStorageSerializer
{
    private const byte Form = 2;
    private const int DueAt = 1;
    private const int Owes = DueAt + sizeof(long);

    /// <summary>Due time of a row for which nothing is due.</summary>
    public const long Never = long.MaxValue;

    private readonly IDataProtector protector = keys.CreateProtector("MsaOrleans.Adherent.v1");

    public BinaryData Serialize<T>(T? input)
    {
        if (input is not AdherentState state)
            throw new NotSupportedException($"Rows hold adherents, not {typeof(T).Name}.");
        var content = protector.Protect(JsonSerializer.SerializeToUtf8Bytes(state, AdherentStateJson.Default.AdherentState));
        var row = new byte[HeaderLength(Form) + content.Length];
        row[0] = Form;
        BinaryPrimitives.WriteInt64BigEndian(row.AsSpan(DueAt), state.DueAt?.ToUnixTimeSeconds() ?? Never);
        row[Owes] = state.OwesLetter ? (byte)1 : (byte)0;
        content.CopyTo(row.AsSpan(HeaderLength(Form)));
        return new(row);
    }

    public T Deserialize<T>(BinaryData input)
    {
        var row = input.ToMemory().Span;
        if (row.IsEmpty || row.Length <= HeaderLength(row[0]))
            throw new InvalidDataException("This row is cut off.");
        var content = protector.Unprotect(row[HeaderLength(row[0])..].ToArray());
        var state = JsonSerializer.Deserialize(content, AdherentStateJson.Default.AdherentState) ?? throw new InvalidDataException("This row is empty.");
        return (T)(object)state;
    }

    private static int HeaderLength(byte form) => form switch
    {
        1 => Owes,
        Form => Owes + 1,
        _ => throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"This row has form {form}; this program reads forms 1 and {Form}.")),
    };
}
