using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Tests.Postgres;

/// <summary>The keys of several machines: one ring in the database, closed under the pseudonym key.</summary>
public sealed class PostgresKeyRingTests : IAsyncLifetime
{
    private PostgresInstallation machine = null!;

    public async ValueTask InitializeAsync() => machine = await PostgresInstallation.Create();

    public ValueTask DisposeAsync() => machine.DisposeAsync();

    [Fact]
    public async Task What_one_machine_sealed_another_opens()
    {
        var row = Guid.NewGuid();
        EnsureFirstKey(machine);
        var sealedContent = new RowCipher(machine.Get<IDataProtectionProvider>(), "test").Seal(row, "content"u8);
        await using var other = machine.AnotherMachine();
        Assert.Equal("content"u8, new RowCipher(other.Get<IDataProtectionProvider>(), "test").Open(row, sealedContent));
        Assert.Equal(machine.Get<AdherentKeys>().For(Nir.Parse("1630967482229")), other.Get<AdherentKeys>().For(Nir.Parse("1630967482229")));
    }

    [Fact]
    public async Task Machines_that_start_at_once_make_one_first_key()
    {
        var machines = Enumerable.Range(0, 6).Select(_ => machine.AnotherMachine()).ToList();
        using var together = new Barrier(machines.Count);
        await Task.WhenAll(machines.Select(each => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                EnsureFirstKey(each);
            },
            TaskCreationOptions.LongRunning)));
        Assert.Equal(1L, machine.Scalar<long>("SELECT count(*) FROM DataProtectionKeys"));
        foreach (var each in machines)
            await each.DisposeAsync();
    }

    [Fact]
    public void Keys_do_not_lie_open_beside_what_they_protect()
    {
        EnsureFirstKey(machine);
        var stored = XElement.Parse(machine.Scalar<string>("SELECT Xml FROM DataProtectionKeys"));
        Assert.Contains("AES_256_GCM", stored.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", stored.ToString(), StringComparison.Ordinal);
        var secret = Assert.Single(stored.Descendants(), element => element.Name.LocalName == "encryptedSecret");
        Assert.StartsWith("MsaOrleans.Silo.Storage.KeyXmlDecryptor, Silo", (string)secret.Attribute("decryptorType")!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_with_another_pseudonym_key_does_not_start()
    {
        EnsureFirstKey(machine);
        using var stranger = Services(Convert.ToBase64String(new byte[32]));
        var refusal = Assert.Throws<SetupException>(() => KeyRing.EnsureFirstKey(stranger, stranger.GetRequiredService<PostgresDatabase>()));
        Assert.Equal("Adherents:PseudonymKey is not the key under which this database was begun: every machine must have the same.", refusal.Message);
        Assert.Equal(1L, machine.Scalar<long>("SELECT count(*) FROM DataProtectionKeys"));
    }

    [Fact]
    public void Without_a_pseudonym_key_no_machine_starts()
    {
        using var services = Services(null);
        Assert.Throws<SetupException>(() => KeyRing.EnsureFirstKey(services, services.GetRequiredService<PostgresDatabase>()));
    }

    [Fact]
    public void What_was_sealed_opens_whole_or_not_at_all()
    {
        var secret = new PseudonymSecret(new byte[32]);
        var clear = new XElement("masterKey", new XElement("value", "é<&"));
        var first = new KeyXmlEncryptor(secret).Encrypt(clear).EncryptedElement;
        Assert.True(XNode.DeepEquals(clear, new KeyXmlEncryptor(secret).Decrypt(first)));
        Assert.NotEqual(first.Value, new KeyXmlEncryptor(secret).Encrypt(clear).EncryptedElement.Value);

        Assert.ThrowsAny<CryptographicException>(() => new KeyXmlEncryptor(new PseudonymSecret([1, .. new byte[31]])).Decrypt(first));
        var altered = Convert.FromBase64String(first.Value);
        altered[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => new KeyXmlEncryptor(secret).Decrypt(new XElement("sealed", Convert.ToBase64String(altered))));
    }

    private static void EnsureFirstKey(PostgresInstallation machine) => KeyRing.EnsureFirstKey(machine.Get<IServiceProvider>(), machine.Get<PostgresDatabase>());

    private ServiceProvider Services(string? pseudonymKey)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new(PostgresDatabase.Setting, machine.ConnectionString), new(KeyRing.PseudonymSetting, pseudonymKey)])
            .Build();
        return new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddMsaStorage(configuration).BuildServiceProvider();
    }
}
