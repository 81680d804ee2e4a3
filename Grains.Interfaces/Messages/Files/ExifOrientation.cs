using System.Buffers.Binary;

namespace MsaOrleans.Grains.Interfaces.Messages.Files;

/// <summary>Which way up a photograph is (Exif, tag 0x0112): the one thing that a camera writes beside it without which a photographed letter would lie on its side.</summary>
internal static class ExifOrientation
{
    private const ushort Tag = 0x0112;
    private const ushort Short = 3;
    private const int EntryLength = 12;

    /// <summary>A segment that says so and nothing else; nothing when there is nothing to say.</summary>
    /// <param name="payload">Of a segment in which Exif may be.</param>
    public static byte[]? Of(ReadOnlySpan<byte> payload) => payload.StartsWith("Exif\0\0"u8) && InTiff(payload[6..]) is > 1 and <= 8 and var orientation
        ?
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, // 34: with the length itself
            .. "MM\0*"u8, 0, 0, 0, 8, // TIFF, whose first directory is at its eighth byte
            0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, // one entry, one short number
            0, 0, 0, 0, // no other directory
        ]
        : null;

    private static int? InTiff(ReadOnlySpan<byte> tiff)
    {
        var isBig = tiff.StartsWith("MM\0*"u8);
        if (!isBig && !tiff.StartsWith("II*\0"u8))
            return null;
        if (tiff.Length < 8 || Int(tiff[4..]) is var at && (at < 8 || at > tiff.Length - 2))
            return null;
        var entries = tiff[((int)at + 2)..];
        for (var left = Word(tiff[(int)at..]); left > 0 && entries.Length >= EntryLength; left--, entries = entries[EntryLength..])
        {
            if (Word(entries) == Tag)
                return Word(entries[2..]) == Short ? Word(entries[8..]) : null;
        }
        return null;

        ushort Word(ReadOnlySpan<byte> bytes) => isBig ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

        long Int(ReadOnlySpan<byte> bytes) => isBig ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }
}
