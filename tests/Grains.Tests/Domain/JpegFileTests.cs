using System.Text;
using MsaOrleans.Grains.Interfaces.Messages;

namespace MsaOrleans.Grains.Tests.Domain;

/// <summary>JPEG as ITU-T T.81 has it (annex B), put together segment by segment: what is a picture, and what of it is kept.</summary>
public sealed class JpegFileTests
{
    private static readonly byte[] start = [0xFF, 0xD8];
    private static readonly byte[] end = [0xFF, 0xD9];

    // 40 x 30 pixels of eight bits, in one component.
    private static readonly byte[] frame = Frame(0xC0, 40, 30);

    private static readonly byte[] scan = Scan(0x12, 0x34);

    [Fact]
    public void A_frame_and_a_scan_make_a_picture() => Stays([.. start, .. frame, .. scan, .. end]);

    [Fact]
    public void Neither_a_frame_without_a_scan_nor_a_scan_without_a_frame_is_one()
    {
        Assert.Equal(AttachmentFault.Broken, FaultOf([.. start, .. frame, .. end]));
        Assert.Equal(AttachmentFault.Broken, FaultOf([.. start, .. scan, .. end]));
        Assert.Equal(AttachmentFault.Broken, FaultOf([.. start, .. frame, .. Scan(), .. end])); // announced, and empty
    }

    // A height of none is allowed by B.2.2, to be told after the first scan; no camera does it, and how large it is could not be judged.
    [Theory]
    [InlineData(0, 30)]
    [InlineData(40, 0)]
    public void A_picture_without_width_or_height_is_broken(ushort width, ushort height) =>
        Assert.Equal(AttachmentFault.Broken, FaultOf([.. start, .. Frame(0xC0, width, height), .. scan, .. end]));

    [Fact]
    public void A_progressive_picture_has_many_scans_and_keeps_them_all() =>
        Stays([.. start, .. Frame(0xC2, 40, 30), .. scan, .. Scan(0x56), .. scan, .. Scan(0x78), .. end]);

    // SOF0 to SOF15 (table B.1), without the three of their row that are none.
    [Theory]
    [InlineData(0xC0), InlineData(0xC1), InlineData(0xC2), InlineData(0xC3)]
    [InlineData(0xC5), InlineData(0xC6), InlineData(0xC7)]
    [InlineData(0xC9), InlineData(0xCA), InlineData(0xCB)]
    [InlineData(0xCD), InlineData(0xCE), InlineData(0xCF)]
    public void Every_way_to_code_a_picture_tells_its_size(byte marker)
    {
        Stays([.. start, .. Frame(marker, 40, 30), .. scan, .. end]);
        Assert.Equal(AttachmentFault.TooManyPixels, FaultOf([.. start, .. Frame(marker, 65_500, 65_500), .. scan, .. end]));
    }

    [Theory]
    [InlineData(0xC4)] // Huffman tables
    [InlineData(0xC8)] // kept for extensions
    [InlineData(0xCC)] // conditioning of arithmetic coding
    [InlineData(0xDB)] // quantisation tables
    public void Tables_are_no_frames_however_large_their_numbers_and_short_they_are(byte marker)
    {
        Stays([.. start, .. frame, .. Segment(marker, [.. Enumerable.Repeat((byte)0xFF, 20)]), .. scan, .. end]);
        Stays([.. start, .. frame, .. Segment(marker, 0x00, 0x10), .. scan, .. end]);
    }

    [Theory]
    [InlineData(7, AttachmentFault.Broken)]
    [InlineData(8, AttachmentFault.None)]
    public void A_frame_has_room_for_precision_size_and_number_of_components(int length, AttachmentFault fault) =>
        Assert.Equal(fault, FaultOf([.. start, .. Segment(0xC0, [.. frame[4..(2 + length)]]), .. scan, .. end]));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_segment_that_is_shorter_than_its_own_length_is_broken(byte length) =>
        Assert.Equal(AttachmentFault.Broken, FaultOf([.. start, 0xFF, 0xDB, 0, length, .. frame, .. scan, .. end]));

    [Fact]
    public void A_segment_may_be_empty() => Stays([.. start, .. Segment(0xDB), .. frame, .. scan, .. end]);

    [Fact]
    public void A_segment_that_ends_after_its_file_is_broken() =>
        Assert.Equal(AttachmentFault.Broken, FaultOf([.. start, .. frame, .. scan, 0xFF, 0xDB, 0, 5, 1, 2]));

