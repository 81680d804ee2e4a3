using System.Globalization;
using CsvHelper;
using MsaOrleans.Grains.Interfaces.Assistance;

namespace MsaOrleans.Web.Assistance;

/// <summary>The record, or some of it, as a file for a spreadsheet: RFC 4180, UTF-8 with its mark, and nothing in it that a spreadsheet would run.</summary>
public static class RecordCsv
{
    /// <summary>The last line of a file that does not hold everything.</summary>
    public const string Cut = "Fichier coupé : il y a plus de 5\u00a0000 lignes, et les plus anciennes manquent. Resserrez les dates pour les obtenir.";

    private static readonly CsvWriterOptions options = new() { Injection = CsvInjection.Escape, WriteByteOrderMark = true };

    public static byte[] Of(AuditPage found)
    {
        using var file = new MemoryStream();
        using (var csv = CsvWriter.Create(file, options, leaveOpen: true))
        {
            csv.WriteHeader("Numéro", "Date (UTC)", "Agent", "Acte", "Adhérent", "Motif", "Référence d’appel", "Détail", "Lisible");
            foreach (var line in found.Lines)
                csv.WriteRecord(Fields(line));
            if (found.Next is not null)
                csv.WriteRecord(Cut, "", "", "", "", "", "", "", "");
        }
        return file.ToArray();
    }

    private static string[] Fields(AuditLine line) =>
    [
        line.Sequence.ToString(CultureInfo.InvariantCulture), line.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        line.By.Agent, RecordTexts.Of(line.Act), line.Adherent?.ToString() ?? "", line.By.Reason, line.By.CallReference ?? "", RecordTexts.DetailOf(line) ?? "",
        line.Legible ? "oui" : "non",
    ];
}
