using System.Globalization;
using System.Text;

namespace MsaOrleans.Grains.Interfaces.Messages;

/// <summary>
/// The name of a file, fit for any disk and any page: no folder, nothing that cannot be seen or changes the direction of writing, no character that a system
/// gives a meaning, and with the ending of what the file is.
/// </summary>
public static class AttachmentName
{
    /// <summary>Characters before the ending.</summary>
    public const int MaxLength = 80;

    private const int LongestReadable = 1000;

    private static readonly string[] endings = [".pdf", ".jpg", ".jpeg", ".jpe", ".jfif", ".png"];

    /// <param name="typed">As whoever sent it calls it; may be nothing.</param>
    /// <param name="type">What it is.</param>
    public static string Of(string? typed, AttachmentType type)
    {
        var name = WithoutFolder(typed);
        if (endings.FirstOrDefault(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) is { } ending)
            name = name[..^ending.Length];
        name = Clean(name);
        return (name.Length > 0 ? name : Nameless(type)) + EndingOf(type);
    }

    /// <summary>What to call a file that is refused, so that whoever sent it knows which; may be empty.</summary>
    public static string Shown(string? typed) => Clean(WithoutFolder(typed));

    private static string EndingOf(AttachmentType type) => type switch
    {
        AttachmentType.Pdf => ".pdf",
        AttachmentType.Jpeg => ".jpg",
        AttachmentType.Png => ".png",
    };

    private static string Nameless(AttachmentType type) => type is AttachmentType.Pdf ? "document" : "image";

    private static string WithoutFolder(string? typed) => typed is null ? "" : typed[(typed.LastIndexOfAny(['/', '\\']) + 1)..];

    private static string Clean(string name)
    {
        var plain = string.Concat((name.Length > LongestReadable ? name[..LongestReadable] : name).EnumerateRunes().Where(rune => Rune.IsWhiteSpace(rune) || IsPlain(rune)).Select(rune => Rune.IsWhiteSpace(rune) ? " " : rune.ToString()));
        var words = string.Join(' ', plain.Normalize(NormalizationForm.FormC).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        // Cut between what readers take for characters, so that no accent is torn from its letter.
        var elements = StringInfo.GetTextElementEnumerator(words);
        var length = 0;
        while (elements.MoveNext() && length + elements.GetTextElement().Length <= MaxLength)
            length += elements.GetTextElement().Length;
        return words[..length].Trim(' ', '.');
    }

    private static bool IsPlain(Rune rune) => rune.Value is not ('"' or '*' or ':' or '<' or '>' or '?' or '|' or '%' or 0xFFFD) && Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);
}
