using System.Buffers.Binary;
using System.Text;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Testing;

namespace MsaOrleans.Grains.Tests.Domain;

/// <summary>Which way up a photograph is, told by a camera in a TIFF directory (Exif 2.32, 4.6.2): a photographed letter must not lie on its side.</summary>
public sealed class ExifOrientationTests
{
    private static readonly byte[] sixth = [0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]; // tag 0x0112, one short number: to be turned by a quarter
    private static readonly byte[] make = [0x0F, 0x01, 2, 0, 4, 0, 0, 0, .. "Tel\0"u8];

    [Theory]
    [InlineData(1, false)] // as it is: nothing to say
    [InlineData(2, true)]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public void There_are_eight_ways_and_the_first_needs_no_word(int way, bool kept) =>
        Assert.Equal(kept ? way : (int?)null, WayKept(Tiff(8, 1, [.. sixth[..8], (byte)way, 0, 0, 0])));

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(40)]
    public void The_directory_may_be_anywhere_after_the_header(int at) => Assert.Equal(6, WayKept(Tiff(at, 1, sixth)));

    [Fact]
    public void A_directory_within_the_header_is_none() => Assert.Null(WayKept([.. Tiff(0, 1, [])[..8], 1, 0, .. new byte[4], .. sixth]));

    [Fact]
    public void It_may_be_any_of_the_entries() => Assert.Equal(6, WayKept(Tiff(8, 3, [.. make, .. make, .. sixth])));

    [Fact]
    public void What_comes_after_the_last_entry_is_no_entry() => Assert.Null(WayKept(Tiff(8, 2, [.. make, .. make, .. sixth])));

    [Fact]
    public void A_directory_that_announces_more_entries_than_there_are_tells_what_it_has()
    {
        Assert.Equal(6, WayKept(Tiff(8, 9, [.. make, .. sixth])));
        Assert.Null(WayKept(Tiff(8, 9, [.. make, .. sixth[..11]])));
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_directory_at_the_end_of_what_there_is_or_beyond_tells_nothing(int fromEnd) => Assert.Null(WayKept([.. Tiff(20 + fromEnd, 0, [])[..8], .. new byte[12]]));

    /// <summary>Small end first: a directory of so many entries at this byte.</summary>
    private static byte[] Tiff(int at, byte entries, byte[] bytes)
    {
        byte[] header = [.. "II*\0"u8, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), at);
        return [.. header, .. new byte[Math.Max(at - header.Length, 0)], entries, 0, .. bytes];
    }

    /// <summary>What is left of it in a photograph.</summary>
    private static int? WayKept(byte[] tiff)
    {
        var photograph = SampleFiles.Jpeg;
        Assert.Equal(AttachmentFault.None, AttachedFile.Read("x", [.. photograph[..2], 0xFF, 0xE1, 0, (byte)(8 + tiff.Length), .. "Exif\0\0"u8, .. tiff, .. photograph[2..]], out var file));
        var kept = file!.Content[2..^(photograph.Length - 2)];
        Assert.True(kept.Length is 0 or 36, Encoding.Latin1.GetString(kept));
        return kept.Length == 0 ? null : kept[29];
    }
}
