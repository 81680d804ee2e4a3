using System.Globalization;

namespace MsaOrleans.Web.Forms;

/// <summary>How large a file is, in words.</summary>
public static class FileSize
{
    private static readonly CultureInfo french = CultureInfo.GetCultureInfo("fr-FR");

    /// <summary><c>42 Ko</c>, as a file on a disk.</summary>
    public static string Of(long bytes) => bytes < 1_000_000
        ? $"{Math.Max(1, (bytes + 500) / 1000)}\u00a0Ko"
        : $"{(bytes / 1_000_000m).ToString("0.0", french)}\u00a0Mo";
}
