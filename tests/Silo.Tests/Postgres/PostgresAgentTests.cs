using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Silo.Tests.CommandLine;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.Postgres;

/// <summary>The commands <c>agent</c> on PostgreSQL, while a silo and a web server are at work.</summary>
public sealed class PostgresAgentTests : IAsyncLifetime
{
    private readonly TempFolder files = new();
    private readonly Dictionary<string, string> settings = [];

    public async ValueTask InitializeAsync()
    {
        settings[PostgresDatabase.Setting] = await PostgresInstallation.NewDatabase();
        settings[KeyRing.PseudonymSetting] = PostgresInstallation.PseudonymKey;
        settings["Mail:PickupDirectory"] = files["mails"];
        settings["Site:PublicUrl"] = "http://127.0.0.1";
    }

    public async ValueTask DisposeAsync()
    {
        await (await PostgresServer.Shared()).Drop(settings[PostgresDatabase.Setting]);
        files.Dispose();
    }

    [Fact]
    public async Task An_agent_who_is_signed_in_is_out_when_he_is_removed()
    {
        var without = await Silo("agent", "remove", "marie.durand");
        Assert.Equal((2, "", "No silo answers: start one, with Silo -- run, then try again.\n"), (without.ExitCode, without.Output, without.Errors));

        await using var silo = await SiloProcess.Start(settings);
        await using var web = await WebProcess.Start(settings);
        var password = AgentTests.Told(await Done("agent", "add", "marie.durand", "--name", "Marie Durand"), "marie.durand");
        Assert.Equal("marie.durand\tagent\tMarie Durand\thas not signed in yet\n", await Done("agent", "list"));

        using var browser = new Browser(web.Address);
        await browser.Open("/assistance");
        await browser.Send(("Login", "marie.durand"), ("Password", password));
        var telephone = TotpSecret.Parse(browser.Page.QuerySelector("[data-secret]")!.GetAttribute("data-secret")!);
        await browser.Send(("Code", telephone.CodeAt(DateTimeOffset.UtcNow)));
        await browser.Send(("NewPassword", Journeys.GoodPassword), ("ConfirmPassword", Journeys.GoodPassword));
        Assert.Equal((200, "/assistance"), (browser.Status, browser.Path));
        Assert.Equal("marie.durand\tagent\tMarie Durand\tin use\n", await Done("agent", "list"));

        Assert.Equal("The agent marie.durand is removed.\n", await Done("agent", "remove", "marie.durand"));
        await browser.Open("/assistance");
        Assert.Equal("/assistance/connexion", browser.Path);
        Assert.Equal("", await Done("agent", "list"));
    }

    private Task<SiloCommand> Silo(params string[] arguments) => SiloCommand.Run("/dev/null/nowhere", settings.Select(setting => (setting.Key, setting.Value)), arguments);

    private async Task<string> Done(params string[] arguments)
    {
        var run = await Silo(arguments);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        return run.Output;
    }
}
