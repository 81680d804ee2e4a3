using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace MsaOrleans.Silo.FranceConnect;

/// <summary>A key of the identity provider: signs what it says (ES256), and opens what it has sealed for itself, codes and access tokens.</summary>
public sealed class SigningKey
{
    private const int TokenKeyLength = 32;

    private SigningKey(long number, DateTimeOffset createdAt, ECDsa key)
    {
        (Number, CreatedAt, Key) = (number, createdAt, key);
        // One secret to keep, to rotate and to forget instead of two.
        TokenKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, key.ExportECPrivateKey(), TokenKeyLength, info: "msa.franceconnect-tokens"u8.ToArray());
        // RFC 7638, so that the same key has the same name wherever it is made known.
        Id = Base64UrlEncoder.Encode(new ECDsaSecurityKey(key).ComputeJwkThumbprint());
    }

    /// <summary>From 1, in the order in which they were made.</summary>
    public long Number { get; }

    public DateTimeOffset CreatedAt { get; }

    /// <summary>Its name, <c>kid</c>.</summary>
    public string Id { get; }

    /// <summary>On the curve P-256, private part included.</summary>
    public ECDsa Key { get; }

    /// <summary>For AES-256.</summary>
    public byte[] TokenKey { get; }

    /// <summary>A new secret, as it is stored.</summary>
    internal static byte[] NewContent()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKey();
    }

    internal static SigningKey Of(long number, DateTimeOffset createdAt, byte[] content)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(content, out _);
        return new(number, createdAt, key);
    }
}
