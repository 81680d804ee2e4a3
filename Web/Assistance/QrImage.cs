using System.Globalization;
using System.Text;
using QRCoder;

namespace MsaOrleans.Web.Assistance;

/// <summary>A QR code as the outline of one SVG path: no image to load, no style that the policy for content would refuse.</summary>
/// <param name="Size">Modules to a side, the quiet zone of four on each side included.</param>
/// <param name="Path">Its dark modules, a module being one unit.</param>
public sealed record QrImage(int Size, string Path)
{
    public static QrImage Of(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        foreach (var (y, row) in code.ModuleMatrix.Index())
        {
            for (var x = 0; x < row.Count; x++)
            {
                var from = x;
                while (x < row.Count && row[x])
                    x++;
                if (x > from)
                    path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from}v1h-{x - from}z");
            }
        }
        return new(code.ModuleMatrix.Count, path.ToString());
    }
}
