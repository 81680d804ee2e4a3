using System.Text;
using Microsoft.AspNetCore.DataProtection;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Search;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Fuzz.Targets;

/// <summary>Files of the caisses: all but their header, which has to be right before anything is read. Payments when the first byte is <c>p</c>.</summary>
internal sealed class RegistryTarget : FuzzTarget
{
    private const string Lamy = "1630967482229;LAMY;;FRITZ;M;1963-09-12;67482;99100;yes;none;;67|68;1 RUE D'ALSACE;67320;MARLENHEIM";

    private readonly AdherentKeys keys = new(new byte[AdherentKeys.SecretLength]);
    private readonly PseudonymSecret secret = new(new byte[AdherentKeys.SecretLength]);
    private readonly RegistryProtection protection;

    public RegistryTarget() => protection = new(new EphemeralDataProtectionProvider(), secret);

    public override void Try(byte[] input)
    {
        if (input.Length == 0)
            return;
        var isPayments = input[0] == 'p';
        var database = new MemoryDatabase();
        if (isPayments)
            Import(database, false, Encoding.UTF8.GetBytes(Lamy), []);
        var (first, rejected) = Both(input);
        Holds(first.Read == first.Added + first.Changed + first.Unchanged + first.Rejected && first.Rejected == rejected.Count, "every line is counted once");
        Holds(first.Added == database.Tables[isPayments ? RegistryTable.Payments : RegistryTable.Persons].Count && first.Changed == 0, "what is added is there");
        Holds(rejected.All(line => line.Line > 1 && line.Reason.Length > 0), "who sent it knows why");
        Holds(rejected.Zip(rejected.Skip(1)).All(pair => pair.First.Line < pair.Second.Line), "in the order of the file");
        foreach (var row in database.Tables[RegistryTable.Persons].Values)
            Holds(Texts(protection.OpenPerson(row.Adherent, row.Content)).All(IsPlain), "what is kept can be shown and printed");
        foreach (var (key, row) in database.Tables[RegistryTable.Payments])
            Holds(protection.OpenPayment(row.Adherent, key, row.Content) is { Amount: not 0 } payment && IsPlain(payment.Kind), "somebody's payment");
        var (second, again) = Both(input);
        Holds(second == new ImportSummary(first.Read, Unchanged: first.Added, Rejected: first.Rejected) && again.SequenceEqual(rejected), "the same file again changes nothing");

        (ImportSummary Summary, List<RejectedLine> Rejected) Both(byte[] file)
        {
            var refused = new List<RejectedLine>();
            return (Import(database, isPayments, file[1..], refused), refused);
        }
    }

    // As the command reads it.
    private ImportSummary Import(MemoryDatabase database, bool isPayments, byte[] lines, List<RejectedLine> rejected)
    {
        using var file = new MemoryStream([.. Encoding.UTF8.GetBytes((isPayments ? PaymentReader.Columns : AdherentReader.Columns) + "\n"), .. lines]);
        using var reader = new StreamReader(file, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true);
        var importer = new RegistryImporter(database, protection, new SearchTokens(secret), keys, TimeProvider.System);
        return (isPayments ? importer.ImportPayments(reader, rejected.Add) : importer.ImportAdherents(reader, rejected.Add)).GetAwaiter().GetResult();
    }

    private static IEnumerable<string?> Texts(InsuredPerson person) => [person.BirthName, person.UsedName, .. person.GivenNames, person.Address.Line, person.Address.City];

    private static bool IsPlain(string? text) => text is null || (text.Trim() == text && text.Length > 0 && !text.Any(char.IsControl));
}
