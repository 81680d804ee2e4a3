using System.Globalization;
using CsvHelper;
using MsaOrleans.Grains.Interfaces.Space;

namespace MsaOrleans.Web.Pages.PrivateSpace;

/// <summary>
/// Payments as a file that a French spreadsheet opens by a double click: UTF-8 with its mark, semicolons, <c>08/09/2020</c>, <c>1234,56</c>. A name that a spreadsheet
/// would run is escaped; a sum taken back stays a number.
/// </summary>
public static class PaymentsCsv
{
    private static readonly CsvWriterOptions options = new() { Separator = ';', Injection = CsvInjection.Escape, WriteByteOrderMark = true };
    private static readonly NumberFormatInfo comma = new() { NumberDecimalSeparator = "," };

    public static byte[] Of(IEnumerable<Payment> payments)
    {
        using var file = new MemoryStream();
        using (var csv = CsvWriter.Create(file, options, leaveOpen: true))
        {
            csv.WriteHeader("Date", "Nature", "Montant en euros");
            foreach (var payment in payments)
            {
                csv.WriteField(payment.Date, "dd'/'MM'/'yyyy", CultureInfo.InvariantCulture);
                csv.WriteField(payment.Kind);
                csv.WriteField(payment.Amount, "0.00", comma);
                csv.EndRecord();
            }
        }
        return file.ToArray();
    }
}
