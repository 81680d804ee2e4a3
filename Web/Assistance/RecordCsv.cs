using System.Globalization;
using CsvHelper;
using MsaOrleans.Grains.Interfaces.Assistance;

namespace MsaOrleans.Web.Assistance;

/// <summary>The record, or some of it, as a file for a spreadsheet: RFC 4180, UTF-8 with its mark, and nothing in it that a spreadsheet would run.</summary>
public static class RecordCsv
{
    /// <summary>Entries that a file has at most. Whoever needs more has the command <c>Silo -- audit export</c>.</summary>
    public const int MostLines = 5_000;

    /// <summary>The last line of a file that does not hold everything.</summary>
    public const string Cut = "Fichier coupé : il y a plus de 5\u00a0000 lignes, et les plus anciennes manquent. Resserrez les dates pour les obtenir.";

    private static readonly CsvWriterOptions options = new() { Injection = CsvInjection.Escape, WriteByteOrderMark = true };

    /// <summary>Reads page after page until there are no more, or too many.</summary>
    /// <param name="query">What matches.</param>
    /// <param name="search">Reads one page.</param>
    public static async Task<byte[]> Of(AuditQuery query, Func<AuditQuery, Task<AuditPage>> search)
    {
        using var file = new MemoryStream();
        using (var csv = CsvWriter.Create(file, options, leaveOpen: true))
        {
            csv.WriteHeader("Numéro", "Date (UTC)", "Agent", "Acte", "Adhérent", "Motif", "Référence d’appel", "Détail", "Lisible");
            for (var written = 0; ;)
            {
                var page = await search(query);
                foreach (var line in page.Lines)
                    csv.WriteRecord(Fields(line));
                written += page.Lines.Count;
                if (page.Next is null)
                    break;
                if (written >= MostLines)
                {
                    csv.WriteRecord(Cut, "", "", "", "", "", "", "", "");
                    break;
                }
                query = query with { Before = page.Next };
            }
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
