using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MsaOrleans.Mail.Tests;

/// <summary>A relay that takes every letter and counts by how many connections they come. It may hang up on all of them, as a relay does that is restarted, or freeze them.</summary>
internal sealed class CountingRelay : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<TcpClient> clients = [];
    private int letters;
    private int farewells;
    private int ended;
    private int frozen;
    private int unanswered;

    public CountingRelay()
    {
        listener.Start();
        _ = Welcome();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Connections => clients.Count;

    public int Letters => letters;

    /// <summary>Connections that were ended as the protocol wants it.</summary>
    public int Farewells => farewells;

    /// <summary>Connections that are over, whoever ended them.</summary>
    public int Ended => ended;

    /// <summary>Commands that came by a frozen connection.</summary>
    public int Unanswered => unanswered;

    /// <summary>Answers no more on the connections that there are. Those that come later are served.</summary>
    public void Freeze() => frozen = Connections;

    public void HangUp()
    {
        foreach (var client in clients)
            client.Dispose();
    }

    public void Dispose()
    {
        listener.Stop();
        HangUp();
    }

    private async Task Welcome()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                clients.Enqueue(client);
                _ = Serve(client, Connections);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task Serve(TcpClient client, int order)
    {
        try
        {
            using var reader = new StreamReader(client.GetStream());
            await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
            await writer.WriteLineAsync("220 counting.example");
            while (await reader.ReadLineAsync() is { } command)
            {
                if (order <= frozen)
                {
                    Interlocked.Increment(ref unanswered);
                    continue;
                }
                if (command == "QUIT")
                    Interlocked.Increment(ref farewells);
                if (command == "DATA")
                {
                    await writer.WriteLineAsync("354 Go on");
                    while (await reader.ReadLineAsync() is not ".")
                    {
                    }
                    Interlocked.Increment(ref letters);
                }
                await writer.WriteLineAsync(command == "QUIT" ? "221 Bye" : "250 OK");
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // hung up
        }
        Interlocked.Increment(ref ended);
    }
}
