using System.Reflection;
using PdfSharp.Fonts;

namespace MsaOrleans.Silo.Documents;

/// <summary>Fonts out of this program, so that a paper looks the same whatever the machine has.</summary>
internal sealed class EmbeddedFonts : IFontResolver
{
    /// <summary>Regular and semibold, which stands for bold.</summary>
    public const string Family = "Open Sans";

    private const string Folder = "MsaOrleans.Silo.Documents.Fonts.";

    /// <summary>The library asks one resolver for the whole process.</summary>
    public static void Use() => GlobalFontSettings.FontResolver ??= new EmbeddedFonts();

    public FontResolverInfo? ResolveTypeface(string familyName, bool isBold, bool isItalic) =>
        familyName == Family ? new(isBold ? "OpenSans-Semibold.ttf" : "OpenSans-Regular.ttf") : null;

    public byte[]? GetFont(string faceName)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + faceName);
        if (stream is null)
            return null;
        var font = new byte[stream.Length];
        stream.ReadExactly(font);
        return font;
    }
}
