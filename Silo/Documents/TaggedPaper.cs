using System.IO.Compression;
using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.Pdf.IO;
using PdfSharp.UniversalAccessibility;

namespace MsaOrleans.Silo.Documents;

/// <summary>
/// An A4 document in French whose content says what it is, for screen readers (ISO 14289, PDF/UA): headings, paragraphs, tables with their headers, figures with a
/// text in their place; all else (lines, colours, page numbers) is marked as decoration. Lengths are in points, from the upper left corner.
/// </summary>
internal sealed class TaggedPaper : IDisposable
{
    public const double Width = 595, Height = 842, Margin = 57;

    private readonly PdfDocument document = new();
    private readonly StructureBuilder structure;
    private XGraphics? graphics;

    public TaggedPaper(string title, string author, DateTime madeAt)
    {
        EmbeddedFonts.Use();
        document.Info.Title = title;
        document.Info.Author = author;
        document.Info.CreationDate = madeAt;
        document.ViewerPreferences.DisplayDocTitle = true;
        var accessibility = UAManager.ForDocument(document);
        accessibility.SetDocumentLanguage("fr-FR");
        structure = accessibility.StructureBuilder;
    }

    private XGraphics Graphics => graphics ?? throw new InvalidOperationException("There is no page yet.");

    public static XFont Font(double size, bool bold = false) => new(EmbeddedFonts.Family, size, bold ? XFontStyleEx.Bold : XFontStyleEx.Regular, XPdfFontOptions.UnicodeDefault);

    public void NewPage()
    {
        graphics?.Dispose();
        var page = document.AddPage();
        (page.Width, page.Height) = (XUnit.FromPoint(Width), XUnit.FromPoint(Height));
        graphics = XGraphics.FromPdfPage(page);
    }

    /// <summary>A part of the document with what is in it.</summary>
    public void Part(PdfBlockLevelElementTag tag, Action draw)
    {
        structure.BeginElement(tag);
        draw();
        structure.End();
    }

    /// <summary>What only eyes need.</summary>
    public void Decoration(Action<XGraphics> draw)
    {
        structure.BeginArtifact();
        draw(Graphics);
        structure.End();
    }

    public void Figure(string inWords, XRect bounds, Action<XGraphics> draw)
    {
        structure.BeginElement(PdfIllustrationElementTag.Figure, inWords, bounds);
        draw(Graphics);
        structure.End();
    }

    /// <summary>Text on as many lines as it takes.</summary>
    /// <param name="tag">What it is.</param>
    /// <param name="text">The text.</param>
    /// <param name="font">Its font.</param>
    /// <param name="colour">Its colour.</param>
    /// <param name="box">Where: its height does not count.</param>
    /// <param name="leading">From one line to the next.</param>
    /// <param name="right">Flush right.</param>
    /// <returns>Where the next text may begin.</returns>
    public double Text(PdfBlockLevelElementTag tag, string text, XFont font, XColor colour, XRect box, double leading, bool right = false)
    {
        var y = box.Y;
        Part(tag, () =>
        {
            var lines = Lines(text, font, box.Width);
            foreach (var (number, line) in lines.Index())
            {
                // A blank at the end of a line, or whoever has the text read aloud hears two words as one.
                Graphics.DrawString(number < lines.Count - 1 ? line + " " : line, font, new XSolidBrush(colour), new XRect(box.X, y, box.Width, leading), right ? XStringFormats.TopRight : XStringFormats.TopLeft);
                y += leading;
            }
        });
        return y;
    }

    /// <summary>The lines that a text takes; a word too long for a line is broken.</summary>
    public List<string> Lines(string text, XFont font, double width)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.Split('\n'))
        {
            var line = "";
            foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var longer = line.Length == 0 ? word : $"{line} {word}";
                if (Fits(longer))
                {
                    line = longer;
                    continue;
                }
                if (line.Length > 0)
                    lines.Add(line);
                line = word;
                while (!Fits(line))
                {
                    var cut = Enumerable.Range(1, line.Length - 1).Last(length => length == 1 || Fits(line[..length]));
                    lines.Add(line[..cut]);
                    line = line[cut..];
                }
            }
            lines.Add(line);
        }
        return lines;

        bool Fits(string part) => part.Length <= 1 || Graphics.MeasureString(part, font).Width <= width;
    }

    public byte[] Save()
    {
        graphics?.Dispose();
        graphics = null;
        using var bytes = new MemoryStream();
        document.Save(bytes, closeStream: false);
        return Completed(bytes);
    }

    // The library ends its compressed streams without the checksum that RFC 1950 asks for; readers complain, and put up with it.
    private static byte[] Completed(MemoryStream saved)
    {
        using var document = PdfReader.Open(saved, PdfDocumentOpenMode.Modify);
        foreach (var part in document.Internals.GetAllObjects().OfType<PdfDictionary>())
        {
            if (part.Stream is { } stream && part.Elements.GetName("/Filter") == "/FlateDecode")
            {
                using var whole = new MemoryStream();
                using (var zip = new ZLibStream(whole, CompressionLevel.Optimal, leaveOpen: true))
                    zip.Write(stream.UnfilteredValue);
                stream.Value = whole.ToArray();
            }
        }
        using var bytes = new MemoryStream();
        document.Save(bytes, closeStream: false);
        return bytes.ToArray();
    }

    public void Dispose()
    {
        graphics?.Dispose();
        document.Dispose();
    }
}
