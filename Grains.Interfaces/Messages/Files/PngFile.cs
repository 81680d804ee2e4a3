using System.Buffers.Binary;

namespace MsaOrleans.Grains.Interfaces.Messages.Files;

/// <summary>PNG (W3C, third edition): a signature and chunks, the first of which tells the size and the last of which ends it.</summary>
internal static class PngFile
{
    private const int AroundData = 12; // length, type, check
    private const int HeaderLength = 13;

    private static readonly uint header = Code("IHDR"u8);
    private static readonly uint data = Code("IDAT"u8);
    private static readonly uint end = Code("IEND"u8);

    /// <summary>Chunks without which it would look different. Others hold words, places, moments, thumbnails, or other pictures, and go.</summary>
    private static readonly HashSet<uint> shown =
    [
        header, data, end, Code("PLTE"u8), Code("tRNS"u8), Code("cHRM"u8), Code("gAMA"u8), Code("iCCP"u8), Code("sBIT"u8), Code("sRGB"u8), Code("cICP"u8), Code("bKGD"u8), Code("pHYs"u8),
    ];

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    public static bool Begins(ReadOnlySpan<byte> content) => content.StartsWith(Signature);

    /// <returns>Nothing when it is broken. What follows its end goes.</returns>
    public static Picture? Read(ReadOnlySpan<byte> content)
    {
        var kept = new MemoryStream(content.Length);
        kept.Write(Signature);
        var rest = content[Signature.Length..];
        var (pixels, hasData) = (0L, false);
        while (rest.Length >= AroundData)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - AroundData)
                return null;
            var chunk = rest[..(AroundData + (int)length)];
            rest = rest[chunk.Length..];
            var type = Code(chunk[4..]);
            if (kept.Length == Signature.Length)
            {
                if (type != header || length != HeaderLength)
                    return null;
                pixels = (long)Math.Min(Math.BigMul(BinaryPrimitives.ReadUInt32BigEndian(chunk[8..]), BinaryPrimitives.ReadUInt32BigEndian(chunk[12..])), long.MaxValue);
            }
            hasData |= type == data;
            if (shown.Contains(type))
                kept.Write(chunk);
            if (type == end)
                return pixels > 0 && hasData ? new(pixels, kept.ToArray()) : null;
        }
        return null;
    }

    private static uint Code(ReadOnlySpan<byte> type) => BinaryPrimitives.ReadUInt32BigEndian(type);
}
