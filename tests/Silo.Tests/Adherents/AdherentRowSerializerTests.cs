using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using MsaOrleans.Grains;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Silo.Adherents;

namespace MsaOrleans.Silo.Tests.Adherents;

/// <summary>The stored form of a row: a small clear header, then ciphertext.</summary>
public sealed class AdherentRowSerializerTests : IDisposable
{
    private static readonly DateTimeOffset now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly Installation installation = new();

    private AdherentRowSerializer Rows => new(installation.Get<IDataProtectionProvider>());

    private static AdherentState Lamy => new()
    {
        Owner = Guid.NewGuid(),
        Nir = Nir.Parse("1630967482229"),
        Identity = new("LAMY", null, "FRITZ", new(1963, 9, 12)),
        Contact = new() { Email = EmailAddress.Parse("lamy.fritz@gmail.fr") },
        Dispatches = new Dispatches().Request(Guid.NewGuid(), LetterKind.ProvisionalPassword, EmailAddress.Parse("lamy.fritz@gmail.fr"), now),
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
    public void The_header_tells_its_form_and_when_something_is_due_and_nothing_else()
    {
        var state = Lamy;
        var row = Rows.Serialize(state).ToArray();
        Assert.Equal(1, row[0]);
        Assert.Equal(state.DueAt!.Value.ToUnixTimeSeconds(), BinaryPrimitives.ReadInt64BigEndian(row.AsSpan(1)));
        foreach (var secret in (string[])["1630967482229", "LAMY", "FRITZ", "lamy.fritz", "1963"])
            Assert.True(row.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, secret);
    }

    [Fact]
    public void A_row_with_nothing_due_is_due_never()
    {
        var row = Rows.Serialize(new AdherentState { Nir = Nir.Parse("1630967482229") }).ToArray();
        Assert.Equal(AdherentRowSerializer.Never, BinaryPrimitives.ReadInt64BigEndian(row.AsSpan(1)));
    }

    [Fact]
    public void Yesterdays_rows_are_read_after_the_key_has_changed()
    {
        var yesterday = Rows.Serialize(Lamy);
        installation.Get<IKeyManager>().CreateNewKey(DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddDays(90));
        Assert.Equal("LAMY", Rows.Deserialize<AdherentState>(yesterday).Identity!.BirthName);
    }

    [Fact]
    public void A_row_that_was_altered_is_not_read()
    {
        var row = Rows.Serialize(Lamy).ToArray();
        row[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => Rows.Deserialize<AdherentState>(new(row)));
    }

    [Fact]
    public void A_row_of_a_later_form_is_refused_with_a_word_about_it()
    {
        var row = Rows.Serialize(Lamy).ToArray();
        row[0] = 2;
        var refusal = Assert.Throws<InvalidDataException>(() => Rows.Deserialize<AdherentState>(new(row)));
        Assert.Contains("form 2", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => Rows.Deserialize<AdherentState>(new(Array.Empty<byte>())));
    }
}
