using System.Globalization;
using System.Text;
using CsvHelper;
using FsCheck.Xunit;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Testing;
using MsaOrleans.Web.Assistance;
using MsaOrleans.Web.Pages.PrivateSpace;

namespace MsaOrleans.Web.Tests.Pages;

/// <summary>Files for spreadsheets: each value stays in its cell, whatever it holds, and none is run. Values come trimmed, from the registry and from forms.</summary>
public sealed class SpreadsheetPropertyTests
{
    // What makes Excel, LibreOffice or Google Sheets take a cell for a formula (OWASP, CSV injection).
    private static readonly char[] starters = ['=', '+', '-', '@', '\t', '\r', '\n'];

    [Property(MaxTest = 1000)]
    public void Payments_have_three_cells_a_line_and_no_formula(byte[] choices, int cents)
    {
        var payment = new Payment(new(2026, 3, 1), AwkwardText.Of([.. choices.Take(100)], "=cmd|", "@SUM(", "-1", "+1", "Santé").Trim(), cents / 100m);
        var lines = Read(PaymentsCsv.Of([payment, payment]), ';');

        Assert.Equal(3, lines.Count);
        Assert.All(lines, line => Assert.Equal(3, line.Length));
        Assert.DoesNotContain(lines[1][1].FirstOrDefault(), starters);
        Assert.Equal(payment.Amount, decimal.Parse(lines[1][2], CultureInfo.GetCultureInfo("fr-FR")));
        Assert.Equal("01/03/2026", lines[2][0]);
    }

    [Property(MaxTest = 1000)]
    public void The_record_has_nine_cells_a_line_and_no_formula(byte[] reason, byte[] reference)
    {
        var act = new AgentAct("marie.durand", AwkwardText.Of([.. reason.Take(100)], "=cmd|", "@SUM(").Trim(), AwkwardText.Of([.. reference.Take(20)], "-1", "+33").Trim());
        var lines = Read(RecordCsv.Of(new([new(1, DateTimeOffset.UnixEpoch, AuditedAct.Looked, act, Guid.Empty, null, true)], null)), ',');

        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.Equal(9, line.Length));
        Assert.All(lines[1], cell => Assert.DoesNotContain(cell.FirstOrDefault(), starters));
    }

    private static List<string[]> Read(byte[] file, char separator)
    {
        Assert.Equal(Encoding.UTF8.GetPreamble(), file[..3]);
        using var reader = CsvReader.FromText(Encoding.UTF8.GetString(file.AsSpan(3)), new CsvReaderOptions { Separator = separator, HasHeader = false });
        var lines = new List<string[]>();
        while (reader.Read())
            lines.Add(reader.Current.ToArray());
        return lines;
    }
}
