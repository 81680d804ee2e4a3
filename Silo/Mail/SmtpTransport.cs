using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MsaOrleans.Grains.Dispatching;

namespace MsaOrleans.Silo.Mail;

/// <summary>Hands letters to an SMTP relay, one connection each.</summary>
public sealed class SmtpTransport(LetterWriter writer, IOptions<MailOptions> options, ILogger<SmtpTransport> log) : IMailTransport
{
    // From the first byte to the last answer: well within the minute that a worker has before another may take the letter.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PatienceForGoodbye = TimeSpan.FromSeconds(2);

    private readonly SmtpOptions relay = options.Value.Smtp;

    public async Task<DeliveryFailure?> Send(Letter letter, CancellationToken stop)
    {
        var message = writer.Write(letter);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(relay.Host!, relay.EffectivePort, Protection, patience.Token);
            if (!string.IsNullOrEmpty(relay.User))
                await client.AuthenticateAsync(relay.User, relay.Password ?? "", patience.Token);
        }
        catch (Exception broken) when (!stop.IsCancellationRequested)
        {
            // Nothing of the letter has been said yet, so the log may have all of it.
            log.LogWarning(broken, "The relay {Host}:{Port} cannot be used", relay.Host, relay.EffectivePort);
            return new DeliveryFailure(Permanent: false, OneLine($"The relay cannot be used: {Describe(broken)}", letter));
        }
        try
        {
            await client.SendAsync(message, patience.Token);
        }
        catch (Exception refused) when (!stop.IsCancellationRequested)
        {
            var failure = new DeliveryFailure(IsPermanent(refused), OneLine($"The relay did not accept the letter: {Describe(refused)}", letter));
            log.LogWarning("The relay {Host}:{Port} did not accept a letter: {Failure} {Status}", relay.Host, relay.EffectivePort, refused.GetType().Name, (refused as SmtpCommandException)?.StatusCode);
            return failure;
        }
        await SayGoodbye(client);
        return null;
    }

    private SecureSocketOptions Protection => relay.EffectiveSecurity switch
    {
        SmtpSecurity.None => SecureSocketOptions.None,
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
    };

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

    // The letter has left: a relay that dies before the last courtesy changes nothing.
    private async Task SayGoodbye(SmtpClient client)
    {
        using var patience = new CancellationTokenSource(PatienceForGoodbye);
        try
        {
            await client.DisconnectAsync(quit: true, patience.Token);
        }
        catch (Exception rude)
        {
            log.LogDebug(rude, "The relay {Host}:{Port} did not say goodbye", relay.Host, relay.EffectivePort);
        }
    }
}
