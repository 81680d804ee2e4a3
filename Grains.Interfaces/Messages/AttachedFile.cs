using MsaOrleans.Grains.Interfaces.Messages.Files;

namespace MsaOrleans.Grains.Interfaces.Messages;

/// <summary>
/// A file to be sent with a message, read to its end by its structure: what its name or its sender says of its type counts for nothing. Pictures are without
/// what a camera writes beside them, place and moment above all. There is no other way to have one than <see cref="Read"/>.
/// </summary>
[GenerateSerializer, Immutable, Alias("msa.attached-file")]
public sealed record AttachedFile
{
    private AttachedFile(string name, AttachmentType type, byte[] content) => (Name, Type, Content) = (name, type, content);

    /// <summary>As <see cref="AttachmentName"/> makes it.</summary>
    [Id(0)]
    public string Name { get; }

    [Id(1)]
    public AttachmentType Type { get; }

    /// <summary>At most <see cref="AttachmentLimits.MaxSize"/> bytes, never none.</summary>
    [Id(2)]
    public byte[] Content { get; }

    /// <summary>Reads a file that somebody sent.</summary>
    /// <param name="name">What he calls it.</param>
    /// <param name="content">Not to be changed any more.</param>
    /// <param name="file">The file; nothing when something is wrong with it.</param>
    /// <returns>What is wrong with it.</returns>
    public static AttachmentFault Read(string? name, byte[] content, out AttachedFile? file)
    {
        file = null;
        if (content.Length == 0)
            return AttachmentFault.Empty;
        if (content.Length > AttachmentLimits.MaxSize)
            return AttachmentFault.TooLarge;
        var (type, fault, kept) = Reading.Of(content);
        if (fault is AttachmentFault.None)
            file = new(AttachmentName.Of(name, type), type, kept);
        return fault;
    }

    public override string ToString() => "attached file";
}

/// <summary>What can be wrong with a file.</summary>
public enum AttachmentFault
{
    None,

    /// <summary>It has no content.</summary>
    Empty,

    /// <summary>It has more than <see cref="AttachmentLimits.MaxSize"/> bytes.</summary>
    TooLarge,

    /// <summary>It begins as none of the types does.</summary>
    UnknownType,

    /// <summary>It begins as one of the types, and does not go on so to its end: cut off, or made up.</summary>
    Broken,

    /// <summary>A PDF that does something when it is opened: scripts, or programs to start.</summary>
    Active,

    /// <summary>A picture of more than <see cref="AttachmentLimits.MaxPixels"/>.</summary>
    TooManyPixels,
}
