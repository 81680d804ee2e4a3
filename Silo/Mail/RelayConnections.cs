using System.Collections.Concurrent;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace MsaOrleans.Silo.Mail;

/// <summary>
/// Connections to the relay. One that has just been used is kept open for the next letter: of a burst every worker keeps one, and no letter pays for greeting,
/// encryption and password. Whether the relay is still there is asked before the letter, of which it has then heard nothing.
/// </summary>
internal sealed class RelayConnections : IAsyncDisposable, IDisposable
{
    /// <summary>Relays close what has been silent for minutes; ours go well before.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);

    // Relays count the letters of a connection, and get suspicious.
    private const int MostLetters = 50;

    // With a relay that has nothing to do but answer: one that is slower is left alone.
    private static readonly TimeSpan patienceForCourtesies = TimeSpan.FromSeconds(2);

    private readonly ConcurrentStack<RelayConnection> idle = [];
    private readonly SmtpOptions relay;
    private readonly TimeSpan patience;
    private readonly TimeProvider clock;
    private readonly ITimer caretaker;

    public RelayConnections(SmtpOptions relay, TimeSpan patience, TimeProvider clock)
    {
        (this.relay, this.patience, this.clock) = (relay, patience, clock);
        caretaker = clock.CreateTimer(_ => _ = CloseOld(), null, Kept, Kept);
    }

    private SecureSocketOptions Protection => relay.EffectiveSecurity switch
    {
        SmtpSecurity.None => SecureSocketOptions.None,
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
    };

    /// <exception cref="Exception">What MailKit, the network or time says of a relay that cannot be used.</exception>
    public async Task<RelayConnection> Open(CancellationToken stop)
    {
        if (await OpenKept(stop) is { } kept)
            return kept;
        var client = new SmtpClient { Timeout = (int)patience.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(relay.Host!, relay.EffectivePort, Protection, stop);
            if (!string.IsNullOrEmpty(relay.User))
                await client.AuthenticateAsync(relay.User, relay.Password ?? "", stop);
            return new(client);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>The relay has taken a letter: it may have the next one by the same connection.</summary>
    public async Task Keep(RelayConnection used)
    {
        used.Letters++;
        used.UsedAt = clock.GetTimestamp();
        if (used.Letters < MostLetters)
            idle.Push(used);
        else
            await SayGoodbye(used);
    }

    public async ValueTask DisposeAsync()
    {
        await caretaker.DisposeAsync();
        while (idle.TryPop(out var kept))
            await SayGoodbye(kept);
    }

    /// <summary>In a hurry: without a farewell.</summary>
    public void Dispose()
    {
        caretaker.Dispose();
        while (idle.TryPop(out var kept))
            kept.Dispose();
    }

    // One patience for all that are asked: a relay that has frozen has frozen all of them, and the letter has only so much time.
    private async Task<RelayConnection?> OpenKept(CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(patienceForCourtesies, clock);
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        while (!asking.IsCancellationRequested && idle.TryPop(out var kept))
        {
            try
            {
                await kept.Client.NoOpAsync(asking.Token);
                return kept;
            }
            catch (Exception)
            {
                kept.Dispose(); // gone, frozen, or not waited for
            }
        }
        return null;
    }

    private async Task CloseOld()
    {
        List<RelayConnection> young = [], old = [];
        while (idle.TryPop(out var kept))
            (clock.GetElapsedTime(kept.UsedAt) < Kept ? young : old).Add(kept);
        idle.PushRange([.. Enumerable.Reverse(young)]); // first: letters want them, and farewells take their time
        foreach (var kept in old)
            await SayGoodbye(kept);
    }

    // Its letters have left: a relay that dies before the last courtesy changes nothing.
    private async Task SayGoodbye(RelayConnection connection)
    {
        using var patience = new CancellationTokenSource(patienceForCourtesies, clock);
        try
        {
            await connection.Client.DisconnectAsync(quit: true, patience.Token);
        }
        catch (Exception)
        {
            // It is closed either way.
        }
        connection.Dispose();
    }
}

/// <summary>One connection, in the hands of one letter at a time.</summary>
internal sealed class RelayConnection(SmtpClient client) : IDisposable
{
    public SmtpClient Client => client;

    public int Letters { get; set; }

    public long UsedAt { get; set; }

    public void Dispose() => client.Dispose();
}
