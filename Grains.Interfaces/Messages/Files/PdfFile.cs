using System.Globalization;

namespace MsaOrleans.Grains.Interfaces.Messages.Files;

/// <summary>PDF (ISO 32000), as far as can be told without opening its streams.</summary>
internal static class PdfFile
{
    // Where readers look for it, since some write after it.
    private const int EndIsWithin = 1024;

    /// <summary>Names of actions that run something. They may be within compressed streams too, which are not opened: readers ask before they run anything.</summary>
    private static readonly byte[][] actions = ["JavaScript"u8.ToArray(), "Launch"u8.ToArray()];

    public static bool Begins(ReadOnlySpan<byte> content) => content.StartsWith("%PDF-"u8);

    public static AttachmentFault FaultOf(ReadOnlySpan<byte> content) =>
        content[^Math.Min(EndIsWithin, content.Length)..].LastIndexOf("%%EOF"u8) < 0 ? AttachmentFault.Broken
        : HasAction(content) ? AttachmentFault.Active
        : AttachmentFault.None;

    private static bool HasAction(ReadOnlySpan<byte> content)
    {
        for (var slash = content.IndexOf((byte)'/'); slash >= 0; slash = content.IndexOf((byte)'/'))
        {
            content = content[(slash + 1)..];
            foreach (var action in actions)
            {
                if (IsNamed(content, action))
                    return true;
            }
        }
        return false;
    }

    // Any character of a name may be written as # and two digits (7.3.5).
    private static bool IsNamed(ReadOnlySpan<byte> name, ReadOnlySpan<byte> action)
    {
        foreach (var character in action)
        {
            var isEscaped = name is [(byte)'#', _, _, ..];
            if (isEscaped ? !byte.TryParse(name[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var read) || read != character : name.IsEmpty || name[0] != character)
                return false;
            name = name[(isEscaped ? 3 : 1)..];
        }
        return true;
    }
}
