using System.Text.RegularExpressions;

namespace MsaOrleans.Architecture.Tests;

/// <summary>Words that may not stand in some sources. Comments and texts do not count.</summary>
/// <param name="Rule">What the rule says.</param>
/// <param name="Applies">To which files, by their path from the root.</param>
/// <param name="Forbidden">What may not stand in them.</param>
internal sealed partial record SourceRule(string Rule, Func<string, bool> Applies, Regex Forbidden)
{
    /// <summary>The embedded silo is started in one folder; everything else in the web knows interfaces only.</summary>
    public static SourceRule TheWebKnowsInterfacesOnly { get; } = new(
        "only Web/Hosting may name the silo or the grains",
        path => path.StartsWith("Web/", StringComparison.Ordinal) && !path.StartsWith("Web/Hosting/", StringComparison.Ordinal),
        SiloOrGrains());

    /// <summary>Rules are told the time and everything else that they need.</summary>
    public static SourceRule RulesAreToldTheTime { get; } = new(
        "rules have no clock of their own and reach nothing outside",
        path => path.StartsWith("Grains/Domain/", StringComparison.Ordinal),
        ClockOrWorld());

    /// <summary>A test that waits is slow or fails on a slow machine, or both.</summary>
    public static SourceRule TestsDoNotSleep { get; } = new(
        "tests do not sleep",
        // Waiting for another process is done in one place; benchmarks let the server come to rest, the chaos has visitors who are patient, and those of load tests think.
        path => path.StartsWith("tests/", StringComparison.Ordinal) && path != "tests/Testing/Waiting.cs"
            && !path.StartsWith("tests/Benchmarks/", StringComparison.Ordinal) && !path.StartsWith("tests/Chaos/", StringComparison.Ordinal)
            && !path.StartsWith("tests/Load/", StringComparison.Ordinal),
        Sleep());

    /// <summary>What lets anybody be anybody is started in one place, where the demonstration is.</summary>
    public static SourceRule TheStandInStaysWithTheDemonstration { get; } = new(
        "only the demonstration may name the stand-in of FranceConnect",
        path => path.StartsWith("Web/", StringComparison.Ordinal) && !path.StartsWith("Web/Demo/StandIn/", StringComparison.Ordinal) && !path.StartsWith("Web/Hosting/Demo", StringComparison.Ordinal),
        StandIn());

    /// <summary>Nobody is sent to an address that somebody else has chosen: whoever comes back, by what the framework checks to be of this site.</summary>
    public static SourceRule AnswersStayOnThisSite { get; } = new(
        "answers lead to pages, by RedirectToPage or LocalRedirect",
        // By FranceConnect, and what stands in for it, one goes to another site and comes back from there; the line leads to its own beginning.
        path => path.StartsWith("Web/", StringComparison.Ordinal) && !path.Contains("/FranceConnect/", StringComparison.Ordinal) && !path.StartsWith("Web/Demo/StandIn/", StringComparison.Ordinal) && path != "Web/Arrivals/WaitingRoomMiddleware.cs",
        ForeignRedirect());

    public IEnumerable<string> OffencesIn(IEnumerable<(string Path, string Text)> sources) =>
        from source in sources
        where Applies(source.Path)
        from match in Forbidden.Matches(WithoutCommentsAndTexts(source.Text))
        select $"{source.Path}: {match.Value} ({Rule})";

    private static string WithoutCommentsAndTexts(string source) => CommentsAndTexts().Replace(source, m => m.Value.StartsWith('/') ? " " : "\"\"");

    [GeneratedRegex(@"\bMsaOrleans\.(Silo\b|Grains\b(?!\.Interfaces\b))(\.\w+)*")]
    private static partial Regex SiloOrGrains();

    [GeneratedRegex(@"\bStandIn\w*")]
    private static partial Regex StandIn();

    [GeneratedRegex(@"\b(DateTime(Offset)?\.(Utc)?(Now|Today)|TimeProvider|Stopwatch|Environment|File(Info|Stream)?|Directory(Info)?|HttpClient|Socket|Console|Task|async|await)\b")]
    private static partial Regex ClockOrWorld();

    [GeneratedRegex(@"\b(Thread\.Sleep|Task\.Delay|SpinWait|PeriodicTimer)\b")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"\b(Permanent)?(Redirect|RedirectResult|RedirectPreserveMethod|RedirectPermanent)\(|\bHeaders\.Location\b")]
    private static partial Regex ForeignRedirect();

    [GeneratedRegex("""(?s)//[^\n]*|/\*.*?\*/|@?\$*\"{3,}.*?\"{3,}|(?<!')\"(\\.|[^"\\\n])*\"(?!')""")]
    private static partial Regex CommentsAndTexts();
}
