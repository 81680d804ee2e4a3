using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace MsaOrleans.Silo.Storage;

/// <summary>
/// Encrypts the content of rows. The row's key is sealed in with the content, so that a ciphertext moved to another row, or handed to
/// another adherent, does not open. The first byte tells the format: rows of yesterday stay readable.
/// </summary>
public sealed class RowCipher(IDataProtectionProvider keys, string purpose)
{
    private const byte Format = 1;
    private const int GuidLength = 16;

    private readonly IDataProtector protector = keys.CreateProtector("MsaOrleans.Rows", purpose, "v1");

    public byte[] Seal(Guid row, ReadOnlySpan<byte> content) => Seal([row], content);

    /// <summary>Seals a row that is known by two keys: its adherent's and its own.</summary>
    public byte[] Seal(Guid row, Guid part, ReadOnlySpan<byte> content) => Seal([row, part], content);

    /// <exception cref="CryptographicException">It was sealed for another row, under other keys, or altered since.</exception>
    public byte[] Open(Guid row, ReadOnlySpan<byte> sealedContent) => Open([row], sealedContent);

    /// <exception cref="CryptographicException">It was sealed for another row, under other keys, or altered since.</exception>
    public byte[] Open(Guid row, Guid part, ReadOnlySpan<byte> sealedContent) => Open([row, part], sealedContent);

    private byte[] Seal(ReadOnlySpan<Guid> row, ReadOnlySpan<byte> content)
    {
        var clear = new byte[row.Length * GuidLength + content.Length];
        WriteRow(row, clear);
        content.CopyTo(clear.AsSpan(row.Length * GuidLength));
        return [Format, .. protector.Protect(clear)];
    }

    private byte[] Open(ReadOnlySpan<Guid> row, ReadOnlySpan<byte> sealedContent)
    {
        if (sealedContent.IsEmpty || sealedContent[0] != Format)
            throw new CryptographicException("The row is sealed in a format that this program does not know.");
        var clear = protector.Unprotect(sealedContent[1..].ToArray());
        Span<byte> expected = stackalloc byte[row.Length * GuidLength];
        WriteRow(row, expected);
        return clear.AsSpan().StartsWith(expected)
            ? clear[expected.Length..]
            : throw new CryptographicException("The content was sealed for another row.");
    }

    private static void WriteRow(ReadOnlySpan<Guid> row, Span<byte> destination)
    {
        for (var i = 0; i < row.Length; i++)
            row[i].TryWriteBytes(destination[(i * GuidLength)..], bigEndian: true, out _);
    }
}
