using System.Buffers.Binary;
using System.Text;
using FsCheck.Xunit;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Testing;

namespace MsaOrleans.Grains.Tests.Domain;

/// <summary>What is taken for a PDF, a JPEG or a PNG, and what is left of it.</summary>
public sealed class AttachedFileTests
{
    private static readonly byte[] png = SampleFiles.Png();

    [Fact]
    public void A_file_is_what_its_content_is_whatever_it_is_called()
    {
        foreach (var (content, type, name) in ((byte[], AttachmentType, string)[])[(SampleFiles.Pdf, AttachmentType.Pdf, "x.pdf"), (SampleFiles.Jpeg, AttachmentType.Jpeg, "x.jpg"), (png, AttachmentType.Png, "x.png")])
        {
            foreach (var called in (string[])["x.pdf", "x.png", "x.JPEG", "x"])
            {
                var file = Read(content, called);
                Assert.Equal((type, name), (file.Type, file.Name));
                Assert.Equal(content, file.Content); // nothing in it had to go
            }
        }
    }

    [Theory]
    [InlineData("MZ\u0090\0")]
    [InlineData("PK\u0003\u0004")]
    [InlineData("<!DOCTYPE html><script>alert(1)</script>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("GIF89a")]
    [InlineData("\0\0\0\u0018ftypheic")]
    [InlineData("RIFF\0\0\0\0WEBP")]
    [InlineData("%PDF")]
    [InlineData(" %PDF-1.7 %%EOF")]
    [InlineData("\u0089PNG\n")]
    [InlineData("\u00FF\u00D8")]
    [InlineData("a")]
    public void What_begins_as_nothing_that_is_taken_is_refused_whatever_it_is_called(string content) =>
        Assert.Equal(AttachmentFault.UnknownType, FaultOf(Encoding.Latin1.GetBytes(content)));

    [Fact]
    public void An_empty_file_and_one_that_is_too_large_are_told_from_others()
    {
        Assert.Equal(AttachmentFault.Empty, FaultOf([]));
        Assert.Equal(AttachmentFault.TooLarge, FaultOf(SampleFiles.LargePdf(AttachmentLimits.MaxSize + 1)));
        Assert.Equal(AttachmentLimits.MaxSize, Read(SampleFiles.LargePdf(AttachmentLimits.MaxSize)).Content.Length);
    }

    // What is kept of the way up of a photograph is longer than the shortest that can say it.
    [Fact]
    public void One_that_would_grow_beyond_what_a_file_may_have_is_too_large()
    {
        byte[] turned = [0xFF, 0xE1, 0, 30, .. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0];
        var many = Enumerable.Repeat(turned, (AttachmentLimits.MaxSize - SampleFiles.Jpeg.Length) / turned.Length).SelectMany(segment => segment);
        Assert.Equal(AttachmentFault.TooLarge, FaultOf([.. SampleFiles.Jpeg[..2], .. many, .. SampleFiles.Jpeg[2..]]));
    }

    [Fact]
    public void A_picture_may_have_as_many_bytes_as_any_file()
    {
        byte[] largest = [.. SampleFiles.Jpeg[..^2], .. new byte[AttachmentLimits.MaxSize - SampleFiles.Jpeg.Length], .. SampleFiles.Jpeg[^2..]];
        Assert.Equal(largest, Read(largest).Content);
    }

    [Fact]
    public void Cut_off_anywhere_it_is_refused()
    {
        foreach (var whole in (byte[][])[SampleFiles.Pdf[..^1], SampleFiles.Jpeg, png])
        {
            for (var length = 1; length < whole.Length; length++)
                Assert.Contains(FaultOf(whole[..length]), (AttachmentFault[])[AttachmentFault.Broken, AttachmentFault.UnknownType]);
        }
    }

    [Fact]
    public void Of_a_photograph_nothing_is_left_but_the_picture_and_which_way_up_it_is()
    {
        var kept = Read(SampleFiles.Photograph).Content;
        Assert.DoesNotContain(SampleFiles.Place, Encoding.Latin1.GetString(kept), StringComparison.Ordinal);
        byte[] turned = [0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
        Assert.Equal([0xFF, 0xD8, .. turned, .. SampleFiles.Jpeg[2..]], kept);
        Assert.Equal(kept, Read(kept).Content);
        Assert.Contains("ICC_PROFILE", Encoding.Latin1.GetString(kept), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Exif\0\0")]
    [InlineData("Exif\0\0II*\0")]
    [InlineData("Exif\0\0II*\0\u00FF\u00FF\u00FF\u00FF")]
    [InlineData("Exif\0\0MM\0*\0\0\0\u0008\u00FF\u00FF\u0001\u0012")]
    [InlineData("Exif\0\0MM\0*\0\0\0\u0008\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0009\0\0")]
    [InlineData("Exif\0\0MM\0*\0\0\0\u0008\0\u0001\u0001\u0012\0\u0002\0\0\0\u0001\0\u0006\0\0")]
    public void Of_what_is_no_good_Exif_nothing_is_left(string payload)
    {
        var bytes = Encoding.Latin1.GetBytes(payload);
        Assert.Equal(SampleFiles.Jpeg, Read([0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(bytes.Length + 2), .. bytes, .. SampleFiles.Jpeg[2..]]).Content);
    }

    [Fact]
    public void Of_a_PNG_nothing_is_left_but_the_picture()
    {
        var palette = ("sRGB", (byte[])[0]);
        var told = SampleFiles.Png(8, 8, ("eXIf", Encoding.ASCII.GetBytes(SampleFiles.Place)), palette, ("tEXt", Encoding.ASCII.GetBytes(SampleFiles.Place)), ("iTXt", [1]), ("zTXt", [1]), ("tIME", new byte[7]), ("acTL", new byte[8]), ("prIv", [1]));
        Assert.Equal(SampleFiles.Png(8, 8, palette), Read([.. told, .. "<script>"u8]).Content);
    }

    // Programs cut the data of a large picture into many; an empty piece will do.
    [Fact]
    public void A_PNG_may_have_its_data_in_several_pieces()
    {
        byte[] cut = [.. png[..33], .. new byte[4], .. "IDAT"u8, 0x35, 0xAF, 0x06, 0x1E, .. png[33..]];
        Assert.Equal(cut, Read(cut).Content);
    }

    [Fact]
    public void A_PNG_begins_with_its_header()
    {
        byte[] size = png[16..29];
        Assert.Equal(AttachmentFault.Broken, FaultOf([.. png[..8], 0, 0, 0, 13, .. "tEXt"u8, .. size, .. png[29..]])); // as long as one, and another
        Assert.Equal(AttachmentFault.Broken, FaultOf([.. png[..8], 0, 0, 0, 14, .. "IHDR"u8, .. size, 0, .. png[29..]])); // longer than any
    }

    [Fact]
    public void A_PNG_that_is_none_inside_is_broken()
    {
        Assert.Equal(AttachmentFault.Broken, FaultOf([.. png[..8], .. png[^12..]])); // its end and nothing else
        Assert.Equal(AttachmentFault.Broken, FaultOf([.. png[..33], .. png[^12..]])); // no data
        Assert.Equal(AttachmentFault.Broken, FaultOf(SampleFiles.Png(0)));
        Assert.Equal(AttachmentFault.Broken, FaultOf([.. png[..8], 0xFF, 0xFF, 0xFF, 0xFF, .. png[12..]])); // a chunk of four gigabytes
        Assert.Equal(AttachmentFault.Broken, FaultOf([0xFF, 0xD8, 0xFF, 0xD9])); // a JPEG of nothing
    }

    [Theory]
    [InlineData(uint.MaxValue, uint.MaxValue)]
    [InlineData(20_000, 10_001)]
    public void A_picture_of_more_pixels_than_anybody_can_look_at_is_refused(uint width, uint height) => Assert.Equal(AttachmentFault.TooManyPixels, FaultOf(SampleFiles.Png(width, height)));

    [Fact]
    public void So_is_a_JPEG()
    {
        var jpeg = SampleFiles.Jpeg;
        var frame = jpeg.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]) + 5;
        BinaryPrimitives.WriteUInt32BigEndian(jpeg.AsSpan(frame), uint.MaxValue);
        Assert.Equal(AttachmentFault.TooManyPixels, FaultOf(jpeg));
        Assert.Equal((long)AttachmentLimits.MaxPixels, 20_000 * 10_000);
        Assert.Equal(AttachmentType.Png, Read(SampleFiles.Png(20_000, 10_000)).Type); // which is never decoded here
    }

    [Theory]
    [InlineData("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>", AttachmentFault.Active)]
    [InlineData("/OpenAction << /S /J#61va#53cript /JS (app.alert(1)) >>", AttachmentFault.Active)]
    [InlineData("/OpenAction << /S /Launch /F (calc.exe) >>", AttachmentFault.Active)]
    [InlineData("/Names << /JavaScript 9 0 R >>", AttachmentFault.Active)]
    [InlineData("/OpenAction << /S//JavaScript >>", AttachmentFault.Active)] // a name may be empty (7.3.5)
    [InlineData("/Names << /EmbeddedFiles 9 0 R >>", AttachmentFault.None)] // invoices have one: Factur-X
    [InlineData("/Names << /#4BavaScript 9 0 R >>", AttachmentFault.None)]
    [InlineData("/Names << /#JavaScript 9 0 R >>", AttachmentFault.None)]
    [InlineData("/OpenAction [3 0 R /Fit] /Lang (JavaScript) /J#6", AttachmentFault.None)]
    public void A_PDF_that_runs_something_is_refused(string catalogue, AttachmentFault fault) => Assert.Equal(fault, FaultOf(SampleFiles.PdfWith(catalogue)));

    [Theory]
    [InlineData(1019, AttachmentFault.None)]
    [InlineData(1020, AttachmentFault.Broken)]
    public void The_end_of_a_PDF_is_where_readers_look_for_it_within_its_last_1024_bytes(int after, AttachmentFault fault) =>
        Assert.Equal(fault, FaultOf([.. "%PDF-1.7\n%%EOF"u8, .. new byte[after]]));

    /// <summary>Whatever is in it, reading it ends, and what is kept is read again as the same.</summary>
    [Property(MaxTest = 2000)]
    public void No_content_is_too_much(byte start, byte[] rest, ushort at, byte value)
    {
        byte[] begun = [.. (start % 4) switch { 0 => "%PDF-"u8, 1 => [0xFF, 0xD8, 0xFF], 2 => png.AsSpan(0, 33), _ => [] }, .. rest];
        var changed = (byte[])(start % 3 == 0 ? SampleFiles.Photograph : start % 3 == 1 ? png : SampleFiles.Pdf).Clone();
        changed[at % changed.Length] = value;
        foreach (var content in (byte[][])[begun, changed])
        {
            if (AttachedFile.Read("x", content, out var file) is AttachmentFault.None)
                Assert.Equal(file!.Content, Read(file.Content).Content);
            else
                Assert.Null(file);
        }
    }

    [Theory]
    [InlineData("photo.jpg", "photo.pdf")]
    [InlineData("photo.jpeg", "photo.pdf")]
    [InlineData("photo.JPE", "photo.pdf")]
    [InlineData("photo.jfif", "photo.pdf")]
    [InlineData("photo.png", "photo.pdf")]
    [InlineData("Facture n° 12 (août).PDF", "Facture n° 12 (août).pdf")]
    [InlineData("évreux.pdf", "\u00e9vreux.pdf")]
    [InlineData("../../etc/passwd", "passwd.pdf")]
    [InlineData(@"C:\Users\Marie\relevé.pdf", "relevé.pdf")]
    [InlineData("facture.pdf.exe", "facture.pdf.exe.pdf")]
    [InlineData("\u202Efdp.exe", "fdp.exe.pdf")]
    [InlineData("a\0b\r\nSet-Cookie: x=1.pdf", "ab Set-Cookie x=1.pdf")]
    [InlineData("<img src=x onerror=\"alert(1)\">.pdf", "img src=x onerror=alert(1).pdf")]
    [InlineData("  . .htaccess. ", "htaccess.pdf")]
    [InlineData("", "document.pdf")]
    [InlineData(null, "document.pdf")]
    [InlineData("...", "document.pdf")]
    [InlineData("\uD800", "document.pdf")]
    [InlineData(".pdf", "document.pdf")]
    public void A_name_is_made_fit_for_any_disk_and_page(string? typed, string name) => Assert.Equal(name, AttachmentName.Of(typed, AttachmentType.Pdf));

    [Fact]
    public void A_long_name_is_cut_between_characters()
    {
        Assert.Equal(new string('a', AttachmentName.MaxLength) + ".png", AttachmentName.Of(new string('a', 300), AttachmentType.Png));
        Assert.Equal(string.Concat(Enumerable.Repeat("😀", AttachmentName.MaxLength / 2)) + ".jpg", AttachmentName.Of(string.Concat(Enumerable.Repeat("😀", 300)), AttachmentType.Jpeg));
        Assert.Equal("image.jpg", AttachmentName.Of("e" + new string('\u0301', 100_000), AttachmentType.Jpeg));
    }

    [Theory]
    [InlineData(999, "a.pdf")]
    [InlineData(1000, "document.pdf")]
    public void What_follows_a_thousand_characters_of_a_name_is_not_read(int unseen, string name) => Assert.Equal(name, AttachmentName.Of(new string('\u200B', unseen) + "a", AttachmentType.Pdf));

    [Property(MaxTest = 2000)]
    public void Whatever_it_was_called_its_name_is_short_plain_and_stays_what_it_is(string? typed)
    {
        foreach (var type in Enum.GetValues<AttachmentType>())
        {
            var name = AttachmentName.Of(typed, type);
            Assert.InRange(name.Length, 5, AttachmentName.MaxLength + 4);
            Assert.DoesNotContain(name, c => char.IsControl(c) || "/\\\"<>:|?*%".Contains(c, StringComparison.Ordinal));
            Assert.Equal(name, AttachmentName.Of(name, type));
        }
    }

    private static AttachmentFault FaultOf(byte[] content) => AttachedFile.Read("facture.pdf", content, out _);

    private static AttachedFile Read(byte[] content, string name = "x")
    {
        Assert.Equal(AttachmentFault.None, AttachedFile.Read(name, content, out var file));
        return file!;
    }
}
