using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.CommandLine;

/// <summary>The commands <c>franceconnect-keys</c>, as a shell sees them.</summary>
public sealed class FranceConnectKeysTests : IDisposable
{
    private readonly TempFolder data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task Keys_are_made_told_and_forgotten()
    {
        Assert.StartsWith("There is none yet", await Done("list"), StringComparison.Ordinal);
        Assert.EndsWith("is made, and signs.\n", await Done("new"), StringComparison.Ordinal);
        Assert.Contains("is made, and signs from ", await Done("new"), StringComparison.Ordinal);
        var list = (await Done("list")).TrimEnd().Split('\n');
        Assert.EndsWith("  signs", list[0], StringComparison.Ordinal);
        Assert.Contains("  known, signs from ", list[1], StringComparison.Ordinal);
        Assert.Equal("0 keys deleted, 2 left.\n", await Done("forget")); // both are in use
        Assert.Equal("1 keys deleted, 1 left.\n", await Done("forget", "--at-once"));
        Assert.Equal([list[1].Split(' ')[0], "signs"], (await Done("list")).TrimEnd().Split(' ') is [var id, .., var stage] ? [id, stage] : []);
    }

    private async Task<string> Done(params string[] arguments)
    {
        var run = await SiloCommand.Run(data.Path, [], ["franceconnect-keys", .. arguments]);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        return run.Output;
    }
}
