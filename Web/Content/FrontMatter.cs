using System.Globalization;
using MsaOrleans.Grains.Interfaces.Caisses;

namespace MsaOrleans.Web.Content;

/// <summary>
/// The head of a content file: between two lines of <c>---</c>, one <c>key: value</c> a line. Whatever is missing, unknown or said twice is a fault, so that
/// nothing that was written is ignored.
/// </summary>
public sealed class FrontMatter
{
    private const string Fence = "---";
    private const int LongestTitle = 90;
    private const int LongestSummary = 240;

    private readonly string file;
    private readonly Dictionary<string, string> values = [];

    private FrontMatter(string file) => this.file = file;

    /// <summary>What follows it: Markdown.</summary>
    public string Body { get; private set; } = "";

    /// <summary>Reads a whole file.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="text">What is in it.</param>
    /// <param name="keys">The keys it must have, these and no others.</param>
    /// <exception cref="ContentException">It is not so.</exception>
    public static FrontMatter Read(string file, string text, params IReadOnlyList<string> keys)
    {
        var front = new FrontMatter(file);
        var lines = text.ReplaceLineEndings("\n").TrimStart('\uFEFF').Split('\n');
        var end = lines[0] == Fence ? Array.IndexOf(lines, Fence, 1) : -1;
        if (end < 0)
            throw front.Fault("must begin with lines \"key: value\" between two lines of ---.");
        for (var i = 1; i < end; i++)
        {
            var parts = lines[i].Split(':', 2, StringSplitOptions.TrimEntries);
            if (parts is not [{ Length: > 0 } key, { Length: > 0 } value])
                throw front.Fault($"line {i + 1} is not \"key: value\".");
            if (!keys.Contains(key))
                throw front.Fault($"line {i + 1} has an unknown key, \"{key}\". There are: {string.Join(", ", keys)}.");
            if (!front.values.TryAdd(key, value))
                throw front.Fault($"line {i + 1} says \"{key}\" a second time.");
        }
        if (keys.FirstOrDefault(key => !front.values.ContainsKey(key)) is { } missing)
            throw front.Fault($"\"{missing}:\" is missing.");
        front.Body = string.Join('\n', lines[(end + 1)..]);
        if (string.IsNullOrWhiteSpace(front.Body))
            throw front.Fault("there is no text after the second ---.");
        return front;
    }

    public string Title => Short("title", LongestTitle);

    /// <summary>A sentence or two: what lists and the search show.</summary>
    public string Summary => Short("summary", LongestSummary);

    /// <summary>Words by which it is to be found, also those that it does not use.</summary>
    public string Keywords => values["keywords"];

    /// <summary>The day from which it is shown.</summary>
    public DateOnly Date => DateOnly.TryParseExact(values["date"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        ? date
        : throw Fault($"\"{values["date"]}\" is no date. Write it as 2026-11-24.");

    /// <summary>For whose members it is; none: for everybody (<c>toutes</c>).</summary>
    public IReadOnlyList<Caisse> Caisses => values["caisses"] == "toutes"
        ? []
        : [.. values["caisses"].Split(',', StringSplitOptions.TrimEntries).Select(slug => CaisseDirectory.Caisses.FirstOrDefault(caisse => caisse.Slug == slug)
            ?? throw Fault($"\"{slug}\" is no caisse. Write \"toutes\", or names as caisses.csv has them: alsace, lorraine."))];

    public HelpTheme Theme => HelpTheme.All.FirstOrDefault(theme => theme.Key == values["theme"])
        ?? throw Fault($"\"{values["theme"]}\" is no theme. There are: {string.Join(", ", HelpTheme.All.Select(theme => theme.Key))}.");

    private string Short(string key, int longest) =>
        values[key].Length <= longest ? values[key] : throw Fault($"\"{key}\" has {values[key].Length} characters; {longest} is the most.");

    private ContentException Fault(string message) => new(file, message);
}
