using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Grains;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Storage;
using MsaOrleans.Silo.Adherents;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Testing;

namespace MsaOrleans.Silo.Tests.Adherents;

/// <summary>The stored form of a row: a small clear header, then ciphertext.</summary>
public sealed class AdherentRowSerializerTests : IDisposable
{
    private const int HeaderLength = 10;

    private static readonly DateTimeOffset now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid letter = Guid.NewGuid();

    private readonly Installation installation = new();

    private AdherentRowSerializer Rows => new(installation.Get<IDataProtectionProvider>());

    private IDataProtector Protector => installation.Get<IDataProtectionProvider>().CreateProtector("MsaOrleans.Adherent.v1");

    private static AdherentState Lamy => new()
    {
        Owner = Guid.NewGuid(),
        Nir = Nir.Parse("1630967482229"),
        Identity = new("LAMY", null, "FRITZ", new(1963, 9, 12)),
        Contact = new() { Email = EmailAddress.Parse("lamy.fritz@gmail.fr") },
        Dispatches = new Dispatches().Request(letter, LetterKind.ProvisionalPassword, EmailAddress.Parse("lamy.fritz@gmail.fr"), now),
    };

    private static AdherentState Answered => new()
    {
        Nir = Nir.Parse("1630967482229"),
        Registration = new Registration().Begin("ticket", now, TimeSpan.FromDays(7)),
    };

    public void Dispose() => installation.Dispose();

    [Fact]
    public void A_row_comes_back_as_it_went()
    {
        var state = Lamy;
        var back = Rows.Deserialize<AdherentState>(Rows.Serialize(state));
        Assert.Equal(state.Owner, back.Owner);
        Assert.Equal(state.Nir, back.Nir);
        Assert.Equal(state.Identity, back.Identity);
        Assert.Equal(state.Contact, back.Contact);
        Assert.Equal(state.Dispatches.All, back.Dispatches.All);
    }

    [Fact]
    public void The_header_tells_its_form_when_something_is_due_whether_a_letter_is_owed_and_nothing_else()
    {
        var state = Lamy;
        var row = Rows.Serialize(state).ToArray();
        Assert.Equal(2, row[0]);
        Assert.Equal(state.DueAt!.Value.ToUnixTimeSeconds(), BinaryPrimitives.ReadInt64BigEndian(row.AsSpan(1)));
        Assert.Equal(1, row[9]);
        Assert.Equal(Json(state), Encoding.UTF8.GetString(Protector.Unprotect(row[HeaderLength..])));
        foreach (var secret in (string[])["1630967482229", "LAMY", "FRITZ", "lamy.fritz", "1963"])
            Assert.True(row.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, secret);
    }

    [Fact]
    public void A_letter_is_owed_until_it_has_left_or_is_given_up()
    {
        Assert.Equal(1, OwesByte(Lamy));
        Assert.Equal(1, OwesByte(Lamy with { Dispatches = Lamy.Dispatches.Take(letter, now).Item1 }));
        Assert.Equal(1, OwesByte(Lamy with { Dispatches = Lamy.Dispatches.Fail(letter, new(Permanent: false, "Busy."), [TimeSpan.FromDays(1)], now).Item1 }));
        Assert.Equal(0, OwesByte(Lamy with { Dispatches = Lamy.Dispatches.Confirm(letter, now) }));
        Assert.Equal(0, OwesByte(Lamy with { Dispatches = Lamy.Dispatches.Void(letter, "Cancelled.", now) }));
        Assert.Equal(0, OwesByte(Lamy with { Dispatches = Lamy.Dispatches.Fail(letter, new(Permanent: true, "No such mailbox."), [], now).Item1 }));
    }

    [Fact]
    public void What_is_due_without_a_letter_is_not_told_as_one()
    {
        var row = Rows.Serialize(Answered).ToArray();
        Assert.Equal(now.AddDays(7).ToUnixTimeSeconds(), BinaryPrimitives.ReadInt64BigEndian(row.AsSpan(1)));
        Assert.Equal(0, row[9]);
    }

