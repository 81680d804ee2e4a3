using MsaOrleans.Silo.Hosting;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.CommandLine;

/// <summary>The commands <c>agent</c> on a data folder, and what becomes of agents when its keys change.</summary>
public sealed class AgentTests : IDisposable
{
    private readonly TempFolder files = new();
    private readonly DataDirectory data;

    public AgentTests() => data = DataDirectory.Open(files["data"]);

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Agents_are_added_listed_reset_and_removed()
    {
        Assert.Equal("", await Done("agent", "list"));
        var password = Told(await Done("agent", "add", "Marie.Durand", "--name", " Marie Durand "), "marie.durand");
        Told(await Done("agent", "add", "jean-luc.petit", "--name", "Jean-Luc Petit", "--supervisor"), "jean-luc.petit");
        Assert.Equal(
            "jean-luc.petit\tsupervisor\tJean-Luc Petit\thas not signed in yet\nmarie.durand\tagent\tMarie Durand\thas not signed in yet\n",
            await Done("agent", "list"));
        Assert.Equal("There is an agent marie.durand already. Nothing was changed.\n", await Refused("agent", "add", "marie.durand", "--name", "Une autre"));

        Assert.NotEqual(password, Told(await Done("agent", "reset", "marie.durand"), "marie.durand"));
        Assert.Equal("The agent jean-luc.petit is removed.\n", await Done("agent", "remove", "jean-luc.petit"));
        Assert.Equal("There is no agent jean-luc.petit. Nothing was changed.\n", await Refused("agent", "remove", "jean-luc.petit"));
        Assert.Equal("There is no agent jean-luc.petit. Nothing was changed.\n", await Refused("agent", "reset", "jean-luc.petit"));
        Assert.Equal("marie.durand\tagent\tMarie Durand\thas not signed in yet\n", await Done("agent", "list"));

        // They say nothing of themselves in the database, and outlive every key.
        Assert.DoesNotContain("Durand", System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(data.Database, TestContext.Current.CancellationToken)), StringComparison.OrdinalIgnoreCase);
        await Done("keys", "new");
        // One agent, and what was done to him and the other on the record.
        Assert.Contains("5 rows, 5 sealed again, 0 that cannot be opened", await Done("keys", "reseal"), StringComparison.Ordinal);
        Assert.Contains("5 rows, 0 sealed again, 0 that cannot be opened", await Done("keys", "reseal"), StringComparison.Ordinal);
        Assert.StartsWith("Adherents moved: 0. ", await Done("keys", "change-pseudonym", "--new-key", files.Holding("next.key", Convert.ToBase64String(new byte[32]))), StringComparison.Ordinal);
        Assert.Equal("marie.durand\tagent\tMarie Durand\thas not signed in yet\n", await Done("agent", "list"));
        Told(await Done("agent", "reset", "marie.durand"), "marie.durand");

        // The sweep does not take them for adherents with something due.
        Assert.StartsWith("Adherents woken: 0. Letters queued: 0. Adherents out of reach: 0.\n", await Done("redispatch"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A login has", "add", "marie durand", "--name", "Marie")]
    [InlineData("A login has", "remove", "<b>")]
    [InlineData("A name has", "add", "marie.durand", "--name", " ")]
    [InlineData("Option '--name' is required", "add", "marie.durand")]
    public async Task What_cannot_be_is_refused_in_a_sentence(string sentence, params string[] arguments) =>
        Assert.StartsWith(sentence, await Refused(["agent", .. arguments]), StringComparison.Ordinal);

    [Fact]
    public async Task Beside_a_running_site_nothing_is_done()
    {
        using var site = data.Occupy();
        Assert.StartsWith("Another process", await Refused("agent", "list"), StringComparison.Ordinal);
        Assert.StartsWith("Another process", await Refused("agent", "add", "marie.durand", "--name", "Marie Durand"), StringComparison.Ordinal);
    }

    /// <summary>The provisional password that was printed.</summary>
    internal static string Told(string output, string login)
    {
        var lines = output.TrimEnd().Split('\n');
        Assert.Equal([$"Provisional password of {login}, told this once, to be changed at the first sign-in at /assistance:", lines[^1]], lines);
        Assert.Matches("^[a-zA-Z2-9]{4}-[a-zA-Z2-9]{4}-[a-zA-Z2-9]{4}$", lines[1]);
        return lines[1];
    }

    private async Task<string> Done(params string[] arguments)
    {
        var run = await SiloCommand.Run(data.Path, [], arguments);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        return run.Output;
    }

    private async Task<string> Refused(params string[] arguments)
    {
        var run = await SiloCommand.Run(data.Path, [], arguments);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        return run.Errors;
    }
}