    [Fact]
    public void Any_number_of_fill_bytes_may_come_before_a_marker_and_goes() => Assert.Equal(
        [.. start, .. frame, .. scan, .. end],
        Kept([.. start, 0xFF, 0xFF, .. frame, 0xFF, .. scan, 0xFF, 0xFF, 0xFF, .. end]));

    // They have no length, so that nobody can tell where they end: within scans alone they mean something.
    [Theory]
    [InlineData(0x00)]
    [InlineData(0x01)]
    [InlineData(0xD0), InlineData(0xD1), InlineData(0xD2), InlineData(0xD3), InlineData(0xD4), InlineData(0xD5), InlineData(0xD6), InlineData(0xD7)]
    [InlineData(0xD8)]
    public void A_marker_without_a_segment_is_out_of_place_between_segments(byte marker) =>
        Assert.Equal(AttachmentFault.Broken, FaultOf([.. start, 0xFF, marker, 0, 2, .. frame, .. scan, .. end]));

    [Fact]
    public void Within_a_scan_0xFF_is_a_byte_of_the_picture_when_a_zero_follows() => Stays([.. start, .. frame, .. Scan(0x12, 0xFF, 0x00, 0x34, 0xFF, 0x00), .. end]);

    [Theory]
    [InlineData(0xD0), InlineData(0xD1), InlineData(0xD2), InlineData(0xD3), InlineData(0xD4), InlineData(0xD5), InlineData(0xD6), InlineData(0xD7)]
    public void Within_a_scan_a_restart_marker_goes_on_with_it(byte restart) => Stays([.. start, .. frame, .. Scan(0x12, 0xFF, restart, 0x34), .. end]);

    [Theory]
    [InlineData(0xCF)]
    [InlineData(0xD8)]
    public void Any_other_marker_ends_the_scan(byte marker) => Assert.Equal(AttachmentFault.Broken, FaultOf([.. start, .. frame, .. Scan(0x12, 0xFF, marker, 0x34), .. end]));

    [Fact]
    public void A_scan_that_breaks_off_within_a_marker_is_broken() => Assert.Equal(AttachmentFault.Broken, FaultOf([.. start, .. frame, .. Scan(0x12, 0xFF)]));

    // Place, moment, owner and thumbnail are in them, each camera's in its own way.
    [Theory]
    [InlineData(0xE0), InlineData(0xE1), InlineData(0xE2), InlineData(0xE3), InlineData(0xE4), InlineData(0xE5), InlineData(0xE6), InlineData(0xE7)]
    [InlineData(0xE8), InlineData(0xE9), InlineData(0xEA), InlineData(0xEB), InlineData(0xEC), InlineData(0xED), InlineData(0xEE), InlineData(0xEF)]
    [InlineData(0xFE)]
    public void What_cameras_and_programs_write_for_themselves_goes(byte marker)
    {
        Assert.Equal([.. start, .. frame, .. scan, .. end], Kept([.. start, .. Segment(marker, [.. "JFXX\0 47.1 N 7.2 E"u8]), .. frame, .. scan, .. end]));
        Assert.Equal([.. start, .. frame, .. scan, .. end], Kept([.. start, .. Segment(marker), .. frame, .. scan, .. end]));
    }

    [Theory]
    [InlineData(0xE0, "JFIF\0\u0001\u0002")]
    [InlineData(0xE2, "ICC_PROFILE\0\u0001\u0001")]
    [InlineData(0xEE, "Adobe\0d")]
    public void What_changes_its_look_stays(byte marker, string payload) => Stays([.. start, .. Segment(marker, Encoding.Latin1.GetBytes(payload)), .. frame, .. scan, .. end]);

    private static byte[] Segment(byte marker, params byte[] payload) => [0xFF, marker, 0, (byte)(payload.Length + 2), .. payload];

    private static byte[] Frame(byte marker, ushort width, ushort height) =>
        Segment(marker, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0);

    private static byte[] Scan(params byte[] data) => [.. Segment(0xDA, 1, 1, 0, 0, 63, 0), .. data];

    private static AttachmentFault FaultOf(byte[] content) => AttachedFile.Read("photo.jpg", content, out _);

    private static byte[] Kept(byte[] content)
    {
        Assert.Equal(AttachmentFault.None, AttachedFile.Read("photo.jpg", content, out var file));
        return file!.Content;
    }

    private static void Stays(byte[] content) => Assert.Equal(content, Kept(content));
}
