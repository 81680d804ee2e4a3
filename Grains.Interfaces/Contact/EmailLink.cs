using System.Buffers.Text;

namespace MsaOrleans.Grains.Interfaces.Contact;

/// <summary>
/// What stands at the end of the link sent to a new e-mail address: whose it is (his pseudonym) and the secret, opaque, in base64url.
/// </summary>
public static class EmailLink
{
    private const int KeyLength = 16;

    public static string Compose(Guid adherent, string secret) =>
        Base64Url.EncodeToString([.. adherent.ToByteArray(bigEndian: true), .. Base64Url.DecodeFromChars(secret)]);

    /// <summary>Reads a link's end; false when it was cut or altered beyond reading.</summary>
    public static bool TryParse(string? token, out Guid adherent, out string secret)
    {
        (adherent, secret) = (Guid.Empty, "");
        var bytes = new byte[64];
        if (token is null || token.Length > bytes.Length || !Base64Url.IsValid(token, out _) || !Base64Url.TryDecodeFromChars(token, bytes, out var length) || length <= KeyLength)
            return false;
        adherent = new Guid(bytes.AsSpan(0, KeyLength), bigEndian: true);
        secret = Base64Url.EncodeToString(bytes.AsSpan(KeyLength, length - KeyLength));
        return true;
    }
}
