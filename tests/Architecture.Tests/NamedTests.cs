using System.Text.RegularExpressions;
using MsaOrleans.Testing;

namespace MsaOrleans.Architecture.Tests;

/// <summary>
/// The tests that a document names in backquotes: <c>Sentences_like_this</c>, behind their class where that is not plain, <c>…</c> for the rest of a sentence.
/// A class is <c>[SignInTests]</c>, or <c>[Pages AccountTests]</c> where two have one name, a link to its file, and holds for the tests that follow it in the same cell.
/// </summary>
internal sealed partial class NamedTests(IEnumerable<(string Path, string Text)> sources)
{
    private readonly ILookup<string, string> tests = sources
        .SelectMany(source => Test().Matches(source.Text).Select(test => (Class: Path.GetFileNameWithoutExtension(source.Path), Name: test.Groups[1].Value)))
        .ToLookup(test => test.Class, test => test.Name, StringComparer.Ordinal);

    public static NamedTests OfThisProject { get; } = new(Sources.Under("tests"));

    /// <returns>What is no test, and links that lead to no file.</returns>
    public IEnumerable<string> MissingFrom(string document) => Read(document).Where(named => !Exists(named)).Select(named => $"{named.Class}.{named.Name}")
        .Concat(Links(document).Where(link => !File.Exists(Path.Combine(Repository.Root, "docs", link))));

    /// <summary>How many tests a document names.</summary>
    public static int CountIn(string document) => Read(document).Distinct().Count();

    private bool Exists((string? Class, string Name) named)
    {
        var among = named.Class is { Length: > 0 } of ? tests[of] : tests.SelectMany(all => all);
        return named.Name.EndsWith('…')
            ? among.Any(test => test.StartsWith(named.Name[..^1], StringComparison.Ordinal))
            : among.Contains(named.Name, StringComparer.Ordinal);
    }

    private static IEnumerable<(string? Class, string Name)> Read(string document)
    {
        foreach (var cell in document.Split('\n').SelectMany(line => line.Split('|')))
        {
            string? last = null;
            foreach (Match word in ClassOrName().Matches(cell))
            {
                if (word.Groups["link"] is { Success: true } link)
                    last = link.Value;
                else
                    yield return (word.Groups["class"] is { Success: true } its ? its.Value : last, word.Groups["name"].Value);
            }
        }
    }

    private static IEnumerable<string> Links(string document) => FileLink().Matches(document).Select(link => link.Groups[1].Value.Split('#')[0]).Where(link => link.Length > 0);

    [GeneratedRegex(@"\[(?:Fact|Theory|Property)\b(?:(?!\[(?:Fact|Theory|Property)\b)[\s\S])*?\bpublic (?:static )?(?:async )?(?:void|bool|Property|Task|ValueTask) (\w+)\(")]
    private static partial Regex Test();

    [GeneratedRegex(@"\[(?:\w+ )?(?<link>\w+Tests)\]|`…?(?:(?<class>\w+Tests)\.)?(?<name>…?[A-Z]\w*_\w+…?)`")]
    private static partial Regex ClassOrName();

    [GeneratedRegex(@"(?:\]\(|^\[[^\]]+\]: )(?!https?:)([^)\s]+)", RegexOptions.Multiline)]
    private static partial Regex FileLink();
}
