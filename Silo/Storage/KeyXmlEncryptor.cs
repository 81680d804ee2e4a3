using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace MsaOrleans.Silo.Storage;

/// <summary>
/// Encrypts the keys that lie in the database beside what they protect: a stolen database must not hold its own keys. AES-256-GCM under a key derived
/// from the pseudonym secret, with a nonce of its own each time.
/// </summary>
public sealed class KeyXmlEncryptor(PseudonymSecret secret) : IXmlEncryptor
{
    /// <summary>The name of what takes the place of a key: stored, a contract.</summary>
    internal const string Element = "sealed";

    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly byte[] key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret.Value, KeyLength, info: "msa.data-protection-keys"u8.ToArray());

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var clear = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var sealedContent = new byte[NonceLength + TagLength + clear.Length];
        var (nonce, tag, content) = Parts(sealedContent);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce.Span, clear, content.Span, tag.Span);
        return new(new XElement(Element, Convert.ToBase64String(sealedContent)), typeof(KeyXmlDecryptor));
    }

    /// <exception cref="CryptographicException">It was encrypted under another secret, or altered.</exception>
    internal XElement Decrypt(XElement encryptedElement)
    {
        var sealedContent = Convert.FromBase64String(encryptedElement.Value);
        var (nonce, tag, content) = Parts(sealedContent);
        var clear = new byte[content.Length];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(nonce.Span, content.Span, tag.Span, clear);
        return XElement.Parse(Encoding.UTF8.GetString(clear));
    }

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Content) Parts(byte[] sealedContent) =>
        (sealedContent.AsMemory(0, NonceLength), sealedContent.AsMemory(NonceLength, TagLength), sealedContent.AsMemory(NonceLength + TagLength));
}

/// <summary>Opens what <see cref="KeyXmlEncryptor"/> has sealed.</summary>
/// <remarks>Stored keys name this type and its assembly: both are a contract.</remarks>
public sealed class KeyXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => new KeyXmlEncryptor(services.GetRequiredService<PseudonymSecret>()).Decrypt(encryptedElement);
}
