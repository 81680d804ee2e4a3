using System.Buffers.Binary;

namespace MsaOrleans.Grains.Interfaces.Messages.Files;

/// <summary>
/// JPEG (ITU-T T.81, annex B): segments that begin with a marker, and after the start of a scan its data, in which a marker is told from data by what follows 0xFF.
/// </summary>
internal static class JpegFile
{
    private const byte Prefix = 0xFF;
    private const byte Start = 0xD8;
    private const byte End = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte Comment = 0xFE;
    private const byte Jfif = 0xE0;
    private const byte Exif = 0xE1;
    private const byte Profile = 0xE2;
    private const byte Adobe = 0xEE;

    public static bool Begins(ReadOnlySpan<byte> content) => content.StartsWith([Prefix, Start, Prefix]);

    /// <returns>Nothing when it is broken. What follows its end goes.</returns>
    public static Picture? Read(ReadOnlySpan<byte> content)
    {
        var kept = new MemoryStream(content.Length);
        kept.Write([Prefix, Start]);
        var rest = content[2..];
        var (pixels, hasScan) = (0L, false);
        while (Marker(ref rest) is { } marker)
        {
            if (marker == End)
            {
                kept.Write([Prefix, End]);
                return pixels > 0 && hasScan ? new(pixels, kept.ToArray()) : null;
            }
            if (rest.Length < 2 || BinaryPrimitives.ReadUInt16BigEndian(rest) is var length && (length < 2 || length > rest.Length))
                return null;
            var segment = rest[..length];
            rest = rest[length..];
            if (IsFrame(marker))
            {
                if (segment.Length < 8)
                    return null;
                pixels = Math.Max(pixels, (long)BinaryPrimitives.ReadUInt16BigEndian(segment[3..]) * BinaryPrimitives.ReadUInt16BigEndian(segment[5..]));
            }
            if (marker == Exif && ExifOrientation.Of(segment[2..]) is { } orientation)
                kept.Write(orientation);
            if (IsShown(marker, segment[2..]))
            {
                kept.Write([Prefix, marker]);
                kept.Write(segment);
            }
            if (marker == StartOfScan)
            {
                var data = rest[..ScanLength(rest)];
                rest = rest[data.Length..];
                kept.Write(data);
                hasScan |= data.Length > 0;
            }
        }
        return null;
    }

    /// <summary>Those without which it would look different: what cameras and programs write for themselves goes.</summary>
    private static bool IsShown(byte marker, ReadOnlySpan<byte> payload) => marker switch
    {
        Jfif => payload.StartsWith("JFIF\0"u8),
        Profile => payload.StartsWith("ICC_PROFILE\0"u8),
        Adobe => payload.StartsWith("Adobe"u8),
        >= Jfif and <= 0xEF or Comment => false,
        _ => true,
    };

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    // Any number of 0xFF may come before it; those without a segment stand within scans alone.
    private static byte? Marker(ref ReadOnlySpan<byte> rest)
    {
        var at = rest.IndexOfAnyExcept(Prefix);
        if (at < 1)
            return null;
        var marker = rest[at];
        rest = rest[(at + 1)..];
        return marker is 0 or 1 or Start or (>= 0xD0 and <= 0xD7) ? null : marker;
    }

    // To the next marker that is not within the scan: 0xFF 0x00 is a byte of data, and 0xFF 0xD0 to 0xD7 restart the decoder.
    private static int ScanLength(ReadOnlySpan<byte> data)
    {
        var at = 0;
        while (data[at..].IndexOf(Prefix) is var next and >= 0)
        {
            at += next;
            if (at + 1 >= data.Length || data[at + 1] is not (0 or (>= 0xD0 and <= 0xD7)))
                return at;
            at += 2;
        }
        return data.Length;
    }
}
