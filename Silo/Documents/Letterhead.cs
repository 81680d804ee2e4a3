using MsaOrleans.Grains.Interfaces.Caisses;
using MsaOrleans.Grains.Ports;
using PdfSharp.Drawing;
using PdfSharp.UniversalAccessibility;

namespace MsaOrleans.Silo.Documents;

/// <summary>The head of the first page of whatever the MSA writes to somebody: the caisse on the left, his address on the right.</summary>
internal static class Letterhead
{
    private const double Left = TaggedPaper.Margin, Right = TaggedPaper.Width - TaggedPaper.Margin;

    public static readonly XColor Ink = XColor.FromArgb(0x18, 0x21, 0x1c), Grey = XColor.FromArgb(0x47, 0x54, 0x4c), Green = XColor.FromArgb(0x12, 0x64, 0x3a);

    /// <summary>Who writes, in a sentence: <c>MSA d'Alsace</c>.</summary>
    public static string NameOf(Caisse? caisse) => caisse?.FullName ?? "MSA";

    /// <returns>Where it ends.</returns>
    public static double Draw(TaggedPaper document, InsuredPerson person)
    {
        document.Decoration(page => DrawSign(page, Left, 50));
        document.Text(PdfBlockLevelElementTag.Paragraph, NameOf(person.Caisse), TaggedPaper.Font(15, bold: true), Ink, new(Left + 46, 51, 200, 0), 20);
        if (person.Caisse?.Contact.Address is { } office)
            document.Text(PdfBlockLevelElementTag.Paragraph, $"{office.Line}\n{office.PostalCode} {office.City}", TaggedPaper.Font(9), Grey, new(Left + 46, 73, 200, 0), 13);
        // Where the window of an envelope shows it (NF Z 11-001): six lines, or smaller ones.
        var names = $"{string.Join(' ', person.GivenNames)} {person.UsedName ?? person.BirthName}";
        var place = $"{person.Address.Line}\n{person.Address.PostalCode} {person.Address.City}";
        const double x = 312, width = Right - x;
        var (size, leading) = document.Lines(names, TaggedPaper.Font(11, bold: true), width).Count + document.Lines(place, TaggedPaper.Font(11), width).Count <= 6 ? (11, 16) : (8, 11);
        var y = document.Text(PdfBlockLevelElementTag.Paragraph, names, TaggedPaper.Font(size, bold: true), Ink, new(x, 134, width, 0), leading);
        return document.Text(PdfBlockLevelElementTag.Paragraph, place, TaggedPaper.Font(size), Ink, new(x, y, width, 0), leading);
    }

    // The sign of the site: Web/Pages/Shared/_Sign.cshtml.
    private static void DrawSign(XGraphics page, double x, double y)
    {
        const double side = 36, unit = side / 40;
        page.DrawRoundedRectangle(new XSolidBrush(Green), x, y, side, side, 18, 18);
        var leaf = new XGraphicsPath();
        leaf.AddLine(At(20, 34), At(20, 19));
        leaf.StartFigure();
        leaf.AddBezier(At(20, 24), At(20, 17), At(14, 13), At(7, 13));
        leaf.AddBezier(At(7, 13), At(7, 20), At(12, 24), At(20, 24));
        leaf.StartFigure();
        leaf.AddBezier(At(20, 19), At(20, 12), At(25, 8), At(33, 7));
        leaf.AddBezier(At(33, 7), At(33, 15), At(28, 19), At(20, 19));
        page.DrawPath(new XPen(XColors.White, 2.2 * unit) { LineJoin = XLineJoin.Round, LineCap = XLineCap.Round }, leaf);

        XPoint At(double across, double down) => new(x + across * unit, y + down * unit);
    }
}
