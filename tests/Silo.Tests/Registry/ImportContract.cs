using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Registry;

namespace MsaOrleans.Silo.Tests.Registry;

/// <summary>Files of the caisses that are imported, whatever the kind of database, and what the registry answers then.</summary>
public abstract class ImportContract : IAsyncLifetime
{
    private protected const string AdherentsHeader =
        "nir;birth_name;used_name;given_names;sex;birth_date;birth_place_code;birth_country_code;health_insured;card_kind;card_serial;departments;address_line;postal_code;city";

    private protected const string PaymentsHeader = "nir;date;kind;amount";
    private protected const string Lamy = "1630967482229;LAMY;;FRITZ;M;1963-09-12;67482;99100;yes;with-photo;80250000321234567890;67|68;1 RUE D'ALSACE;67320;MARLENHEIM";
    private protected const string DaSilva = "2410399351012;DA SILVA;SCHMITT;MARIA DA CONCEIÇÃO;F;1941-03-02;;99139;yes;none;;67;3 PLACE DE L'ÉGLISE;67600;SÉLESTAT";

    private StorageUnderTest? installation;

    private protected StorageUnderTest Installation => installation!;

    private protected List<RejectedLine> Rejected { get; } = [];

    public async ValueTask InitializeAsync() => installation = await NewInstallation();

    public async ValueTask DisposeAsync()
    {
        await Installation.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract ValueTask<StorageUnderTest> NewInstallation();

    private protected Task<ImportSummary> Adherents(params string[] lines) =>
        Installation.Get<RegistryImporter>().ImportAdherents(new StringReader(AdherentsHeader + '\n' + string.Join('\n', lines)), Rejected.Add);

    private protected Task<ImportSummary> Payments(params string[] lines) =>
        Installation.Get<RegistryImporter>().ImportPayments(new StringReader(PaymentsHeader + '\n' + string.Join('\n', lines)), Rejected.Add);

    private protected Guid Key(string nir) => Installation.Get<AdherentKeys>().For(Nir.Parse(nir));

    private protected Task<InsuredPerson?> Find(string nir) => Installation.Get<IInsuredPersonRegistry>().Find(Key(nir));

    private protected Task<IReadOnlyList<Payment>> Paid(string nir) => Installation.Get<IInsuredPersonRegistry>().Payments(Key(nir));
}
