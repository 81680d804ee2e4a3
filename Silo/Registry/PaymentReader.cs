using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Space;

namespace MsaOrleans.Silo.Registry;

/// <summary>Reads lines of <c>payments.csv</c>. A sum that was taken back has a sign; one of nothing is nobody's payment.</summary>
internal sealed partial class PaymentReader(AdherentKeys keys, DateOnly today) : RecordReader(Columns, keys, today)
{
    public const string Columns = "nir;date;kind;amount";

    private const int LongestKind = 100;

    protected override RegistryRow Read(Guid adherent, RecordCells cells)
    {
        var date = Ago().IsMatch(cells["date"]) ? cells.Today.AddDays(-int.Parse(cells["date"].AsSpan(2), CultureInfo.InvariantCulture)) : cells.Date("date");
        var kind = cells.Text("kind", LongestKind);
        if (decimal.TryParse(cells.Shaped("amount", Amount()), CultureInfo.InvariantCulture, out var amount) && amount == 0)
            cells.Refuse("amount", "nothing was paid, and nothing taken back");
        // Known by its words, and not by the day that J-30 is today, so that it moves along when the line is imported again.
        var words = Encoding.UTF8.GetBytes($"{cells["date"]};{kind};{cells["amount"]}");
        return new(adherent, RegistryProtection.Write(new Payment(date, kind, amount)), words);
    }

    [GeneratedRegex(@"\AJ-\d{1,5}\z", RegexOptions.ECMAScript)]
    private static partial Regex Ago();

    [GeneratedRegex(@"\A-?(0|[1-9]\d{0,7})\.\d{2}\z", RegexOptions.ECMAScript)]
    private static partial Regex Amount();
}
