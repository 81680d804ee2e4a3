using System.Globalization;
using Microsoft.Extensions.Options;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Mail;
using PdfSharp.Drawing;
using PdfSharp.UniversalAccessibility;
using QRCoder;

namespace MsaOrleans.Silo.Documents;

/// <summary>Certificates as PDF: one page, or as many as the payments take, for a window envelope, in black, grey and the green of the site.</summary>
internal sealed class CertificatePrinter(IOptions<SiteOptions> site, Press press) : ICertificatePrinter
{
    private const double Left = TaggedPaper.Margin, Right = TaggedPaper.Width - TaggedPaper.Margin, Width = Right - Left;
    private const double CheckTop = 652, CheckHeight = 124, Bottom = 776, RowHeight = 17, NextTop = 60, KindWidth = Width - 250;

    private static readonly XColor ink = Letterhead.Ink, grey = Letterhead.Grey, green = Letterhead.Green;
    private static readonly XColor line = XColor.FromArgb(0xd5, 0xdd, 0xd8), soft = XColor.FromArgb(0xed, 0xf6, 0xf0);
    private static readonly CultureInfo french = CultureInfo.GetCultureInfo("fr-FR");

    public Task<byte[]> Print(CertificatePaper paper) => press.Run(() => Draw(paper));

    /// <summary>What a certificate is called.</summary>
    internal static string TitleOf(CertificatePaper paper) => paper.Period is null ? "Attestation de droits à l’assurance maladie" : "Attestation de paiements";

    private byte[] Draw(CertificatePaper paper)
    {
        var from = Letterhead.NameOf(paper.Person.Caisse);
        using var document = new TaggedPaper(TitleOf(paper), from, paper.MadeAt.UtcDateTime);
        document.NewPage();
        var y = DrawStatement(document, paper, from, Math.Max(232, Letterhead.Draw(document, paper.Person) + 20));
        var pages = new List<List<Row>> { new() };
        if (paper.Period is not null)
            pages = Paginate(document, paper.Payments, firstTop: y + RowHeight);
        for (var page = 0; page < pages.Count; page++)
        {
            if (page > 0)
            {
                document.NewPage();
                DrawHeader(document, paper, from);
            }
            if (pages[page].Count > 0)
                DrawPayments(document, pages[page], page == 0 ? y : NextTop);
            if (page == 0)
                DrawCheck(document, paper);
            DrawFooter(document, paper, page + 1, pages.Count);
        }
        return document.Save();
    }

    private static double DrawStatement(TaggedPaper document, CertificatePaper paper, string from, double top)
    {
        var (body, strong) = (TaggedPaper.Font(10.5), TaggedPaper.Font(10.5, bold: true));
        var y = document.Text(PdfBlockLevelElementTag.Heading1, TitleOf(paper), TaggedPaper.Font(21, bold: true), green, new(Left, top, Width, 0), 28);
        y = document.Text(PdfBlockLevelElementTag.Paragraph, $"Établie le {Day(FrenchCalendar.DayOf(paper.MadeAt))}", body, grey, new(Left, y + 2, Width, 0), 16);
        var statement = paper.Period is { } period
            ? $"La {from} atteste avoir versé à la personne désignée ci-dessous, du {Day(period.From)} au {Day(period.To)}, {CountOf(paper.Payments.Count)} pour un total de {Euros(paper.Payments.Sum(p => p.Amount))}."
            : $"La {from} atteste que la personne désignée ci-dessous est assurée à la MSA pour sa santé à la date de ce document.";
        y = document.Text(PdfBlockLevelElementTag.Paragraph, statement, body, ink, new(Left, y + 14, Width, 0), 17);
        y = DrawFacts(document, paper, from, y + 10, body, strong);
        return paper.Period is not null ? y + 14 : document.Text(
            PdfBlockLevelElementTag.Paragraph,
            "Cette attestation dit ce que la MSA sait à la date de ce document. Présentez-la à un professionnel de santé, à un employeur ou à une administration qui vous la demande. Elle ne remplace pas la carte Vitale.",
            body, ink, new(Left, y + 18, Width, 0), 17);
    }

