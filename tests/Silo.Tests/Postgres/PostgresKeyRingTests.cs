using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement.Internal;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Testing;

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

    [Fact]
    public async Task An_idle_machine_learns_the_key_of_another_and_takes_it_up_when_its_time_comes()
    {
        EnsureFirstKey(machine);
        using var idle = Services(PostgresInstallation.PseudonymKey, (KeyWatch.Setting, "00:00:00.100"));
        var ring = idle.GetRequiredService<IKeyRingProvider>();
        var first = ring.GetCurrentKeyRing().DefaultKeyId;
        var later = machine.Get<KeyWatch>().Renew(alone: false);
        Assert.True(machine.Get<KeyWatch>().IsUnsettled(later));
        await Knows(later.KeyId);
        Assert.Equal(first, ring.GetCurrentKeyRing().DefaultKeyId);

        var now = machine.Get<KeyWatch>().Renew(alone: true);
        await Knows(now.KeyId);
        Assert.Equal(now.KeyId, ring.GetCurrentKeyRing().DefaultKeyId);

        Task Knows(Guid key) => Waiting.Until(() => ring.GetCurrentKeyRing().GetAuthenticatedEncryptorByKeyId(key, out _) is not null, () => "the other's key");
    }

    [Fact]
    public async Task Keys_that_cannot_be_reached_for_a_while_are_used_as_they_were_seen_last()
    {
        EnsureFirstKey(machine);
        using var other = Services(PostgresInstallation.PseudonymKey, (KeyWatch.Setting, "00:00:00.100"));
        var cipher = new RowCipher(other.GetRequiredService<IDataProtectionProvider>(), "test");
        var row = Guid.NewGuid();
        var sealedContent = cipher.Seal(row, "content"u8);
        machine.Execute("ALTER TABLE DataProtectionKeys RENAME TO Away");
        var ring = other.GetRequiredService<IKeyRingProvider>();
        var started = TimeProvider.System.GetTimestamp();
        await Waiting.Until(
            () =>
            {
                Assert.Equal("content"u8, cipher.Open(row, sealedContent)); // no look that fails is a visitor's
                return TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromSeconds(1);
            },
            () => "a second");
        machine.Execute("ALTER TABLE Away RENAME TO DataProtectionKeys");
        var made = machine.Get<KeyWatch>().Renew(alone: true);
        await Waiting.Until(() => ring.GetCurrentKeyRing().DefaultKeyId == made.KeyId, () => "the new key");
    }

    private static void EnsureFirstKey(PostgresInstallation machine) => KeyRing.EnsureFirstKey(machine.Get<IServiceProvider>(), machine.Get<PostgresDatabase>());

    private ServiceProvider Services(string? pseudonymKey, params (string Key, string Value)[] others)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new(PostgresDatabase.Setting, machine.ConnectionString), new(KeyRing.PseudonymSetting, pseudonymKey), .. others.Select(other => KeyValuePair.Create(other.Key, (string?)other.Value))])
            .Build();
        return new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddMsaStorage(configuration).BuildServiceProvider();
    }
}
