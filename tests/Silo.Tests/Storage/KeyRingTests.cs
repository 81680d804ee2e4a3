using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.Storage;

public sealed class KeyRingTests : IDisposable
{
    private readonly TempFolder files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void All_who_ask_for_the_pseudonym_key_at_once_get_the_same()
    {
        var data = DataDirectory.Open(files["data"]);
        using var together = new Barrier(16);
        var keys = new string[16];
        var threads = Enumerable.Range(0, 16).Select(i => new Thread(() =>
        {
            together.SignalAndWait();
            keys[i] = Convert.ToBase64String(KeyRing.PseudonymKey(Configuration(), data).Value);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Single(keys.Distinct());
        Assert.Equal(keys[0], File.ReadAllText(Path.Combine(data.Keys, "pseudonym.key")).Trim());
    }

    [Fact]
    public void The_pseudonym_key_is_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
            return; // no file modes there
        var data = DataDirectory.Open(files["data"]);
        KeyRing.PseudonymKey(Configuration(), data);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(data.Keys, "pseudonym.key")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(data.Path));
    }

    [Fact]
    public void A_configured_pseudonym_key_wins_and_none_is_made()
    {
        var data = DataDirectory.Open(files["data"]);
        var configured = Convert.ToBase64String(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
        Assert.Equal(configured, Convert.ToBase64String(KeyRing.PseudonymKey(Configuration((KeyRing.PseudonymSetting, configured)), data).Value));
        Assert.False(File.Exists(Path.Combine(data.Keys, "pseudonym.key")));
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")] // 35 bytes
    public void A_malformed_key_is_named_as_the_culprit_but_not_shown(string malformed)
    {
        var data = DataDirectory.Open(files["data"]);
        var refusal = Assert.Throws<SetupException>(() => KeyRing.PseudonymKey(Configuration((KeyRing.PseudonymSetting, malformed)), data));
        Assert.Contains(KeyRing.PseudonymSetting, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(malformed, refusal.Message, StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(data.Keys, "pseudonym.key"), malformed);
        Assert.Contains("pseudonym.key", Assert.Throws<SetupException>(() => KeyRing.PseudonymKey(Configuration(), data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_production_the_pseudonym_key_is_never_made_up()
    {
        var data = DataDirectory.Open(files["data"]);
        Assert.Throws<SetupException>(() => KeyRing.PseudonymKey(Configuration(("ConnectionStrings:Msa", "Host=db")), data));
    }

    [Fact]
    public void The_next_process_opens_what_this_one_sealed()
    {
        var data = DataDirectory.Open(files["data"]);
        var row = Guid.NewGuid();
        byte[] sealedContent;
        AdherentKeys keys;
        using (var first = Services(data))
        {
            KeyRing.EnsureFirstKey(first, data);
            keys = first.GetRequiredService<AdherentKeys>();
            sealedContent = new RowCipher(first.GetRequiredService<IDataProtectionProvider>(), "test").Seal(row, "content"u8);
        }
        using var second = Services(data);
        KeyRing.EnsureFirstKey(second, data);
        Assert.Equal("content"u8, new RowCipher(second.GetRequiredService<IDataProtectionProvider>(), "test").Open(row, sealedContent));
        Assert.Equal(keys.For(Nir.Parse("1630967482229")), second.GetRequiredService<AdherentKeys>().For(Nir.Parse("1630967482229")));
        Assert.Single(Directory.GetFiles(data.Keys, "key-*.xml"));
    }

    [Fact]
    public void Rows_are_sealed_with_aes_256_gcm()
    {
        var data = DataDirectory.Open(files["data"]);
        using var services = Services(data);
        KeyRing.EnsureFirstKey(services, data);
        Assert.Contains("AES_256_GCM", File.ReadAllText(Directory.GetFiles(data.Keys, "key-*.xml").Single()), StringComparison.Ordinal);
    }

    private static ServiceProvider Services(DataDirectory data) =>
        new ServiceCollection().AddSingleton(Configuration()).AddMsaKeyRing(data).BuildServiceProvider();

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value)).Build();
}
