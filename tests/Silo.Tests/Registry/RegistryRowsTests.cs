using System.Text;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Tests.Registry;

public sealed class RegistryRowsTests : RegistryRowsContract
{
    protected override ValueTask<StorageUnderTest> NewInstallation() => new(new Installation());
}

/// <summary>Rows of the registry as they lie in the database: they tell nothing, open for nobody else, and open for ever.</summary>
public abstract class RegistryRowsContract : ImportContract
{
    [Fact]
    public async Task A_row_of_a_version_that_kept_no_number_loads_and_the_next_import_writes_it_anew_once()
    {
        await Adherents(Lamy);
        var (protection, adherent) = (Installation.Get<RegistryProtection>(), new AdherentKeys(Installation.Get<PseudonymSecret>().Value).For(Nir.Parse("1630967482229")));
        var before = new RegistryRow(adherent, RegistryProtection.Write((await Find("1630967482229"))! with { Nir = null }));
        await Installation.Database.WriteRegistry([new(adherent, null, protection.FingerprintOf(before), protection.Seal(before))], allNew: false, TestContext.Current.CancellationToken);
        Assert.Null((await Find("1630967482229"))!.Nir);

        Assert.Equal(new ImportSummary(Read: 1, Changed: 1), await Adherents(Lamy));
        Assert.NotNull((await Find("1630967482229"))!.Nir);
        Assert.Equal(new ImportSummary(Read: 1, Unchanged: 1), await Adherents(Lamy));
    }

    [Fact]
    public async Task The_database_on_disk_tells_nothing_about_anyone()
    {
        await Adherents(Lamy, DaSilva);
        await Payments("1630967482229;J-12;Santé;1034.56");
        var disk = Installation.BytesOnDisk();
        Assert.True(disk.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Installation.InClear)) >= 0); // what is in clear would be found
        foreach (var personal in Lamy.Split(';').Concat(DaSilva.Split(';')).Concat(["FRITZ", "CONCEIÇÃO", "1234567890", "Santé", "1034.56", "2026-06-03"]).Where(text => text.Length > 3))
        {
            Assert.True(disk.AsSpan().IndexOf(Encoding.UTF8.GetBytes(personal)) < 0, personal);
            Assert.True(disk.AsSpan().IndexOf(Encoding.Unicode.GetBytes(personal)) < 0, personal);
        }
    }

    [Fact]
    public async Task Equal_payments_of_two_persons_do_not_look_alike()
    {
        await Adherents(Lamy, DaSilva);
        await Payments("1630967482229;J-12;Santé;22.50", "2410399351012;J-12;Santé;22.50", "2410399351012;J-12;Santé;22.50");
        Assert.Equal((3L, 3L), (Installation.Scalar<long>("SELECT count(DISTINCT Fingerprint) FROM Payments"), Installation.Scalar<long>("SELECT count(DISTINCT Payment) FROM Payments")));
    }

    [Fact]
    public async Task A_row_handed_to_another_adherent_does_not_open()
    {
        await Adherents(Lamy, DaSilva);
        await Payments("1630967482229;J-12;Santé;22.50");
        var other = Installation.Literal(Key("2410399351012").ToByteArray(bigEndian: true));
        Installation.Execute($"UPDATE Payments SET Adherent = {other}");
        Installation.Execute($"UPDATE InsuredPersons SET Content = (SELECT Content FROM InsuredPersons WHERE Adherent <> {other}) WHERE Adherent = {other}");
        await Assert.ThrowsAsync<System.Security.Cryptography.CryptographicException>(() => Paid("2410399351012"));
        await Assert.ThrowsAsync<System.Security.Cryptography.CryptographicException>(() => Find("2410399351012"));
    }

    /// <summary>A row as the first version wrote it. It must open for ever.</summary>
    [Fact]
    public void Rows_of_the_first_version_still_load()
    {
        var person = System.Text.Json.JsonSerializer.Deserialize(
            """{"BirthName":"LAMY","GivenNames":["FRITZ"],"Sex":"Male","BirthDate":"1963-09-12","BirthPlaceCode":"67482","BirthCountryCode":"99100","HealthInsured":true,"CardKind":"WithPhoto","CardSerial":"80250000321234567890","Departments":["67","68"],"Address":{"Line":"1 RUE D'ALSACE","PostalCode":"67320","City":"MARLENHEIM"}}""",
            RegistryJson.Default.InsuredPerson)!;
        Assert.Equal(("LAMY", CardKind.WithPhoto, "MARLENHEIM"), (person.BirthName, person.CardKind, person.Address.City));
        var payment = System.Text.Json.JsonSerializer.Deserialize("""{"Date":"2026-06-03","Kind":"Santé","Amount":22.50}""", RegistryJson.Default.Payment);
        Assert.Equal(new Payment(new(2026, 6, 3), "Santé", 22.50m), payment);
    }
}
