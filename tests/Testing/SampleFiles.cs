using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MsaOrleans.Testing;

/// <summary>Small files of the kinds that people send, such as programs make them.</summary>
public static class SampleFiles
{
    // 40 x 30 pixels, drawn by Chromium.
    private const string Drawn =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAA"
        + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAA"
        + "AChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAA"
        + "AAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBu"
        + "AGMALgAgADIAMAAxADb/2wBDAAYEBQYFBAYGBQYHBwYIChAKCgkJChQODwwQFxQYGBcUFhYaHSUfGhsjHBYWICwgIyYnKSopGR8tMC0oMCUoKSj/2wBDAQcHBwoIChMKChMoGhYaKCgoKCgoKCgoKCgoKCgoKCgo"
        + "KCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCj/wAARCAAeACgDASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAUH/8QAFxABAQEBAAAAAAAAAAAAAAAAABNhAf/EABcBAQEBAQAAAAAAAAAAAAAA"
        + "AAAHAQL/xAAXEQADAQAAAAAAAAAAAAAAAAAAARVh/9oADAMBAAIRAxEAPwDMraW1OtpbXcHCyWtKNtLanW0tpBwWtKNtE62hBwWtJ1iyfTpTqzRESawyhYsn06U6RELDKFhPp0IiNsM//9k=";

    /// <summary>What a telephone writes beside a photograph of a letter: which way up it is (6: to be turned by a quarter), and where it was taken.</summary>
    public const string Place = "48.8584 N 2.2945 E";

    public static byte[] Jpeg => Convert.FromBase64String(Drawn);

    /// <summary>A photograph with what a telephone writes beside it: Exif, XMP, a comment, and a film after its end.</summary>
    public static byte[] Photograph
    {
        get
        {
            byte[] exif =
            [
                .. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 2, 0, // TIFF, small end first, two entries
                0x0F, 0x01, 2, 0, 4, 0, 0, 0, .. "Tel\0"u8, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(Place),
            ];
            return [0xFF, 0xD8, .. Segment(0xE1, exif), .. Segment(0xE1, Encoding.ASCII.GetBytes($"http://ns.adobe.com/xap/1.0/\0{Place}")), .. Segment(0xFE, Encoding.ASCII.GetBytes(Place)), .. Jpeg[2..], .. Encoding.ASCII.GetBytes($"ftypmp42 {Place}")];
        }
    }

    public static byte[] Pdf => PdfWith("/Type /Catalog /Pages 2 0 R");

    /// <summary>A PDF of one empty page whose catalogue says this.</summary>
    public static byte[] PdfWith(string catalogue) => Encoding.Latin1.GetBytes(
        $"%PDF-1.7\n1 0 obj\n<< {catalogue} >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n"
        + "trailer\n<< /Root 1 0 R /Size 4 >>\nstartxref\n0\n%%EOF\n");

    /// <summary>A green picture.</summary>
    /// <param name="width">As it says itself; its data are those of 8 x 8 pixels.</param>
    /// <param name="height">As it says itself.</param>
    /// <param name="chunks">To stand before its data.</param>
    public static byte[] Png(uint width = 8, uint height = 8, params (string Type, byte[] Data)[] chunks)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2); // eight bits of red, green, blue
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write([.. Enumerable.Range(0, 8).SelectMany(_ => (byte[])[0, .. Enumerable.Range(0, 8).SelectMany(_ => (byte[])[18, 100, 58])])]);
        return
        [
            0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. Chunk("IHDR", header), .. chunks.SelectMany(chunk => Chunk(chunk.Type, chunk.Data)), .. Chunk("IDAT", data.ToArray()), .. Chunk("IEND", []),
        ];
    }

    /// <summary>A PDF of so many bytes.</summary>
    public static byte[] LargePdf(int length) => [.. Pdf[..9], .. Enumerable.Repeat((byte)' ', length - Pdf.Length), .. Pdf[9..]];

    private static byte[] Segment(byte marker, byte[] payload) => [0xFF, marker, (byte)((payload.Length + 2) >> 8), (byte)(payload.Length + 2), .. payload];

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        var (length, check) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(check, Crc(named));
        return [.. length, .. named, .. check];
    }

    private static uint Crc(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var one in data)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }
        return ~crc;
    }
}
