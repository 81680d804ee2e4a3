using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Tests.Storage;

public sealed class RowCipherTests
{
    private static readonly Guid row = Guid.NewGuid();
    private static readonly Guid part = Guid.NewGuid();

    private readonly EphemeralDataProtectionProvider keys = new();

    [Theory]
    [InlineData("")]
    [InlineData("MARIE-ÈVE")]
    public void What_is_sealed_opens_in_its_row(string content)
    {
        var cipher = new RowCipher(keys, "test");
        Assert.Equal(content, System.Text.Encoding.UTF8.GetString(cipher.Open(row, cipher.Seal(row, System.Text.Encoding.UTF8.GetBytes(content)))));
    }

    [Fact]
    public void A_moved_row_does_not_open()
    {
        var cipher = new RowCipher(keys, "test");
        Assert.Throws<CryptographicException>(() => cipher.Open(Guid.NewGuid(), cipher.Seal(row, "content"u8)));
    }

    [Fact]
    public void A_row_of_two_keys_opens_under_both_only()
    {
        var cipher = new RowCipher(keys, "test");
        var sealedContent = cipher.Seal(row, part, "content"u8);
        Assert.Equal("content"u8, cipher.Open(row, part, sealedContent));
        Assert.Throws<CryptographicException>(() => cipher.Open(Guid.NewGuid(), part, sealedContent));
        Assert.Throws<CryptographicException>(() => cipher.Open(row, Guid.NewGuid(), sealedContent));
    }

    [Fact]
    public void What_is_sealed_for_one_purpose_does_not_open_for_another()
    {
        var sealedContent = new RowCipher(keys, "test").Seal(row, "content"u8);
        Assert.Throws<CryptographicException>(() => new RowCipher(keys, "other").Open(row, sealedContent));
    }

    [Fact]
    public void A_single_altered_bit_is_noticed_wherever_it_is()
    {
        var cipher = new RowCipher(keys, "test");
        var sealedContent = cipher.Seal(row, "content"u8);
        for (var i = 0; i < sealedContent.Length; i++)
        {
            var altered = sealedContent.ToArray();
            altered[i] ^= 1;
            Assert.Throws<CryptographicException>(() => cipher.Open(row, altered));
        }
    }

    [Fact]
    public void An_empty_row_is_no_sealed_row() =>
        Assert.Throws<CryptographicException>(() => new RowCipher(keys, "test").Open(row, []));

    [Fact]
    public void Fingerprints_depend_on_secret_purpose_and_content_and_on_nothing_else()
    {
        var secret = new PseudonymSecret(new byte[32]);
        var other = new PseudonymSecret([.. Enumerable.Repeat((byte)1, 32)]);
        Guid[] all =
        [
            new KeyedFingerprint(secret, "a").Of("content"u8),
            new KeyedFingerprint(secret, "b").Of("content"u8),
            new KeyedFingerprint(other, "a").Of("content"u8),
            new KeyedFingerprint(secret, "a").Of("contents"u8),
        ];
        Assert.Equal(4, all.Distinct().Count());
        // Rows written yesterday must be recognised tomorrow.
        Assert.Equal("dfb8d142-4527-7622-677f-2ec6f645abae", all[0].ToString());
    }
}
