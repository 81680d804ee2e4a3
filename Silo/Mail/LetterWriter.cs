using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Fluid;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;
using MimeKit.Utils;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Caisses;

namespace MsaOrleans.Silo.Mail;

/// <summary>Writes letters as mails: plain text and HTML side by side, from the two templates of each kind in <c>Letters</c>.</summary>
public sealed class LetterWriter(IOptions<MailOptions> mail, IOptions<SiteOptions> site, TimeProvider clock)
{
    private static readonly FrozenDictionary<LetterKind, LetterTemplate> Templates =
        Enum.GetValues<LetterKind>().ToFrozenDictionary(kind => kind, LetterTemplate.Load);

    // HTML's own characters are encoded, accents are not: the mail says it is UTF-8.
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    // A template that names what no letter has is a bug, and must not leave as a blank.
    private static readonly TemplateOptions Strict = new() { StrictVariables = true, StrictFilters = true };

    /// <summary>The mail that a letter makes.</summary>
    public MimeMessage Write(Letter letter)
    {
        var template = Templates[letter.Kind];
        var values = Values(letter);
        var subject = OneLine(Render(template.Subject, values, NullEncoder.Default));
        var text = Render(template.Text, values, NullEncoder.Default);
        values.SetValue("subject", subject);
        var html = Render(template.Html, values, Html);

        var sender = mail.Value.Sender ?? throw new InvalidOperationException($"{MailOptions.Section}:{nameof(MailOptions.From)} is not an e-mail address.");
        var message = new MimeMessage
        {
            Subject = subject,
            Date = clock.GetUtcNow(),
            MessageId = MimeUtils.GenerateMessageId(sender.Domain),
            Body = new MultipartAlternative { Part(TextFormat.Plain, text), Part(TextFormat.Html, html) },
        };
        message.From.Add(sender);
        message.To.Add(new MailboxAddress(Encoding.UTF8, OneLine(letter.RecipientName), letter.To.Value));
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Headers.Add(HeaderId.ContentLanguage, "fr");
        return message;
    }

    // Into a writer that goes with the letter: those that Fluid keeps for the next template would keep its password too.
    private static string Render(IFluidTemplate template, TemplateContext values, TextEncoder encoder)
    {
        using var rendered = new StringWriter(CultureInfo.InvariantCulture);
        template.RenderAsync(rendered, values, encoder).AsTask().GetAwaiter().GetResult(); // a writer in memory keeps nobody waiting
        return rendered.ToString();
    }

    private TemplateContext Values(Letter letter)
    {
        var values = new TemplateContext(Strict);
        values.SetValue("name", OneLine(letter.RecipientName));
        values.SetValue("site", site.Value.Base);
        values.SetValue("secret", letter.Secret ?? "");
        values.SetValue("department", letter.Department is { } code ? CaisseDirectory.Describe(code) : "");
        values.SetValue("expires", letter.ExpiresAt is { } end ? FrenchCalendar.MomentWithWeekday(end) : "");
        return values;
    }

    // Quoted-printable keeps a password readable in the raw mail, which base64 would not.
    private static TextPart Part(TextFormat format, string text) =>
        new(format) { Text = text, ContentTransferEncoding = ContentEncoding.QuotedPrintable };

    /// <summary>What people typed takes one line and no more, or it could pass for a header, or for the password.</summary>
    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            line.Append(IsInvisible(rune) ? " " : rune.ToString());
        return string.Join(' ', line.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
