using System.Diagnostics;

namespace MsaOrleans.Testing;

/// <summary>One silo of a cluster as its own process.</summary>
public sealed class SiloProcess : ServerProcess
{
    private SiloProcess(ProcessStartInfo command, string address)
        : base(command, address, ClusterCommand.Ready)
    {
    }

    /// <summary>Starts one, ready when this returns.</summary>
    /// <param name="settings">All that the cluster shares, as <c>ConnectionStrings:Msa</c>.</param>
    /// <param name="host">The address of its machine.</param>
    /// <param name="network">The network namespace it lives in; nothing: ours.</param>
    /// <param name="version">The folder of another version of the project, built; nothing: this one.</param>
    public static async Task<SiloProcess> Start(IReadOnlyDictionary<string, string> settings, string host = "127.0.0.1", string? network = null, string? version = null)
    {
        var address = $"http://{host}:{FreePort.Next()}";
        string[] own = ["run", "--urls", address, "--Silo:Address", host, "--Silo:Port", FreePort.Text(), "--Silo:GatewayPort", FreePort.Text()];
        var silo = new SiloProcess(ClusterCommand.For("Silo", own, settings, network, version), address);
        await silo.Begin();
        return silo;
    }
}

/// <summary>One web server of a cluster as its own process.</summary>
public sealed class WebProcess : ServerProcess
{
    private WebProcess(ProcessStartInfo command, string address)
        : base(command, address, ClusterCommand.Ready)
    {
    }

    /// <summary>Starts one, ready when this returns: a silo must be there.</summary>
    /// <param name="settings">All that the cluster shares, as <c>ConnectionStrings:Msa</c>.</param>
    /// <param name="version">The folder of another version of the project, built; nothing: this one.</param>
    public static async Task<WebProcess> Start(IReadOnlyDictionary<string, string> settings, string? version = null)
    {
        var address = $"http://127.0.0.1:{FreePort.Next()}";
        var web = new WebProcess(ClusterCommand.For("Web", ["--urls", address, "--environment", "Production", .. Unlimited.FromHere], settings, network: null, version), address);
        await web.Begin();
        return web;
    }
}

/// <summary>A command of <c>Silo</c> that does its work and ends.</summary>
public static class SiloProgram
{
    /// <returns>What it has said.</returns>
    /// <exception cref="InvalidOperationException">It did not end well.</exception>
    public static Task<string> Run(IReadOnlyDictionary<string, string> settings, string[] arguments, CancellationToken stop = default) => Run(settings, arguments, version: null, stop);

    /// <param name="settings">All that the cluster shares, as <c>ConnectionStrings:Msa</c>.</param>
    /// <param name="arguments">The command and what it takes.</param>
    /// <param name="version">The folder of another version of the project, built; nothing: this one.</param>
    /// <param name="stop">It is not wanted any more.</param>
    /// <inheritdoc cref="Run(IReadOnlyDictionary{string, string}, string[], CancellationToken)"/>
    public static async Task<string> Run(IReadOnlyDictionary<string, string> settings, string[] arguments, string? version, CancellationToken stop = default)
    {
        var command = ClusterCommand.For("Silo", arguments, settings, version: version);
        command.RedirectStandardOutput = true;
        command.RedirectStandardError = true;
        using var silo = Process.Start(command)!;
        var said = silo.StandardOutput.ReadToEndAsync(stop);
        var complained = silo.StandardError.ReadToEndAsync(stop);
        await silo.WaitForExitAsync(stop);
        var output = await said + await complained;
        return silo.ExitCode == 0 ? output : throw new InvalidOperationException($"Silo {arguments[0]} ended with {silo.ExitCode}: {output}");
    }
}

internal static class ClusterCommand
{
    public const string Ready = "/sante/pret";

    // Settings travel as environment variables: some are secrets, and a command line can be read by everybody.
    public static ProcessStartInfo For(string program, string[] arguments, IReadOnlyDictionary<string, string> settings, string? network = null, string? version = null)
    {
        string[] dotnet = ["dotnet", Repository.BuiltProgram(program, version), .. arguments];
        string[] all = network is null ? dotnet : ["ip", "netns", "exec", network, .. dotnet];
        var command = new ProcessStartInfo(all[0], all[1..]) { WorkingDirectory = Path.GetTempPath() };
        command.Environment["WaitingRoom__Enabled"] = "false"; // tests come all at once
        foreach (var (key, value) in settings)
            command.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return command;
    }
}
