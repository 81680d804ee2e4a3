namespace MsaOrleans.Testing;

/// <summary>
/// Text as nobody in his right mind would type it, made of pieces that parsers stumble over: digits of other scripts, blanks that are none, halves of characters, marks that
/// belong to the letter before, quotes and separators, and now and then a hundred thousand characters. It is chosen by numbers, so that it shrinks as they do.
/// </summary>
public static class AwkwardText
{
    private const int Huge = 100_000;

    private static readonly string[] pieces =
    [
        "0", "1", "2", "6", "9", "2A", "Z", "b", "é", "œ", "ß", "İ", "ı", "'", "’", "\u02bc", "-", "\u2011", "\u2212", ".", ",", ";", ":", "\"", "@", "+", "=", "€", "/", "\\", "|",
        " ", "\u00a0", "\u202f", "\t", "\r\n", "\n", "\u2028", "\0", "\u001b", "\u0085", "\u200b", "\u202e", "\ufeff", "\u0301", "\ufffd", "\ufffe", "\ud800", "\udc00", "👩‍🌾",
        "١", "７", "Ａ", "ﬁ", "<b>", "{{", "%00", "example.fr", "06",
    ];

    /// <param name="choices">Which pieces, in their order.</param>
    /// <param name="more">Further pieces, such as those of which what is looked for is made.</param>
    public static string Of(IReadOnlyList<byte> choices, params string[] more)
    {
        string[] all = [.. more, .. pieces];
        var text = string.Concat(choices.Select(choice => all[choice % all.Length]));
        return choices is [byte.MaxValue, ..] ? string.Concat(Enumerable.Repeat(text, (Huge / text.Length) + 1)) : text;
    }
}
