using System.Text.RegularExpressions;

namespace MsaOrleans.Web.TagHelpers;

/// <summary>French spacing: what must not be torn apart at the end of a line is joined by non-breaking spaces.</summary>
public static partial class Typography
{
    private const string NoBreak = "\u00A0";

    /// <summary>Joins double punctuation, guillemets, groups of digits and amounts to what they belong to; leaves everything else alone.</summary>
    public static string French(string text) => Torn().Replace(text, NoBreak);

    [GeneratedRegex(@"(?<=\S) (?=[:;?!»€%])|(?<=«) |(?<=\d) (?=\d)")]
    private static partial Regex Torn();
}
