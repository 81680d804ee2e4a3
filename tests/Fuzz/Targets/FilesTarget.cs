using MsaOrleans.Grains.Interfaces.Messages;

namespace MsaOrleans.Fuzz.Targets;

/// <summary>Files that come with messages: PDF, JPEG and PNG.</summary>
internal sealed class FilesTarget : FuzzTarget
{
    public override void Try(byte[] input)
    {
        var fault = AttachedFile.Read("photo.jpg", [.. input], out var file);
        Holds(file is not null == fault is AttachmentFault.None, "a file, or a fault");
        if (file is null)
            return;
        Holds(file.Content.Length is > 0 and <= AttachmentLimits.MaxSize, "no longer than a file may be");
        Holds(AttachedFile.Read(file.Name, [.. file.Content], out var again) is AttachmentFault.None, "what is kept can be read");
        Holds(again!.Type == file.Type && again.Name == file.Name && again.Content.AsSpan().SequenceEqual(file.Content), "nothing is left to take off");
    }
}
