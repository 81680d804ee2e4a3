using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MsaOrleans.Testing;

/// <summary>TCP ports of the loopback address that nobody listens on.</summary>
public static class FreePort
{
    /// <summary>One that the system has just given and taken back: soon used, it is free; long kept, it may not be.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The same, for a command line.</summary>
    internal static string Text() => Next().ToString(CultureInfo.InvariantCulture);
}
