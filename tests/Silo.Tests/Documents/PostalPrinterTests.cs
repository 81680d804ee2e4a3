using System.Globalization;
using Microsoft.Extensions.Options;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Documents;
using MsaOrleans.Silo.Mail;

namespace MsaOrleans.Silo.Tests.Documents;

/// <summary>What is posted, as others' programs read it.</summary>
public sealed class PostalPrinterTests : IDisposable
{
    private static readonly DateTimeOffset now = new(2026, 11, 27, 10, 0, 0, TimeSpan.Zero);
    private static readonly IOptions<SiteOptions> site = Options.Create(new SiteOptions { PublicUrl = new("https://espace-prive.msa.example/") });

    private static readonly InsuredPerson fritz = new(
        "LAMY", null, ["FRITZ", "JEAN"], Sex.Male, new(1963, 9, 12), "67482", "99100", true, CardKind.WithPhoto, null, ["67", "68"], new("1 RUE D'ALSACE", "67320", "MARLENHEIM"), Nir.Parse("1630967482229"));

    private readonly Press press = new();
    private readonly PostalPrinter printer;

    public PostalPrinterTests() => printer = new(site, press);

    public void Dispose() => press.Dispose();

    [Fact]
    public async Task An_acknowledgement_says_what_was_asked_and_that_the_code_comes_by_mail()
    {
        using var pdf = new Pdf(await printer.Print(Acknowledgement(fritz)));
        pdf.Check();
        pdf.Look("accuse");
        var page = string.Join(' ', Assert.Single(pdf.Pages).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        foreach (var said in (string[])["MSA d'Alsace", "FRITZ JEAN LAMY", "1 RUE D'ALSACE", "67320 MARLENHEIM", "Accusé de réception", "Le 27 novembre 2026", "01 Ain, auprès de la MSA Ain-Rhône, est enregistrée", "27 novembre 2026 à 11 h 00", "part le 30 novembre 2026, à votre adresse email", "jamais envoyé par la poste", "espace-prive.msa.example", "09 69 36 37 03", "La MSA d'Alsace"])
            Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.DoesNotContain("1630967482229", page.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal); // no number on a letter
        Assert.Equal(("Accusé de réception", "yes"), (pdf.Info["Title"], pdf.Info["Tagged"]));
        Assert.DoesNotContain("163096748222", pdf.Objects, StringComparison.Ordinal);
    }

    /// <summary>NF Z 11-001 and a DL envelope, 110 by 220 mm: what its window shows wherever the folded paper slips.</summary>
    [Fact]
    public async Task The_address_is_where_the_window_of_an_envelope_shows_it()
    {
        using var pdf = new Pdf(await printer.Print(Acknowledgement(fritz)));
        foreach (var word in (string[])["FRITZ", "MARLENHEIM"])
        {
            var (left, top, right, bottom) = pdf.BoxOf(word);
            Assert.InRange(left, 100 * 72 / 25.4, right);
            Assert.InRange(right, left, 190 * 72 / 25.4);
            Assert.InRange(top, 45 * 72 / 25.4, bottom);
            Assert.InRange(bottom, top, 79 * 72 / 25.4);
        }
    }

    [Fact]
    public async Task The_longest_names_stay_on_the_paper()
    {
        var endless = fritz with { BirthName = new('W', 100), GivenNames = [new('Ë', 100)], Address = new(new('M', 100), "67000", new('W', 100)), Departments = [] };
        using var pdf = new Pdf(await printer.Print(Acknowledgement(endless)));
        pdf.Check();
        Assert.Single(pdf.Pages);
        Assert.Contains("La MSA", pdf.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letters_bound_together_begin_each_on_an_odd_page()
    {
        var certificates = new CertificatePrinter(site, press);
        var payments = Enumerable.Range(0, 30).Select(i => new Payment(new(2026, 1, 1), "Santé", i)).ToList();
        byte[] two = await certificates.Print(Certificate(payments)), one = await certificates.Print(Certificate(null)), letter = await printer.Print(Acknowledgement(fritz));
        using var pdf = new Pdf(await printer.Bind([one, two, letter, one]));
        pdf.Check();
        pdf.Look("lot");
        Assert.Equal("7", pdf.Info["Pages"]);
        string[] begins = ["Attestation de droits", "", "Attestation de paiements", "Page 2 sur 2", "Accusé de réception", "", "Attestation de droits"];
        Assert.All(pdf.Pages.Zip(begins), page => Assert.True(page.Second.Length == 0 ? string.IsNullOrWhiteSpace(page.First) : page.First.Contains(page.Second, StringComparison.Ordinal), page.First));
        Assert.Contains("/Duplex /DuplexFlipLongEdge", pdf.Objects, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_are_bound_within_seconds()
    {
        var letter = await printer.Print(Acknowledgement(fritz));
        using var pdf = new Pdf(await printer.Bind([.. Enumerable.Repeat(letter, 50)]));
        pdf.Check();
        Assert.Equal(99.ToString(CultureInfo.InvariantCulture), pdf.Info["Pages"]);
    }

    private static AcknowledgementPaper Acknowledgement(InsuredPerson person) => new(person, "01", now, now.AddDays(3));

    private static CertificatePaper Certificate(IReadOnlyList<Payment>? payments) =>
        new(fritz.Nir!, fritz, now, VerificationCode.New(), payments is null ? null : new PaymentPeriod(new(2026, 1, 1), new(2026, 11, 27)), payments ?? []);
}