    [Fact]
    public void A_row_with_nothing_due_is_due_never()
    {
        var row = Rows.Serialize(new AdherentState { Nir = Nir.Parse("1630967482229") }).ToArray();
        Assert.Equal(AdherentRowSerializer.Never, BinaryPrimitives.ReadInt64BigEndian(row.AsSpan(1)));
        Assert.Equal(0, row[9]);
    }

    [Fact]
    public void Yesterdays_rows_are_read_after_the_key_has_changed()
    {
        var yesterday = Rows.Serialize(Lamy);
        installation.Get<IKeyManager>().CreateNewKey(DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddDays(90));
        Assert.Equal("LAMY", Rows.Deserialize<AdherentState>(yesterday).Identity!.BirthName);
    }

    [Fact]
    public void Rows_of_form_1_are_still_read_and_written_back_as_rows_of_today()
    {
        var state = Lamy;
        var back = Rows.Deserialize<AdherentState>(new(FormOne(state)));
        Assert.Equal(Json(state), Json(back));
        Assert.Equal(2, Rows.Serialize(back).ToArray()[0]);
    }

    // Written by the last version of form 1, under the key beside it, which protects nothing else.
    [Fact]
    public void A_row_that_the_version_before_wrote_is_read_with_its_key()
    {
        using var files = new TempFolder();
        var directory = DataDirectory.Open(files["data"]);
        const string keyFile = "key-8a0c0b0e-aabe-40fe-9a60-9426154af988.xml";
        File.WriteAllText(Path.Combine(directory.Keys, keyFile), Sample(keyFile));
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddMsaKeyRing(directory).BuildServiceProvider();
        var row = Convert.FromBase64String(Sample("adherent.base64"));
        Assert.Equal((byte)1, row[0]);

        var read = new AdherentRowSerializer(services.GetRequiredService<IDataProtectionProvider>()).Deserialize<AdherentState>(new(row));

        Assert.Equal((Guid.Parse("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"), "1630967482229"), (read.Owner, read.Nir?.Value));
        Assert.Equal(new("LAMY", null, "FRITZ", new(1963, 9, 12)), read.Identity);
        var owed = Assert.Single(read.Dispatches.Pending);
        Assert.Equal((LetterKind.ProvisionalPassword, "lamy.fritz@gmail.fr", now), (owed.Kind, owed.To.Value, owed.NotBefore));
        Assert.Equal(read.DueAt!.Value.ToUnixTimeSeconds(), BinaryPrimitives.ReadInt64BigEndian(row.AsSpan(1)));
    }

    [Fact]
    public void A_row_that_was_altered_is_not_read()
    {
        var row = Rows.Serialize(Lamy).ToArray();
        row[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => Rows.Deserialize<AdherentState>(new(row)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_row_of_a_form_that_is_not_known_is_refused_with_a_word_about_it(byte form)
    {
        var row = Rows.Serialize(Lamy).ToArray();
        row[0] = form;
        var refusal = Assert.Throws<InvalidDataException>(() => Rows.Deserialize<AdherentState>(new(row)));
        Assert.Contains($"form {form}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 9)]
    [InlineData(2, 10)]
    [InlineData(2, 1)]
    [InlineData(2, 0)]
    public void A_row_with_no_more_than_a_header_is_refused_as_cut_off(byte form, int length)
    {
        byte[] row = [form, .. new byte[HeaderLength]];
        var refusal = Assert.Throws<InvalidDataException>(() => Rows.Deserialize<AdherentState>(new(row[..length])));
        Assert.Contains("cut off", refusal.Message, StringComparison.Ordinal);
    }

    private byte OwesByte(AdherentState state) => Rows.Serialize(state).ToArray()[9];

    // As the version before wrote it: its form, when something is due, and the ciphertext at once.
    private byte[] FormOne(AdherentState state)
    {
        var due = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(due, state.DueAt?.ToUnixTimeSeconds() ?? AdherentRowSerializer.Never);
        return [1, .. due, .. Protector.Protect(Encoding.UTF8.GetBytes(Json(state)))];
    }

    private static string Json(AdherentState state) => JsonSerializer.Serialize(state, AdherentStateJson.Default.AdherentState);

    private static string Sample(string name)
    {
        using var reader = new StreamReader(typeof(AdherentRowSerializerTests).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
