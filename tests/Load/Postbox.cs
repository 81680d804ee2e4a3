using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using MimeKit;
using MsaOrleans.Testing;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;
using IMessageTransaction = SmtpServer.IMessageTransaction;
using ISessionContext = SmtpServer.ISessionContext;
using Listener = SmtpServer.SmtpServer;
using ListenerOptions = SmtpServer.SmtpServerOptionsBuilder;

namespace MsaOrleans.Load;

/// <summary>The visitors' mailboxes: an SMTP server to which the site sends their letters.</summary>
internal sealed class Postbox : IAsyncDisposable
{
    private readonly Listener listener;
    private readonly Task listening;
    private readonly ConcurrentDictionary<string, Mailbox> boxes = new(StringComparer.OrdinalIgnoreCase);

    private Postbox(IPEndPoint endpoint, Func<ReceivedMail, string> secretOf)
    {
        var services = new ServiceProvider();
        services.Add(new Store(this, secretOf));
        listener = new(new ListenerOptions().ServerName("localhost").Endpoint(at => at.Endpoint(endpoint)).Build(), services);
        listening = listener.StartAsync(CancellationToken.None);
    }

    /// <summary>Listens from now on.</summary>
    /// <param name="endpoint">Where.</param>
    /// <param name="secretOf">What is kept of a mail; nothing: what our letters tell in secret.</param>
    /// <exception cref="InvalidOperationException">Somebody else does so there.</exception>
    public static async Task<Postbox> Open(IPEndPoint endpoint, Func<ReceivedMail, string>? secretOf = null)
    {
        var postbox = new Postbox(endpoint, secretOf ?? Letters.SecretOf);
        if (postbox.listening.IsFaulted)
        {
            try
            {
                await postbox.listening;
            }
            catch (Exception taken)
            {
                throw new InvalidOperationException($"The mail server cannot listen at {endpoint}: {taken.Message}", taken);
            }
        }
        return postbox;
    }

    /// <summary>Those that came with this subject to this address, the last one first.</summary>
    public IReadOnlyList<string> SecretsTo(string address, string subject) => [.. BoxOf(address).All.Where(mail => mail.Subject == subject).Select(mail => mail.Secret).Reverse()];

    /// <summary>Waits for a letter.</summary>
    /// <returns>How long ago it came; nothing when it has not come in that time.</returns>
    public async Task<TimeSpan?> Wait(string address, string subject, TimeSpan longest, CancellationToken stop)
    {
        try
        {
            return Stopwatch.GetElapsedTime(await BoxOf(address).First(subject).WaitAsync(longest, stop));
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Shutdown();
        await listener.ShutdownTask;
    }

    private Mailbox BoxOf(string address) => boxes.GetOrAdd(address, _ => new());

    private sealed record Mail(string Subject, string Secret);

    private sealed class Mailbox
    {
        private readonly ConcurrentQueue<Mail> mails = new();
        private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> firsts = new();

        public IEnumerable<Mail> All => mails;

        public Task<long> First(string subject) => Promise(subject).Task;

        public void Add(Mail mail)
        {
            mails.Enqueue(mail);
            Promise(mail.Subject).TrySetResult(Stopwatch.GetTimestamp());
        }

        private TaskCompletionSource<long> Promise(string subject) => firsts.GetOrAdd(subject, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    private sealed class Store(Postbox postbox, Func<ReceivedMail, string> secretOf) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            using var bytes = new MemoryStream(buffer.ToArray(), writable: false);
            var mail = new ReceivedMail(await MimeMessage.LoadAsync(bytes, cancellationToken));
            postbox.BoxOf(mail.To).Add(new(mail.Subject, secretOf(mail)));
            return SmtpResponse.Ok;
        }
    }
}

/// <summary>Letters by their subjects.</summary>
internal static class Letters
{
    public const string ProvisionalPassword = "Votre mot de passe provisoire";
    public const string DepartmentCode = "Votre code confidentiel pour un autre département";

    public static string SecretOf(ReceivedMail mail) => mail.Subject is ProvisionalPassword or DepartmentCode ? mail.ProvisionalPassword : "";
}
