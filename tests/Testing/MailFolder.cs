using MimeKit;

namespace MsaOrleans.Testing;

/// <summary>A folder in which mails arrive as <c>.eml</c> files, oldest first.</summary>
public sealed class MailFolder(string path)
{
    public string Path { get; } = path;

    /// <summary>What has arrived so far.</summary>
    public IReadOnlyList<ReceivedMail> All => Directory.Exists(Path)
        ? [.. Directory.EnumerateFiles(Path, "*.eml").Order(StringComparer.Ordinal).Select(file => new ReceivedMail(MimeMessage.Load(file)))]
        : [];

    /// <summary>Waits for mails to an address and gives them all.</summary>
    /// <param name="address">Whom they are for.</param>
    /// <param name="count">How many there must be.</param>
    /// <param name="patience">How long to wait; 30 seconds when nothing is given.</param>
    /// <param name="stop">The test is over.</param>
    /// <exception cref="TimeoutException">There are fewer.</exception>
    public Task<IReadOnlyList<ReceivedMail>> To(string address, int count, TimeSpan? patience = null, CancellationToken stop = default) =>
        Wait(mail => string.Equals(mail.To, address, StringComparison.OrdinalIgnoreCase), count, $"{count} mails to {address}", patience, stop);

    /// <summary>Waits for the first mail to an address.</summary>
    public async Task<ReceivedMail> To(string address, TimeSpan? patience = null, CancellationToken stop = default) =>
        (await To(address, 1, patience, stop))[0];

    /// <summary>Waits for the first mail to an address that has this subject.</summary>
    public async Task<ReceivedMail> To(string address, string subject, CancellationToken stop = default) =>
        (await Wait(mail => string.Equals(mail.To, address, StringComparison.OrdinalIgnoreCase) && mail.Subject == subject, 1, $"the mail \"{subject}\" to {address}", patience: null, stop))[0];

    /// <summary>Waits for the first mail of all.</summary>
    public async Task<ReceivedMail> First(TimeSpan? patience = null, CancellationToken stop = default) =>
        (await Wait(_ => true, 1, "a mail", patience, stop))[0];

    private Task<IReadOnlyList<ReceivedMail>> Wait(Func<ReceivedMail, bool> wanted, int count, string what, TimeSpan? patience, CancellationToken stop) =>
        Waiting.For<IReadOnlyList<ReceivedMail>>(
            () => Task.FromResult<IReadOnlyList<ReceivedMail>?>(All.Where(wanted).ToList() is var mails && mails.Count >= count ? mails : null),
            () => $"{what}; there are {All.Count} in all",
            patience,
            stop);
}
