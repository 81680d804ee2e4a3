using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using MsaOrleans.Grains;
using MsaOrleans.Grains.Storage;
using Orleans.Storage;

namespace MsaOrleans.Silo.Adherents;

/// <summary>
/// The stored form of an adherent's row: a byte that names this form, eight bytes that tell when something is due for him (seconds since 1970,
/// big-endian, so that an index on them is in order), then his state as encrypted JSON. The ciphertext begins with the id of its key, so that
/// yesterday's rows are read with yesterday's key.
/// </summary>
public sealed class AdherentRowSerializer(IDataProtectionProvider keys) : IGrainStorageSerializer
{
    private const byte Version = 1;
    private const int HeaderLength = 1 + sizeof(long);

    /// <summary>Due time of a row for which nothing is due.</summary>
    public const long Never = long.MaxValue;

    private readonly IDataProtector protector = keys.CreateProtector("MsaOrleans.Adherent.v1");

    public BinaryData Serialize<T>(T? input)
    {
        if (input is not AdherentState state)
            throw new NotSupportedException($"Rows hold adherents, not {typeof(T).Name}.");
        var content = protector.Protect(JsonSerializer.SerializeToUtf8Bytes(state, AdherentStateJson.Default.AdherentState));
        var row = new byte[HeaderLength + content.Length];
        row[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(row.AsSpan(1), state.DueAt?.ToUnixTimeSeconds() ?? Never);
        content.CopyTo(row.AsSpan(HeaderLength));
        return new(row);
    }

    public T Deserialize<T>(BinaryData input)
    {
        var row = input.ToMemory().Span;
        if (row.Length <= HeaderLength || row[0] != Version)
            throw new InvalidDataException($"This row has form {(row.IsEmpty ? "none" : row[0].ToString(System.Globalization.CultureInfo.InvariantCulture))}; this program reads form {Version}.");
        var content = protector.Unprotect(row[HeaderLength..].ToArray());
        var state = JsonSerializer.Deserialize(content, AdherentStateJson.Default.AdherentState) ?? throw new InvalidDataException("This row is empty.");
        return (T)(object)state;
    }
}
