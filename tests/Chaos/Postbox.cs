using System.Collections.Concurrent;
using System.Diagnostics;
using MimeKit;
using MsaOrleans.Testing;

namespace MsaOrleans.Chaos;

/// <summary>The mailboxes of all visitors: what the relay has accepted, each mail read once.</summary>
internal sealed class Postbox(MailFolder folder) : IDisposable
{
    private static readonly TimeSpan betweenLooks = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, ConcurrentQueue<ReceivedMail>> mails = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> read = [];
    private readonly SemaphoreSlim reading = new(1, 1);
    private long looked;

    /// <summary>Every address that a mail has come to.</summary>
    public IEnumerable<string> Addresses => mails.Keys;

    /// <summary>The mails to an address, oldest first.</summary>
    public IReadOnlyList<ReceivedMail> To(string address) => mails.TryGetValue(address, out var his) ? [.. his] : [];

    public IReadOnlyList<ReceivedMail> To(string address, string subject) => [.. To(address).Where(mail => mail.Subject == subject)];

    /// <summary>Waits for a mail.</summary>
    /// <returns>Whether it came.</returns>
    public async Task<bool> Wait(string address, string subject, CancellationToken enough)
    {
        while (To(address, subject).Count == 0)
        {
            if (enough.IsCancellationRequested)
                return false;
            await Task.Delay(betweenLooks, CancellationToken.None);
            if (Stopwatch.GetElapsedTime(looked) > betweenLooks)
                await Look();
        }
        return true;
    }

    public void Dispose() => reading.Dispose();

    /// <summary>Reads what has come since the last look.</summary>
    public async Task Look()
    {
        await reading.WaitAsync();
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder.Path, "*.eml").Where(file => !read.Contains(file)).Order(StringComparer.Ordinal).ToList())
            {
                var mail = new ReceivedMail(await MimeMessage.LoadAsync(file));
                mails.GetOrAdd(mail.To, _ => new()).Enqueue(mail);
                read.Add(file);
            }
            looked = Stopwatch.GetTimestamp();
        }
        finally
        {
            reading.Release();
        }
    }
}

/// <summary>Letters by their subjects.</summary>
internal static class Letters
{
    public const string ProvisionalPassword = "Votre mot de passe provisoire";
    public const string DepartmentCode = "Votre code confidentiel pour un autre département";
    public const string DepartmentRequested = "Votre demande d’inscription est enregistrée";
    public const string PasswordChanged = "Votre mot de passe a été modifié";
}
