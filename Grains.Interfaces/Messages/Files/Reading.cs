namespace MsaOrleans.Grains.Interfaces.Messages.Files;

/// <summary>What came of reading a file.</summary>
/// <param name="Type">By how it begins.</param>
/// <param name="Fault">What is wrong with it.</param>
/// <param name="Content">What is to be kept of it.</param>
internal readonly record struct Reading(AttachmentType Type, AttachmentFault Fault, byte[] Content)
{
    public static Reading Of(byte[] content) =>
        PdfFile.Begins(content) ? new(AttachmentType.Pdf, PdfFile.FaultOf(content), content)
        : JpegFile.Begins(content) ? Of(AttachmentType.Jpeg, JpegFile.Read(content))
        : PngFile.Begins(content) ? Of(AttachmentType.Png, PngFile.Read(content))
        : new(default, AttachmentFault.UnknownType, content);

    private static Reading Of(AttachmentType type, Picture? picture) => picture switch
    {
        null => new(type, AttachmentFault.Broken, []),
        { Pixels: > AttachmentLimits.MaxPixels } => new(type, AttachmentFault.TooManyPixels, []),
        { Content.Length: > AttachmentLimits.MaxSize } => new(type, AttachmentFault.TooLarge, []), // which way up it is may take more than it took
        { Content: var content } => new(type, AttachmentFault.None, content),
    };
}

/// <summary>A picture, never decoded.</summary>
/// <param name="Pixels">Width times height, as it says itself.</param>
/// <param name="Content">With what is needed to show it, and nothing else.</param>
internal sealed record Picture(long Pixels, byte[] Content);
