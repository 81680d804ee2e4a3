using Microsoft.Extensions.Options;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Silo.Mail;
using MsaOrleans.Testing;

namespace MsaOrleans.Mail.Tests;

public sealed class PickupTransportTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Letters_become_files_that_sort_by_time()
    {
        var stop = TestContext.Current.CancellationToken;
        var transport = Into(folder["mails"]);

        for (var i = 0; i < 20; i++)
            Assert.Null(await transport.Send(Letters.Of(LetterKind.EmailChanged, name: $"LAMY {i:00}"), stop));

        var names = new MailFolder(folder["mails"]).All.Select(mail => mail.Message.To.Mailboxes.Single().Name);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"LAMY {i:00}"), names);
    }

    [Fact]
    public async Task A_file_is_whole_as_soon_as_it_is_there()
    {
        var stop = TestContext.Current.CancellationToken;
        var transport = Into(folder["mails"]);

        var sending = Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => transport.Send(Letters.Of(LetterKind.ProvisionalPassword), stop), stop)));
        while (!sending.IsCompleted)
        {
            foreach (var mail in new MailFolder(folder["mails"]).All)
                Assert.Equal(Letters.Secret, mail.ProvisionalPassword);
        }

        Assert.All(await sending, Assert.Null);
        var files = Directory.GetFiles(folder["mails"]);
        Assert.Equal(100, files.Length);
        Assert.All(files, file => Assert.EndsWith(".eml", file, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_tried_again()
    {
        await File.WriteAllTextAsync(folder["mails"], "a file, not a folder", TestContext.Current.CancellationToken);

        var failure = await Into(folder["mails"]).Send(Letters.Of(LetterKind.EmailChanged), TestContext.Current.CancellationToken);

        Assert.False(failure!.Permanent);
    }

    private static PickupTransport Into(string path) =>
        new(Letters.Writer, Options.Create(new MailOptions { PickupDirectory = path }), Letters.Clock);
}