    private static double DrawFacts(TaggedPaper document, CertificatePaper paper, string from, double y, XFont body, XFont strong)
    {
        var person = paper.Person;
        (string Name, string? Value)[] facts =
        [
            ("Nom de naissance", person.BirthName), ("Nom d’usage", person.UsedName), ("Prénoms", string.Join(' ', person.GivenNames)),
            ("Date de naissance", FrenchCalendar.Day(person.BirthDate)), ("Numéro de Sécurité Sociale", $"{paper.Nir.Grouped}  clé {paper.Nir.Key:00}".Replace(' ', '\u00a0')), ("Caisse", from),
        ];
        document.Part(PdfBlockLevelElementTag.Table, () =>
        {
            foreach (var (name, value) in facts)
            {
                if (value is null)
                    continue;
                document.Decoration(page => page.DrawLine(new(line, 0.7), Left, y, Right, y));
                document.Part(PdfBlockLevelElementTag.TableRow, () =>
                {
                    document.Text(PdfBlockLevelElementTag.TableHeaderCell, name, body, grey, new(Left, y + 4, 160, 0), 16);
                    y = document.Text(PdfBlockLevelElementTag.TableDataCell, value, strong, ink, new(Left + 170, y + 4, Width - 170, 0), 16) + 4;
                });
            }
        });
        document.Decoration(page => page.DrawLine(new(line, 0.7), Left, y, Right, y));
        return y;
    }

    /// <summary>A line of the table of payments.</summary>
    private sealed record Row(string Date, string Kind, string Amount, bool IsTotal = false)
    {
        public PdfBlockLevelElementTag Head => IsTotal ? PdfBlockLevelElementTag.TableHeaderCell : PdfBlockLevelElementTag.TableDataCell;
    }

    private static List<List<Row>> Paginate(TaggedPaper document, IReadOnlyList<Payment> payments, double firstTop)
    {
        var (pages, end) = (new List<List<Row>> { new() }, CheckTop - 12);
        var y = firstTop;
        foreach (var row in payments.Select(p => new Row(FrenchCalendar.Day(p.Date), p.Kind, Euros(p.Amount))).Append(new("Total", CountOf(payments.Count), Euros(payments.Sum(p => p.Amount)), IsTotal: true)))
        {
            var height = HeightOf(document, row);
            if (y + height > end)
            {
                pages.Add([]);
                (y, end) = (NextTop + RowHeight, Bottom);
            }
            pages[^1].Add(row);
            y += height;
        }
        return pages;
    }

    private static double HeightOf(TaggedPaper document, Row row) => document.Lines(row.Kind, TaggedPaper.Font(10), KindWidth).Count * 13 + 4;

    private static void DrawPayments(TaggedPaper document, List<Row> rows, double y)
    {
        var (body, head) = (TaggedPaper.Font(10), TaggedPaper.Font(10, bold: true));
        document.Part(PdfBlockLevelElementTag.Table, () =>
        {
            document.Decoration(page => page.DrawRectangle(new XSolidBrush(soft), Left, y, Width, RowHeight));
            DrawRow(new("Date", "Nature", "Montant"), PdfBlockLevelElementTag.TableHeaderCell, PdfBlockLevelElementTag.TableHeaderCell, head, green);
            y += RowHeight;
            foreach (var row in rows)
            {
                DrawRow(row, row.Head, PdfBlockLevelElementTag.TableDataCell, row.IsTotal ? head : body, ink);
                y += HeightOf(document, row);
                document.Decoration(page => page.DrawLine(new(line, 0.7), Left, y, Right, y));
            }
        });

        void DrawRow(Row row, PdfBlockLevelElementTag first, PdfBlockLevelElementTag others, XFont font, XColor colour) => document.Part(PdfBlockLevelElementTag.TableRow, () =>
        {
            document.Text(first, row.Date, font, colour, new(Left + 6, y + 2, 120, 0), 13);
            document.Text(others, row.Kind, font, colour, new(Left + 136, y + 2, KindWidth, 0), 13);
            document.Text(others, row.Amount, font, colour, new(Right - 106, y + 2, 100, 0), 13, right: true);
        });
    }

