using System.Diagnostics;
using System.Globalization;

namespace MsaOrleans.Chaos;

/// <summary>
/// Two network namespaces and a bridge of this machine to which both are plugged: each reaches the machine, and the other as long as their link holds. Gone
/// when disposed.
/// </summary>
internal sealed class TwoNetworks : IDisposable
{
    // Of the range kept for measurements (RFC 2544): nobody's network.
    private const string Prefix = "198.18.77";

    private readonly string bridge;
    private readonly string[] cables;

    private TwoNetworks()
    {
        var mark = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        bridge = $"msab{mark}";
        cables = [$"msa1c{mark}", $"msa2c{mark}"];
        Names = [$"msa-silo-1-{mark}", $"msa-silo-2-{mark}"];
    }

    /// <summary>What the namespaces are called.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The address of whoever lives in each of them.</summary>
    public IReadOnlyList<string> Addresses { get; } = [$"{Prefix}.2", $"{Prefix}.3"];

    /// <summary>The address of this machine, for both.</summary>
    public string Host { get; } = $"{Prefix}.1";

    /// <exception cref="NotAllowedException">This machine does not let us.</exception>
    public static TwoNetworks Build()
    {
        var networks = new TwoNetworks();
        try
        {
            networks.Plug();
            return networks;
        }
        catch (Exception refused) when (refused is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            networks.Dispose();
            throw new NotAllowedException($"Network namespaces cannot be made here: {refused.Message} It takes root, CAP_NET_ADMIN and iproute2 (apt-get install iproute2).");
        }
    }

    /// <summary>The bridge carries nothing between the two any more, and says so to nobody; both still reach the machine.</summary>
    public void Cut() => Isolate("on");

    /// <summary>The link between the two holds again.</summary>
    public void Heal() => Isolate("off");

    public void Dispose()
    {
        // Whatever of it there is: making it may have failed half-way.
        foreach (var cable in cables)
            Ip(tolerant: true, "link", "delete", cable);
        Ip(tolerant: true, "link", "delete", bridge);
        foreach (var name in Names)
            Ip(tolerant: true, "netns", "delete", name);
    }

    private void Plug()
    {
        Ip("link", "add", bridge, "type", "bridge");
        Ip("address", "add", $"{Host}/24", "dev", bridge);
        Ip("link", "set", bridge, "up");
        for (var number = 0; number < cables.Length; number++)
        {
            var (name, cable) = (Names[number], cables[number]);
            Ip("netns", "add", name);
            Ip("link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", name);
            Ip("link", "set", cable, "master", bridge);
            Ip("link", "set", cable, "up");
            Ip("-netns", name, "address", "add", $"{Addresses[number]}/24", "dev", "eth0");
            Ip("-netns", name, "link", "set", "eth0", "up");
            Ip("-netns", name, "link", "set", "lo", "up");
        }
    }

    private void Isolate(string state)
    {
        foreach (var cable in cables)
            Ip("link", "set", "dev", cable, "type", "bridge_slave", "isolated", state);
    }

    private static void Ip(params string[] arguments) => Ip(tolerant: false, arguments);

    private static void Ip(bool tolerant, params string[] arguments)
    {
        try
        {
            using var ip = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
            var complaint = ip.StandardError.ReadToEnd().Trim();
            ip.WaitForExit();
            if (ip.ExitCode != 0 && !tolerant)
                throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {complaint}.");
        }
        catch (System.ComponentModel.Win32Exception) when (tolerant)
        {
        }
    }
}

/// <summary>What was asked for cannot be done on this machine, which says nothing about the servers.</summary>
public sealed class NotAllowedException(string message) : Exception(message);
