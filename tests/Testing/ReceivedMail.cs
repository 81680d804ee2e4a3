using MimeKit;
using MsaOrleans.Testing.Remains;

namespace MsaOrleans.Testing;

/// <summary>A mail as its reader sees it.</summary>
public sealed class ReceivedMail(MimeMessage message)
{
    public MimeMessage Message { get; } = message;

    public string To => TestRemains.Know("email", Message.To.Mailboxes.Single().Address);

    public string Subject => Message.Subject ?? "";

    public string Text => (Message.TextBody ?? "").ReplaceLineEndings("\n");

    public string Html => Message.HtmlBody ?? "";

    /// <summary>The password or code: what stands alone on a line of the plain text, in one word that is no link.</summary>
    public string ProvisionalPassword => TestRemains.Know("mailed secret", Alone.Single(line => !line.Contains("://", StringComparison.Ordinal)));

    /// <summary>The link that stands alone on a line of the plain text.</summary>
    public Uri Link
    {
        get
        {
            var link = new Uri(Alone.Single(line => line.Contains("://", StringComparison.Ordinal)));
            TestRemains.Know("mailed secret", link.Segments[^1]);
            return link;
        }
    }

    private IEnumerable<string> Alone
    {
        get
        {
            var lines = Text.TrimEnd('\n').Split('\n');
            return lines.Where((line, i) => line.Length > 0 && !line.Any(char.IsWhiteSpace)
                && (i == 0 || lines[i - 1].Length == 0) && (i == lines.Length - 1 || lines[i + 1].Length == 0));
        }
    }
}
