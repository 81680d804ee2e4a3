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

    /// <summary>
    /// The pseudonym of a mailbox, for what is counted by address: the same for an address in other capitals, and with another tag (<c>name+tag@</c>), which
    /// most providers deliver to the same. No address is 13 characters without an @, so none has the pseudonym of a number.
    /// </summary>
    public Guid For(EmailAddress address)
    {
        var text = address.Value.ToLowerInvariant();
        var at = text.LastIndexOf('@');
        var tag = text.IndexOf('+', 1);
        var mailbox = tag > 0 && tag < at ? text.Remove(tag, at - tag) : text;
        return new Guid(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(mailbox)).AsSpan(0, 16), bigEndian: true);
    }
}