    // At the head of every page but the first.
    private static void DrawHeader(TaggedPaper document, CertificatePaper paper, string from)
    {
        var font = TaggedPaper.Font(8.5);
        var whose = document.Lines($"{from}, {paper.Person.UsedName ?? paper.Person.BirthName} {paper.Person.GivenNames[0]}", font, Width)[0];
        document.Decoration(page => page.DrawString(whose, font, new XSolidBrush(grey), new XRect(Left, 40, Width, 12), XStringFormats.TopLeft));
    }

    private void DrawCheck(TaggedPaper document, CertificatePaper paper)
    {
        var page = new Uri($"{site.Value.Base}/verification");
        document.Decoration(drawing => drawing.DrawRoundedRectangle(new XSolidBrush(soft), Left, CheckTop, Width, CheckHeight, 16, 16));
        const double side = 96;
        var qr = new XRect(Left + 14, CheckTop + 14, side, side);
        document.Figure("Carré à lire avec l’appareil photo d’un téléphone : il ouvre la page de vérification avec le code de cette attestation.", qr, drawing => DrawQr(drawing, $"{page}?code={paper.Code.Grouped}", qr));
        var (x, width) = (Left + side + 32, Width - side - 46);
        var y = document.Text(PdfBlockLevelElementTag.Heading2, "Vérifier cette attestation", TaggedPaper.Font(11.5, bold: true), green, new(x, CheckTop + 10, width, 0), 18);
        y = document.Text(PdfBlockLevelElementTag.Paragraph, $"Lisez le carré avec un téléphone, ou saisissez ce code sur\n{page.Authority}{page.AbsolutePath}", TaggedPaper.Font(9.5), ink, new(x, y, width, 0), 14);
        y = document.Text(PdfBlockLevelElementTag.Paragraph, paper.Code.Grouped, TaggedPaper.Font(16, bold: true), ink, new(x, y + 2, width, 0), 25);
        document.Text(
            PdfBlockLevelElementTag.Paragraph,
            "La vérification est possible pendant un an au plus. Elle ne montre ni le numéro de Sécurité Sociale ni l’adresse.", TaggedPaper.Font(8.5), grey, new(x, y, width, 0), 12);
    }

    private static void DrawFooter(TaggedPaper document, CertificatePaper paper, int number, int count) => document.Decoration(page =>
    {
        var (font, brush) = (TaggedPaper.Font(8.5), new XSolidBrush(grey));
        page.DrawLine(new(line, 0.7), Left, Bottom + 14, Right, Bottom + 14);
        page.DrawString($"{TitleOf(paper)}, établie le {Day(FrenchCalendar.DayOf(paper.MadeAt))}. Code {paper.Code.Grouped}", font, brush, new XRect(Left, Bottom + 20, Width, 12), XStringFormats.TopLeft);
        page.DrawString($"Page {number} sur {count}", font, brush, new XRect(Left, Bottom + 20, Width, 12), XStringFormats.TopRight);
    });

    private static void DrawQr(XGraphics page, string text, XRect box)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        page.DrawRectangle(XBrushes.White, box);
        var unit = box.Width / code.ModuleMatrix.Count;
        var dark = new XGraphicsPath { FillMode = XFillMode.Winding };
        foreach (var (row, modules) in code.ModuleMatrix.Index())
        {
            for (var column = 0; column < modules.Count; column++)
            {
                var start = column;
                while (column < modules.Count && modules[column])
                    column++;
                if (column > start)
                    dark.AddRectangle(box.X + start * unit, box.Y + row * unit, (column - start) * unit, unit);
            }
        }
        page.DrawPath(XBrushes.Black, dark);
    }

    private static string CountOf(int payments) => payments == 1 ? "un paiement" : $"{payments.ToString("N0", french).Replace('\u202f', '\u00a0')} paiements";

    // Not to be broken at the end of a line.
    private static string Day(DateOnly day) => FrenchCalendar.Day(day).Replace(' ', '\u00a0');

    private static string Euros(decimal amount) => $"{amount.ToString("N2", french).Replace('\u202f', '\u00a0')}\u00a0€";
}
