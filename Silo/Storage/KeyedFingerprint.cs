using System.Security.Cryptography;
using System.Text;

namespace MsaOrleans.Silo.Storage;

/// <summary>
/// Recognises content without keeping it: HMAC-SHA-256, cut to 16 bytes, under a key derived from the pseudonym secret for one purpose.
/// Fingerprints of one purpose tell nothing about those of another, nor about the content to anyone without the secret.
/// </summary>
public sealed class KeyedFingerprint(PseudonymSecret secret, string purpose)
{
    private readonly byte[] key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret.Value, HMACSHA256.HashSizeInBytes, info: Encoding.UTF8.GetBytes($"msa.fingerprint.{purpose}"));

    public Guid Of(ReadOnlySpan<byte> content)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, content, mac);
        return new Guid(mac[..16], bigEndian: true);
    }
}
