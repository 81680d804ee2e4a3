using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.Documents;

/// <summary>A PDF, looked at with programs that are not ours: poppler and qpdf.</summary>
internal sealed class Pdf : IDisposable
{
    private readonly TempFolder folder = new();

    public Pdf(byte[] content) => File.WriteAllBytes(Path_, content);

    private string Path_ => folder["paper.pdf"];

    /// <summary>What it says, page by page, as it is laid out.</summary>
    public IReadOnlyList<string> Pages => [.. Run("pdftotext", "-layout", Path_, "-").TrimEnd('\f').Split('\f').Select(page => page.Replace('\u00a0', ' '))];

    /// <summary>All that it says.</summary>
    public string Text => string.Join('\n', Pages);

    /// <summary>What it says of itself: <c>Title</c>, <c>Tagged</c>, <c>Pages</c>.</summary>
    public IReadOnlyDictionary<string, string> Info => Run("pdfinfo", Path_).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(':', 2)).ToDictionary(cells => cells[0].Trim(), cells => cells[1].Trim(), StringComparer.Ordinal);

    /// <summary>Its structure, for screen readers, with the text in it.</summary>
    public string Structure => Run("pdfinfo", "-struct-text", Path_).Replace('\u00a0', ' ');

    /// <summary>Its fonts, a line each.</summary>
    public IReadOnlyList<string> Fonts => [.. Run("pdffonts", Path_).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2)];

    /// <summary>Its objects in clear.</summary>
    public string Objects => Run("qpdf", "--qdf", "--object-streams=disable", Path_, "-");

    /// <summary>Where a word stands on the first page, in points from the upper left corner.</summary>
    public (double Left, double Top, double Right, double Bottom) BoxOf(string word)
    {
        var found = XDocument.Parse(Run("pdftotext", "-bbox", "-l", "1", Path_, "-")).Descendants().First(e => e.Name.LocalName == "word" && e.Value == word);
        return (At("xMin"), At("yMin"), At("xMax"), At("yMax"));

        double At(string side) => double.Parse(found.Attribute(side)!.Value, CultureInfo.InvariantCulture);
    }

    /// <summary>Fails unless it is sound.</summary>
    public void Check() => Run("qpdf", "--check", Path_);

    /// <summary>Keeps a picture of each page, for people to look at.</summary>
    public void Look(string name)
    {
        var pictures = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "pictures", "papers")).FullName;
        Run("pdftoppm", "-png", "-r", "80", Path_, Path.Combine(pictures, name));
    }

    public void Dispose() => folder.Dispose();

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, string.Create(CultureInfo.InvariantCulture, $"{program} ended with {process.ExitCode}: {errors.Result} {output}"));
        return output;
    }
}
