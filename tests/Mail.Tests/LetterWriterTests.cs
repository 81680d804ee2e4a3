using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using MimeKit;
using MsaOrleans.Grains.Dispatching;

namespace MsaOrleans.Mail.Tests;

/// <summary>What holds for letters of every kind; the secret that some bring, alone on its line; and names and addresses, whatever they are.</summary>
public sealed partial class LetterWriterTests
{
    private static readonly string[] CodePages = ["https://espace-prive.msa.example/complement-inscription/code", "https://espace-prive.msa.example/connexion"];

    public static TheoryData<LetterKind> Kinds => [.. Enum.GetValues<LetterKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_letter_is_a_mail_in_French_with_plain_text_first(LetterKind kind)
    {
        var mail = Letters.Read(Letters.Of(kind));

        var parts = Assert.IsType<MultipartAlternative>(mail.Message.Body).Cast<TextPart>().ToList();
        Assert.Equal(["text/plain", "text/html"], parts.Select(part => part.ContentType.MimeType));
        Assert.All(parts, part => Assert.Equal("utf-8", part.ContentType.Charset));
        Assert.Equal("auto-generated", mail.Message.Headers[HeaderId.AutoSubmitted]);
        Assert.EndsWith("@msa.example", mail.Message.MessageId, StringComparison.Ordinal);
        Assert.Equal(Letters.Now, mail.Message.Date);
        Assert.Equal("ne-pas-repondre@msa.example", mail.Message.From.Mailboxes.Single().Address);
        Assert.Equal("lamy.fritz@example.fr", mail.To);
        Assert.NotEmpty(mail.Subject);
        Assert.StartsWith("Bonjour LAMY Fritz,\n\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("09\u00a069\u00a036\u00a037\u00a003", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_letter_is_whole(LetterKind kind)
    {
        var mail = Letters.Read(Letters.Of(kind));

        Assert.DoesNotMatch(LeftOver(), mail.Subject + mail.Text + mail.Html);
        Assert.DoesNotContain("\n\n\n", mail.Text, StringComparison.Ordinal);
        var page = new HtmlParser().ParseDocument(mail.Html);
        Assert.Equal("fr", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(mail.Subject, page.Title);
        Assert.Equal(mail.Subject, page.QuerySelector("h1")!.TextContent);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Double_punctuation_never_begins_a_line(LetterKind kind)
    {
        var mail = Letters.Read(Letters.Of(kind));

        Assert.DoesNotMatch(@"[ ][:;?!»]", mail.Subject + mail.Text + new HtmlParser().ParseDocument(mail.Html).Body!.TextContent);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_letter_quotes_a_social_security_number(LetterKind kind)
    {
        var mail = Letters.Read(Letters.Of(kind));

        Assert.DoesNotMatch(@"[12][ \u00a0]?\d\d[ \u00a0]?\d\d[ \u00a0]?\d[\dAB]", mail.Text);
    }

    [Theory]
    [InlineData(LetterKind.ProvisionalPassword)]
    [InlineData(LetterKind.NewProvisionalPassword)]
    public void A_provisional_password_stands_alone_on_its_line(LetterKind kind)
    {
        var mail = Letters.Read(Letters.Of(kind));

        Assert.Equal(Letters.Secret, mail.ProvisionalPassword);
        Assert.Contains("https://espace-prive.msa.example/connexion", mail.Text, StringComparison.Ordinal);
        Assert.Contains("dimanche 1er mars 2026 à 10\u00a0h\u00a030", mail.Text, StringComparison.Ordinal);
        var page = new HtmlParser().ParseDocument(mail.Html);
        Assert.Contains(page.QuerySelectorAll("p"), p => p.TextContent == Letters.Secret);
        Assert.Contains(page.QuerySelectorAll("a"), a => a.GetAttribute("href") == "https://espace-prive.msa.example/connexion");
    }

    [Theory]
    [InlineData(LetterKind.ProvisionalPassword)]
    [InlineData(LetterKind.NewProvisionalPassword)]
    public void A_provisional_password_that_never_expires_is_said_to_end_nowhere(LetterKind kind)
    {
        var mail = Letters.Read(Letters.Of(kind) with { ExpiresAt = null });

        Assert.DoesNotContain("valable", mail.Text + mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("\n\n\n", mail.Text, StringComparison.Ordinal);
        Assert.Equal(Letters.Secret, mail.ProvisionalPassword);
    }

    [Theory]
    [InlineData(LetterKind.EmailChangeRequested)]
    [InlineData(LetterKind.EmailChanged)]
    [InlineData(LetterKind.SignInLocked)]
    [InlineData(LetterKind.PasswordChanged)]
    [InlineData(LetterKind.AccountClosed)]
    [InlineData(LetterKind.EmailCorrectionRequested)]
    [InlineData(LetterKind.EmailCorrected)]
    [InlineData(LetterKind.MessageAnswered)]
    [InlineData(LetterKind.FranceConnectLinked)]
    public void A_mere_notice_holds_no_secret_even_if_it_is_given_one(LetterKind kind)
    {
        Assert.False(Letters.HasSecret(kind));
        var mail = Letters.Read(Letters.Of(kind) with { Secret = "Kx7mbPq3v" });

        Assert.DoesNotContain("Kx7mbPq3v", mail.Subject + mail.Text + mail.Html, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => mail.ProvisionalPassword); // nothing stands alone on a line
        Assert.Throws<InvalidOperationException>(() => mail.Link);
    }

    [Fact]
    public void A_confidential_code_stands_alone_on_its_line_and_says_for_which_department_it_is()
    {
        var mail = Letters.Read(Letters.Of(LetterKind.DepartmentCode));

        Assert.Equal("Votre code confidentiel pour un autre département", mail.Subject);
        Assert.Equal(Letters.Secret, mail.ProvisionalPassword);
        Assert.Contains("pour le département 67-Bas-Rhin (MSA Alsace).\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Il est valable jusqu’au dimanche 1er mars 2026 à 10\u00a0h\u00a030 (heure de Paris).\n", mail.Text, StringComparison.Ordinal);
        foreach (var page in CodePages)
            Assert.Contains(page, mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_confidential_code_is_in_the_page_as_in_the_text()
    {
        var page = new HtmlParser().ParseDocument(Letters.Read(Letters.Of(LetterKind.DepartmentCode)).Html);

        Assert.Contains(page.QuerySelectorAll("p"), p => p.TextContent == Letters.Secret);
        var strong = page.QuerySelectorAll("p > strong").Select(words => words.TextContent).ToList();
        Assert.Contains("67-Bas-Rhin (MSA Alsace)", strong);
        Assert.Contains("dimanche 1er mars 2026 à 10\u00a0h\u00a030", strong);
        Assert.Contains("67-Bas-Rhin (MSA Alsace)", page.QuerySelectorAll("ol > li")[1].TextContent, StringComparison.Ordinal);
        var links = page.QuerySelectorAll("a[href^=http]");
        Assert.Equal(CodePages, links.Select(link => link.GetAttribute("href")));
        Assert.All(links, link => Assert.Equal(link.GetAttribute("href"), link.TextContent));
    }

    [Fact]
    public void A_confidential_code_that_never_expires_is_said_to_end_nowhere()
    {
        var mail = Letters.Read(Letters.Of(LetterKind.DepartmentCode) with { ExpiresAt = null });

        Assert.DoesNotContain("valable", mail.Text + mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("\n\n\n", mail.Text, StringComparison.Ordinal);
        Assert.Equal(Letters.Secret, mail.ProvisionalPassword);
    }

    [Fact]
    public void A_link_stands_alone_on_its_line()
    {
        var letter = Letters.Of(LetterKind.EmailChangeLink) with { Secret = "8mUe_4-x.yZ" };

        var mail = Letters.Read(letter);

        const string link = "https://espace-prive.msa.example/adresse-electronique/8mUe_4-x.yZ";
        Assert.Equal(link, mail.Link.AbsoluteUri);
        Assert.Equal(link, new HtmlParser().ParseDocument(mail.Html).QuerySelector("a")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("<b>LAMY</b> & \"Fritz\"")]
    [InlineData("{{ secret }} {% include 'x' %}")]
    [InlineData("</p><script>alert(1)</script>")]
    public void A_name_is_text_and_nothing_else(string name)
    {
        var mail = Letters.Read(Letters.Of(LetterKind.ProvisionalPassword, name));

        Assert.StartsWith($"Bonjour {name},\n", mail.Text, StringComparison.Ordinal);
        var page = new HtmlParser().ParseDocument(mail.Html);
        Assert.Contains(page.QuerySelectorAll("p"), p => p.TextContent == $"Bonjour {name},");
        Assert.Empty(page.QuerySelectorAll("b, script"));
        Assert.Equal(name, mail.Message.To.Mailboxes.Single().Name);
        Assert.Equal(Letters.Secret, mail.ProvisionalPassword);
    }

    [Theory]
    [InlineData("LAMY\r\nBcc: thief@example.com")]
    [InlineData("LAMY\nBcc: thief@example.com\n\n")]
    [InlineData("LAMY\r\n\r\nnot-the-password\r\n\r\n")]
    [InlineData("LAMY\u2028\u2028not-the-password\u2028\u2028\u202e\0")]
    public void A_name_takes_one_line(string name)
    {
        var mail = Letters.Read(Letters.Of(LetterKind.ProvisionalPassword, name));

        Assert.Empty(mail.Message.Bcc);
        Assert.Equal("lamy.fritz@example.fr", mail.To);
        Assert.Equal(Letters.Secret, mail.ProvisionalPassword);
    }

    // What the site takes for an address must never break the writer: the letter would be tried for ever.
    [Theory]
    [InlineData("d'artagnan+msa@example.fr")]
    [InlineData("#!$%&*/=?^_`{|}~@example.fr")]
    [InlineData("é@example.fr")]
    [InlineData("lamy@éleveurs.fr")]
    [InlineData("lamy@xn--leveurs-9xa.fr")]
    public void Every_address_the_site_accepts_can_be_written_to(string address)
    {
        var written = Letters.Writer.Write(Letters.Of(LetterKind.EmailChanged, to: address)).To.Mailboxes.Single().Address;

        Assert.Equal(MailboxAddress.EncodeAddrspec(address), MailboxAddress.EncodeAddrspec(written));
    }

    [GeneratedRegex(@"\{\{|\}\}|\{%|%\}|\[letter\]")]
    private static partial Regex LeftOver();
}
