namespace MsaOrleans.Grains.Interfaces.Messages;

/// <summary>What a file that is sent with a message can be. Names are stored: they are a contract.</summary>
public enum AttachmentType
{
    Pdf,
    Jpeg,
    Png,
}

/// <summary>A file that was sent with a message, without its content. It is stored so with the message.</summary>
/// <param name="Id">By which it is opened; nobody else's.</param>
/// <param name="Name">As <see cref="AttachmentName"/> makes it.</param>
/// <param name="Type">What its content is.</param>
/// <param name="Size">In bytes.</param>
[GenerateSerializer, Immutable, Alias("msa.attachment")]
public sealed record Attachment(Guid Id, string Name, AttachmentType Type, int Size)
{
    public override string ToString() => "attachment";
}

/// <summary>A file that was sent with a message, as it is kept.</summary>
/// <param name="About">All but its content.</param>
/// <param name="Content">Of the type that it says.</param>
[GenerateSerializer, Immutable, Alias("msa.attachment-content")]
public sealed record AttachmentContent(Attachment About, byte[] Content)
{
    public override string ToString() => "attachment";
}

/// <summary>Limits of files that are sent with messages.</summary>
public static class AttachmentLimits
{
    /// <summary>Files that go with one message.</summary>
    public const int MaxFiles = 3;

    /// <summary>Bytes that one file may have: 5 MB.</summary>
    public const int MaxSize = 5 * 1024 * 1024;

    /// <summary>Bytes that all files of one adherent may have when he sends more: as with words, older conversations give way, and those that wait do not.</summary>
    public const int MaxKept = 30 * 1024 * 1024;

    /// <summary>Pixels that a picture may have: of what pretends to have more, whoever opens it would run out of memory.</summary>
    public const long MaxPixels = 200_000_000;
}
