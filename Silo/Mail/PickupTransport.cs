using System.Globalization;
using Microsoft.Extensions.Options;
using MimeKit;
using MsaOrleans.Grains.Dispatching;

namespace MsaOrleans.Silo.Mail;

/// <summary>
/// Leaves letters as <c>.eml</c> files in a folder. A file appears whole or not at all, under a name that sorts by time and is never used twice.
/// </summary>
public sealed class PickupTransport(LetterWriter writer, IOptions<MailOptions> options, TimeProvider clock) : IMailTransport
{
    private static readonly FormatOptions Format = Crlf();

    private readonly string folder = options.Value.PickupDirectory
        ?? throw new InvalidOperationException($"Neither {MailOptions.Section}:Smtp:Host nor {MailOptions.Section}:PickupDirectory is set.");

    private int sequence;

    public async Task<DeliveryFailure?> Send(Letter letter, CancellationToken stop)
    {
        var message = writer.Write(letter);
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"{clock.GetUtcNow():yyyyMMdd'T'HHmmssfffffff}Z-{Interlocked.Increment(ref sequence):D8}-{Guid.NewGuid():N}");
        var unfinished = Path.Combine(folder, $".{name}.tmp");
        try
        {
            Directory.CreateDirectory(folder);
            await using (var file = new FileStream(unfinished, ForTheOwnerAndHisGroup()))
            {
                await message.WriteToAsync(Format, file, stop);
                file.Flush(flushToDisk: true);
            }
            File.Move(unfinished, Path.Combine(folder, $"{name}.eml"));
            return null;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return new DeliveryFailure(Permanent: false, $"The pickup directory cannot be written: {broken.GetType().Name}");
        }
        finally
        {
            if (File.Exists(unfinished))
                File.Delete(unfinished);
        }
    }

    private static FormatOptions Crlf()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        return format;
    }

    // Letters hold passwords.
    private static FileStreamOptions ForTheOwnerAndHisGroup()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        return options;
    }
}
