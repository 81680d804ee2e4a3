using MimeKit;
using MsaOrleans.Web.Demo;

namespace MsaOrleans.Web.Hosting;

/// <summary>Reads the mails that the site has left in its pickup folder.</summary>
internal sealed class PickupMailbox(string folder) : IDemoMailbox
{
    private const int MostShown = 50;

    public async Task<IReadOnlyList<DemoMail>> Latest(CancellationToken stop)
    {
        if (!Directory.Exists(folder))
            return [];
        var mails = new List<DemoMail>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.eml").OrderByDescending(Path.GetFileName, StringComparer.Ordinal).Take(MostShown))
        {
            var message = await MimeMessage.LoadAsync(file, stop);
            mails.Add(new(message.To.ToString(), message.Subject ?? "", message.Date, (message.TextBody ?? "").ReplaceLineEndings("\n")));
        }
        return mails;
    }
}
