using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MsaOrleans.Grains.Interfaces.Agents;

/// <summary>
/// What an agent's telephone and his account share: 160 random bits, from which both make a code of six digits for every 30 seconds (RFC 6238, with SHA-1, the
/// only variant that every authenticator application reads).
/// </summary>
[GenerateSerializer, Immutable, Alias("msa.totp-secret")]
public sealed record TotpSecret
{
    /// <summary>Digits of a code.</summary>
    public const int Digits = 6;

    /// <summary>How long a code is shown.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    private const int Length = 20;
    private const int Modulus = 1_000_000;

    // RFC 4648; five bits a character, and 20 bytes fill 32 of them exactly.
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    // Steps to either side of the present one: telephones are late, and people slow (RFC 6238, 5.2).
    private const int Window = 1;

    private TotpSecret(string base32) => Base32 = base32;

    /// <summary>As people type it: 32 capitals and digits.</summary>
    [Id(0)]
    public string Base32 { get; }

    public static TotpSecret New() => Of(RandomNumberGenerator.GetBytes(Length));

    /// <exception cref="FormatException">It is none.</exception>
    public static TotpSecret Parse(string base32) => base32.Length == Length * 8 / 5 && base32.All(Alphabet.Contains)
        ? new(base32)
        : throw new FormatException("This is not a TOTP secret.");

    /// <summary>The number of the step that a moment is in, since 1970.</summary>
    public static long StepAt(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / (long)Step.TotalSeconds;

    /// <summary>The code of a moment.</summary>
    public string CodeAt(DateTimeOffset moment) => CodeOf(StepAt(moment));

    /// <summary>The code of a step.</summary>
    public string CodeOf(long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // What RFC 6238 asks for; collisions of SHA-1 do not weaken it as a MAC.
        HMACSHA1.HashData(Bytes(), counter, mac);
#pragma warning restore CA5350
        var truncated = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[^1] & 0xF)..]) & int.MaxValue;
        return (truncated % Modulus).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// The step whose code was typed: the present one or one beside it, but none up to the last one that was accepted. The last of them when chance gave several the
    /// same code, so that it is not taken again in the next.
    /// </summary>
    /// <returns>Nothing when the code is wrong or was used before.</returns>
    public long? StepOf(string typed, DateTimeOffset now, long lastAccepted)
    {
        var code = Encoding.UTF8.GetBytes(string.Concat(typed.Where(c => !char.IsWhiteSpace(c))));
        long? found = null;
        for (var step = StepAt(now) - Window; step <= StepAt(now) + Window; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(CodeOf(step)), code) && step > lastAccepted)
                found = step;
        }
        return found;
    }

    /// <summary>What a QR code says to an authenticator application.</summary>
    /// <param name="issuer">The site, as the application names it.</param>
    /// <param name="login">Whose it is.</param>
    public string Uri(string issuer, AgentLogin login) =>
        $"otpauth://totp/{System.Uri.EscapeDataString($"{issuer}:{login}")}?secret={Base32}&issuer={System.Uri.EscapeDataString(issuer)}";

    public override string ToString() => "TOTP secret";

    /// <summary>A secret with these bytes.</summary>
    internal static TotpSecret Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var each in bytes)
        {
            (bits, held) = (((bits << 8) | each) & 0xFFF, held + 8);
            for (; held >= 5; held -= 5)
                text.Append(Alphabet[(bits >> (held - 5)) & 0x1F]);
        }
        return new(text.ToString());
    }

    private byte[] Bytes()
    {
        var bytes = new byte[Length];
        var (bits, held, written) = (0, 0, 0);
        foreach (var character in Base32)
        {
            (bits, held) = (((bits << 5) | Alphabet.IndexOf(character, StringComparison.Ordinal)) & 0xFFF, held + 5);
            if (held < 8)
                continue;
            held -= 8;
            bytes[written++] = (byte)(bits >> held);
        }
        return bytes;
    }
}
