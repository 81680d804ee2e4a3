namespace MsaOrleans.Silo.Registry;

/// <summary>Pseudonyms and fingerprints as the tables hold them: 16 bytes, most significant first.</summary>
internal static class GuidBytes
{
    public static byte[] ToBytes(this Guid key) => key.ToByteArray(bigEndian: true);

    public static Guid ToGuid(this byte[] bytes) => new(bytes, bigEndian: true);
}
