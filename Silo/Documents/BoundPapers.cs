using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.Pdf.IO;

namespace MsaOrleans.Silo.Documents;

/// <summary>Papers in one file to be printed on both sides: each begins on a sheet of its own. What they say to screen readers stays in the papers.</summary>
internal static class BoundPapers
{
    public static byte[] Of(IReadOnlyList<byte[]> papers, string title)
    {
        using var bound = new PdfDocument();
        bound.Info.Title = title;
        bound.ViewerPreferences.DisplayDocTitle = true;
        bound.ViewerPreferences.Elements.SetName("/Duplex", "/DuplexFlipLongEdge");
        foreach (var paper in papers)
        {
            if (bound.PageCount % 2 != 0)
                bound.AddPage(new PdfPage { Width = XUnit.FromPoint(TaggedPaper.Width), Height = XUnit.FromPoint(TaggedPaper.Height) });
            using var content = new MemoryStream(paper, writable: false);
            using var one = PdfReader.Open(content, PdfDocumentOpenMode.Import);
            foreach (var page in one.Pages)
                bound.AddPage(page);
        }
        using var bytes = new MemoryStream();
        bound.Save(bytes, closeStream: false);
        return bytes.ToArray();
    }
}
