using System.Diagnostics;

namespace MsaOrleans.Testing;

/// <summary>The site as its own process: the built program on the embedded default, on a free port and its own data folder.</summary>
public sealed class SiteProcess : ServerProcess
{
    private SiteProcess(ProcessStartInfo command, string address)
        : base(command, address, "/")
    {
    }

    /// <param name="dataDirectory">Its data.</param>
    /// <param name="settings">Further settings, as <c>Mail:Smtp:Host</c>.</param>
    public static Task<SiteProcess> Start(string dataDirectory, params (string Key, string Value)[] settings) => Start(dataDirectory, FreePort.Next(), settings);

    /// <param name="dataDirectory">Its data.</param>
    /// <param name="port">Where it listens: the same again after a restart, as its visitors expect.</param>
    /// <param name="settings">Further settings, as <c>Mail:Smtp:Host</c>.</param>
    public static async Task<SiteProcess> Start(string dataDirectory, int port, params (string Key, string Value)[] settings)
    {
        var address = $"http://127.0.0.1:{port}";
        var command = new ProcessStartInfo("dotnet", [Repository.BuiltProgram("Web"), "--urls", address, "--environment", "Development", "--Data:Directory", dataDirectory, .. Unlimited.FromHere, "--WaitingRoom:Enabled=false", "--Demo:FranceConnect=false"])
        {
            WorkingDirectory = dataDirectory,
        };
        foreach (var (key, value) in settings)
            command.ArgumentList.Add($"--{key}={value}");
        var site = new SiteProcess(command, address);
        await site.Begin();
        return site;
    }
}
