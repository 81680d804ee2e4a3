using System.Text;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MsaOrleans.Grains.Dispatching;

namespace MsaOrleans.Silo.Mail;

/// <summary>Hands letters to an SMTP relay.</summary>
public sealed class SmtpTransport(LetterWriter writer, IOptions<MailOptions> options, TimeProvider clock, ILogger<SmtpTransport> log) : IMailTransport, IAsyncDisposable, IDisposable
{
    // From the first byte to the last answer: well within the minute that a worker has before another may take the letter.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SmtpOptions relay = options.Value.Smtp;
    private readonly RelayConnections connections = new(options.Value.Smtp, Patience, clock);

    public async Task<DeliveryFailure?> Send(Letter letter, CancellationToken stop)
    {
        var message = writer.Write(letter);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        RelayConnection connection;
        try
        {
            connection = await connections.Open(patience.Token);
        }
        catch (Exception broken) when (!stop.IsCancellationRequested)
        {
            // Nothing of the letter has been said yet, so the log may have all of it.
            log.LogWarning(broken, "The relay {Host}:{Port} cannot be used", relay.Host, relay.EffectivePort);
            return new DeliveryFailure(Permanent: false, OneLine($"The relay cannot be used: {Describe(broken)}", letter));
        }
        try
        {
            await connection.Client.SendAsync(message, patience.Token);
        }
        catch (Exception refused)
        {
            connection.Dispose();
            if (stop.IsCancellationRequested)
                throw;
            var failure = new DeliveryFailure(IsPermanent(refused), OneLine($"The relay did not accept the letter: {Describe(refused)}", letter));
            log.LogWarning("The relay {Host}:{Port} did not accept a letter: {Failure} {Status}", relay.Host, relay.EffectivePort, refused.GetType().Name, (refused as SmtpCommandException)?.StatusCode);
            return failure;
        }
        await connections.Keep(connection);
        return null;
    }

    public ValueTask DisposeAsync() => connections.DisposeAsync();

    public void Dispose() => connections.Dispose();

    // MailKit throws NotSupportedException when this letter needs what this relay does not offer, as an address beyond ASCII does.
    private static bool IsPermanent(Exception refused) => refused switch
    {
        SmtpCommandException answer => (int)answer.StatusCode is >= 500 and < 600
            && answer.ErrorCode is SmtpErrorCode.SenderNotAccepted or SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted,
        NotSupportedException => true,
        _ => false,
    };

    private static string Describe(Exception broken) => broken switch
    {
        SmtpCommandException answer => $"{(int)answer.StatusCode} {answer.Message}",
        OperationCanceledException => $"no answer within {Patience.TotalSeconds:0} seconds",
        _ => $"{broken.GetType().Name}: {broken.Message}",
    };

    /// <summary>A relay may quote whom a letter is for, or a link in it: the hotline needs neither.</summary>
    private static string OneLine(string reason, Letter letter)
    {
        foreach (var personal in new[] { letter.Secret, letter.To.Value, letter.RecipientName })
        {
            if (!string.IsNullOrWhiteSpace(personal))
                reason = reason.Replace(personal, "[...]", StringComparison.OrdinalIgnoreCase);
        }
        var line = new StringBuilder(reason.Length);
        foreach (var c in reason)
            line.Append(char.IsControl(c) ? ' ' : c);
        return line.Length > 300 ? line.ToString(0, 300) + "..." : line.ToString();
    }
}
