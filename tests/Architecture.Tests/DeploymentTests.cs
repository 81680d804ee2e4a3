using System.Text.RegularExpressions;
using MsaOrleans.Silo.CommandLine;
using MsaOrleans.Testing;

namespace MsaOrleans.Architecture.Tests;

/// <summary>The examples of <c>deploy</c> name settings and commands that exist. Nothing else would notice when they do not.</summary>
public sealed partial class DeploymentTests
{
    private static readonly string deploy = Path.Combine(Repository.Root, "deploy");

    public static TheoryData<string> Settings => [.. Examples().SelectMany(text => Setting().Matches(text)).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    public static TheoryData<string> Commands =>
    [
        .. Examples().Append(Sources.Read("Silo/Silo.csproj"))
            .SelectMany(text => Command().Matches(text)).Select(match => match.Groups["command"].Value).Distinct().Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_setting_of_the_examples_is_documented(string setting) => Assert.Contains(setting.Replace("__", ":", StringComparison.Ordinal), Documented());

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_of_the_examples_exists(string command) => Assert.True(await Exists(command));

    [Fact]
    public async Task A_command_that_does_not_exist_is_found_out() => Assert.False(await Exists("migrat"));

    [Fact]
    public void There_are_examples_to_look_at()
    {
        Assert.Contains("Adherents__PseudonymKey", Settings.Select(row => row.Data));
        Assert.Contains("migrate", Commands.Select(row => row.Data));
    }

    // The help of a word that is no command is that of the whole.
    private static async Task<bool> Exists(string command)
    {
        using var help = new StringWriter();
        await MsaCommandLine.Run([command, "--help"], help, TextWriter.Null, TestContext.Current.CancellationToken);
        return Regex.IsMatch(help.ToString(), $@"Usage:\s+\S+ {command}\b");
    }

    private static IEnumerable<string> Examples() => Directory.EnumerateFiles(deploy, "*", SearchOption.AllDirectories).Select(File.ReadAllText);

    // First cells of the table; ":Port" after "Mail:Smtp:Host" is "Mail:Smtp:Port".
    private static HashSet<string> Documented()
    {
        var keys = new HashSet<string>();
        var last = "";
        foreach (var row in Sources.Read("docs/configuration.md").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)))
        {
            foreach (Match key in Quoted().Matches(row.Split('|')[1]))
            {
                var name = key.Groups[1].Value;
                last = name.StartsWith(':') ? last[..last.LastIndexOf(':')] + name : name;
                keys.Add(last);
            }
        }
        return keys;
    }

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+(__[A-Z][A-Za-z0-9]+)+")]
    private static partial Regex Setting();

    // "Silo.dll run" of a unit, "[migrate]" and "migrate import" of compose, the default of the image.
    [GeneratedRegex("""(Silo\.dll|\bcommand: \[|compose run .* migrate|ContainerDefaultArgs Include=") ?(?<command>[a-z]+)""")]
    private static partial Regex Command();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
