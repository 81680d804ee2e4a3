using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MsaOrleans.Testing;

/// <summary>TCP ports of the loopback address that nobody listens on.</summary>
public static class FreePort
{
    // Below what systems give to whoever connects (32768 on Linux): between now and when it is listened on, no client can get it.
    private const int First = 20_000;
    private const int End = 32_000;

    private static readonly ConcurrentDictionary<int, bool> given = [];

    /// <summary>One that this process has not been given before. By chance, since others choose at the same time.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, End);
            if (given.TryAdd(port, true) && IsFree(port))
                return port;
        }
    }

    /// <summary>The same, for a command line.</summary>
    internal static string Text() => Next().ToString(CultureInfo.InvariantCulture);

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Any, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
