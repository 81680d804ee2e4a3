using System.Security.Cryptography;
using System.Text;

namespace MsaOrleans.Grains.Interfaces.Adherents;

/// <summary>
/// Makes the pseudonym under which an adherent is known everywhere inside (grain key, table rows, jobs, logs): the first 128 bits of
/// HMAC-SHA-256 of his 13-character NIR under a secret key. Without the key nobody can go from a NIR to its pseudonym or back.
/// </summary>
/// <param name="secret">The secret key, 32 bytes (<c>Adherents:PseudonymKey</c>).</param>
public sealed class AdherentKeys(byte[] secret)
{
    /// <summary>Length in bytes of the secret key.</summary>
    public const int SecretLength = 32;

    private readonly byte[] secret = secret.Length == SecretLength
        ? secret
        : throw new ArgumentException($"The pseudonym key must be {SecretLength} bytes long, in base64.", nameof(secret));

    public Guid For(Nir nir)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> text = stackalloc byte[13];
        Encoding.ASCII.GetBytes(nir.Value, text);
        HMACSHA256.HashData(secret, text, mac);
        return new Guid(mac[..16], bigEndian: true);
    }
}
