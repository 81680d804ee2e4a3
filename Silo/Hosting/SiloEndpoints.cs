using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Hosting;

/// <summary>Where the other silos and the web servers reach a silo (<c>Silo</c>).</summary>
/// <param name="Address">This machine, as the others see it.</param>
/// <param name="Port">For silos; nothing: any free one.</param>
/// <param name="GatewayPort">For web servers; nothing: any free one.</param>
internal sealed record SiloEndpoints(IPAddress Address, int? Port, int? GatewayPort)
{
    /// <exception cref="SetupException">A setting cannot be read, or the name of the host leads nowhere.</exception>
    public static SiloEndpoints Read(IConfiguration configuration)
    {
        return new(Resolve(configuration["Silo:Address"]), Number("Silo:Port"), Number("Silo:GatewayPort"));

        int? Number(string key) => configuration[key] is not { Length: > 0 } text ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= IPEndPoint.MaxPort ? port
            : throw new SetupException($"{key} must be a port, from 1 to {IPEndPoint.MaxPort}.");
    }

    private static IPAddress Resolve(string? host)
    {
        if (string.IsNullOrWhiteSpace(host))
            return IPAddress.Loopback;
        if (IPAddress.TryParse(host, out var address))
            return address;
        try
        {
            return Dns.GetHostAddresses(host).MaxBy(a => a.AddressFamily == AddressFamily.InterNetwork) ?? throw new SocketException((int)SocketError.NoData);
        }
        catch (Exception unknown) when (unknown is SocketException or ArgumentException)
        {
            throw new SetupException("Silo:Address must be an address of this machine, or a name that leads to one.");
        }
    }
}
