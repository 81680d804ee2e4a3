using System.Net;
using System.Net.Sockets;

namespace MsaOrleans.Mail.Tests;

/// <summary>A relay for one letter that hangs up as soon as it has it, or never even says good day.</summary>
internal sealed class RudeRelay : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RudeRelay(bool silent = false)
    {
        listener.Start();
        _ = Serve(silent);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public Task Connected => connected.Task;

    public void Dispose()
    {
        over.TrySetResult();
        listener.Stop();
    }

    private async Task Serve(bool silent)
    {
        using var client = await listener.AcceptTcpClientAsync();
        connected.SetResult();
        if (silent)
        {
            await over.Task;
            return;
        }
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
        await writer.WriteLineAsync("220 rude.example");
        while (await reader.ReadLineAsync() is { } command)
        {
            if (command == "DATA")
            {
                await writer.WriteLineAsync("354 Go on");
                while (await reader.ReadLineAsync() is not ".")
                {
                }
                await writer.WriteLineAsync("250 Taken");
                return;
            }
            await writer.WriteLineAsync("250 OK");
        }
    }
}
