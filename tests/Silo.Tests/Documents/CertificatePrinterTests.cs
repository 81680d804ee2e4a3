using System.Globalization;
using Microsoft.Extensions.Options;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Documents;
using MsaOrleans.Silo.Mail;

namespace MsaOrleans.Silo.Tests.Documents;

/// <summary>Certificates as others' programs read them.</summary>
public sealed class CertificatePrinterTests : IDisposable
{
    private static readonly DateTimeOffset now = new(2026, 11, 27, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly today = new(2026, 11, 27);
    private static readonly VerificationCode code = VerificationCode.Parse("7K3M-9QRT-0B21-XY4Z");
    private static readonly PaymentPeriod year = new(new(2026, 1, 1), today);

    private static readonly InsuredPerson fritz = new(
        "LAMY", null, ["FRITZ", "JEAN"], Sex.Male, new(1963, 9, 12), "67482", "99100", true, CardKind.WithPhoto, null, ["67", "68"], new("1 RUE D'ALSACE", "67320", "MARLENHEIM"));

    private static readonly InsuredPerson marie = fritz with
    {
        BirthName = "MULLER",
        UsedName = "D'HERBÈS-LÉGER DE LA TOUR-DU-PIN ŒUVRÉ",
        GivenNames = ["MARIE-ÈVE", "ANNE", "GUILLEMETTE", "FRANÇOISE", "SIDONIE"],
        Address = new("APPARTEMENT 1204 RÉSIDENCE LES HAUTS DE SAINT-ÉTIENNE BÂTIMENT C", "01000", "BOURG-EN-BRESSE CEDEX 09"),
        Departments = ["67", "01"],
    };

    private readonly Press press = new();
    private readonly CertificatePrinter printer;

    public CertificatePrinterTests() => printer = new(Options.Create(new SiteOptions { PublicUrl = new("https://espace-prive.msa.example/") }), press);

    public void Dispose() => press.Dispose();

    [Fact]
    public async Task One_of_health_insurance_says_who_is_insured_by_whom_and_how_to_check_it()
    {
        using var pdf = await Print(fritz);
        pdf.Check();
        pdf.Look("droits");
        var page = Assert.Single(pdf.Pages);
        foreach (var said in (string[])["La MSA d'Alsace atteste", "9 rue de Guebwiller", "68023 Colmar Cedex", "FRITZ JEAN LAMY", "1 RUE D'ALSACE", "67320 MARLENHEIM", "Attestation de droits à l’assurance maladie", "Établie le 27 novembre 2026", "est assurée à la MSA pour sa santé", "12 septembre 1963", "espace-prive.msa.example/verification", "7K3M-9QRT-0B21-XY4Z", "Page 1 sur 1"])
            Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Matches("1 63 09 67 482 229 +clé 06", page);
        Assert.DoesNotContain("Nom d’usage", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Montant", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_tells_programs_what_it_is_in_French_with_fonts_of_its_own()
    {
        using var pdf = await Print(marie, year, [new(today, "Santé", 22.50m)]);
        Assert.Equal(("Attestation de paiements", "MSA Ain-Rhône", "yes", "1"), (pdf.Info["Title"], pdf.Info["Author"], pdf.Info["Tagged"], pdf.Info["Pages"]));
        Assert.Equal(2, pdf.Fonts.Count);
        Assert.All(pdf.Fonts, font => Assert.Matches(@"Open Sans.* yes yes yes ", font)); // embedded, only letters used, and read as text
        var objects = pdf.Objects;
        Assert.Contains("/Lang (fr-FR)", objects, StringComparison.Ordinal);
        Assert.Contains("/DisplayDocTitle true", objects, StringComparison.Ordinal);
        Assert.Contains("/Alt <feff", objects, StringComparison.Ordinal); // of the QR code
        Assert.DoesNotContain("163096748222", objects, StringComparison.Ordinal); // the number is for readers of the paper alone
        var structure = pdf.Structure;
        foreach (var part in (string[])["H1 (block)\n    \"Attestation de paiements\"", "H2 (block)\n    \"Vérifier cette attestation\"", "TH\n        \"Montant\"", "TD\n        \"22,50 €\"", "TH\n        \"Total\"", "Figure"])
            Assert.Contains(part, structure, StringComparison.Ordinal);
        Assert.Contains("à la personne désignée ci-dessous, du 1er janvier 2026 au 27 novembre 2026, un paiement pour un total de 22,50 €.\"", structure, StringComparison.Ordinal); // no words run together at the end of a line
        Assert.DoesNotContain("Page 1", structure, StringComparison.Ordinal); // decoration
    }

    [Fact]
    public async Task Many_payments_take_many_pages_each_with_its_headers_and_its_number()
    {
        var payments = Enumerable.Range(0, 1_000)
            .Select(i => new Payment(today.AddDays(i - 1_000), i % 7 == 3 ? "Prestation de compensation du handicap et allocation complémentaire aux adultes, rappel de trimestres" : "Santé", i == 5 ? -3m : i)).ToList();
        using var pdf = await Print(marie, new(today.AddDays(-1_000), today), payments);
        pdf.Check();
        pdf.Look("mille");
        var pages = pdf.Pages;
        Assert.InRange(pages.Count, 25, 40);
        foreach (var (index, page) in pages.Index())
        {
            Assert.Contains($"Page {index + 1} sur {pages.Count}", page, StringComparison.Ordinal);
            Assert.Matches(@"Date +Nature +Montant", page);
            Assert.Contains("D'HERBÈS-LÉGER DE LA TOUR-DU-PIN ŒUVRÉ", page, StringComparison.Ordinal);
        }
        Assert.Contains("1 000 paiements pour un total de 499 492,00 €", pages[0], StringComparison.Ordinal);
        Assert.Matches(@"Total +1 000 paiements +499 492,00 €", pages[^1]);
        Assert.Matches(@"Santé +-3,00 €", pdf.Text);
        Assert.Equal(1_000, pages.Sum(page => page.Split('\n').Count(line => line.EndsWith(",00 €", StringComparison.Ordinal) && line.Contains(" 20", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task The_longest_names_and_words_stay_on_the_paper()
    {
        var endless = marie with { BirthName = new('W', 100), GivenNames = [new('Ë', 100)], Address = new(new('M', 100), "67000", new('W', 100)) };
        using var pdf = await Print(endless, year, [new(today, new('W', 100), 99_999_999.99m)]);
        pdf.Check();
        pdf.Look("long");
        Assert.Equal(100 + 100 + 100, pdf.Text.Count(letter => letter == 'W'));
        Assert.Equal(2 * 100, pdf.Text.Count(letter => letter == 'Ë'));
        Assert.Contains("99 999 999,99 €", pdf.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_lives_nowhere_the_caisses_know_has_a_certificate_of_the_MSA()
    {
        using var pdf = await Print(fritz with { Departments = [] });
        Assert.Contains("La MSA atteste", pdf.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_at_once_do_not_disturb_each_other()
    {
        var papers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => printer.Print(Paper(fritz with { BirthName = string.Create(CultureInfo.InvariantCulture, $"LAMY-{i}") }))));
        foreach (var (i, content) in papers.Index())
        {
            using var pdf = new Pdf(content);
            Assert.Contains($"LAMY-{i}", pdf.Text, StringComparison.Ordinal);
        }
    }

    private static CertificatePaper Paper(InsuredPerson person, PaymentPeriod? period = null, IReadOnlyList<Payment>? payments = null) =>
        new(Nir.Parse("1630967482229"), person, now, code, period, payments ?? []);

    private async Task<Pdf> Print(InsuredPerson person, PaymentPeriod? period = null, IReadOnlyList<Payment>? payments = null) => new(await printer.Print(Paper(person, period, payments)));
}
