using System.Text;
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

    [Fact]
    public void Every_variable_of_the_compose_file_is_in_its_example()
    {
        var explained = VariableLine().Matches(Read(".env.example")).Select(line => line.Groups[1].Value).ToHashSet();
        var used = Variable().Matches(Read("compose.yaml")).Select(use => use.Groups[1].Value).ToHashSet();
        Assert.Contains("PSEUDONYM_KEY", used);
        Assert.Empty(used.Except(explained));
    }

    [Fact]
    public void The_proxy_is_given_every_variable_of_its_configuration()
    {
        var used = ProxyVariable().Matches(Read("haproxy/haproxy.cfg")).Select(use => use.Groups[1].Value).ToHashSet();
        Assert.Equal(["MSA_PROXY", "MSA_WEB_1", "MSA_WEB_2"], used.Order(StringComparer.Ordinal));
        Assert.All(used, name => Assert.Contains($"{name}: ", Read("compose.yaml"), StringComparison.Ordinal));
        Assert.All(used, name => Assert.Contains($"{name}=", Read("README.md"), StringComparison.Ordinal));
    }

    // It is sent as it stands: browsers would cut a page that is longer than it says, and wait for the rest of a shorter one.
    [Fact]
    public void The_page_of_the_proxy_is_as_long_as_it_says()
    {
        var page = Read("haproxy/unavailable.http").ReplaceLineEndings("\n").Split("\n\n", 2);
        Assert.Contains($"Content-Length: {Encoding.UTF8.GetByteCount(page[1])}\n", page[0] + "\n", StringComparison.Ordinal);
    }

    // The help of a word that is no command is that of the whole.
    private static async Task<bool> Exists(string command)
    {
        using var help = new StringWriter();
        await MsaCommandLine.Run([command, "--help"], help, TextWriter.Null, TestContext.Current.CancellationToken);
        return Regex.IsMatch(help.ToString(), $@"Usage:\s+\S+ {command}\b");
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(deploy, file));

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

    [GeneratedRegex(@"\$\{([A-Z_]+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^#?([A-Z_]+)=", RegexOptions.Multiline)]
    private static partial Regex VariableLine();

    [GeneratedRegex(@"\$\{(MSA_[A-Z0-9_]+)\}")]
    private static partial Regex ProxyVariable();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
