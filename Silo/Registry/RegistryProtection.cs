using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Registry;

/// <summary>How our copy of the registry is kept unreadable: what is sealed, what is fingerprinted, under which purposes.</summary>
public sealed class RegistryProtection(IDataProtectionProvider keys, PseudonymSecret secret)
{
    /// <summary>How many payments in the same words have keys of their own: as many as two bytes tell apart.</summary>
    internal const int MostOccurrences = 1 << 16;

    private readonly RowCipher persons = new(keys, "registry.person");
    private readonly RowCipher payments = new(keys, "registry.payment");
    private readonly KeyedFingerprint contents = new(secret, "registry.content");
    private readonly KeyedFingerprint paymentLines = new(secret, "registry.payment-line");

    internal static byte[] Write(InsuredPerson person) => JsonSerializer.SerializeToUtf8Bytes(person, RegistryJson.Default.InsuredPerson);

    internal static byte[] Write(Payment payment) => JsonSerializer.SerializeToUtf8Bytes(payment, RegistryJson.Default.Payment);

    internal byte[] Seal(RegistryRow row) =>
        row.Payment is { } payment ? payments.Seal(row.Adherent, payment, row.Content) : persons.Seal(row.Adherent, row.Content);

    /// <summary>Opens a row, whatever it tells.</summary>
    /// <returns>Seals it again.</returns>
    internal Func<byte[]> OpenToSeal(SealedRow row)
    {
        var content = row.Payment is { } payment ? payments.Open(row.Adherent, payment, row.Content) : persons.Open(row.Adherent, row.Content);
        return () => Seal(new(row.Adherent, content) { Payment = row.Payment });
    }

    internal InsuredPerson OpenPerson(Guid adherent, byte[] content) =>
        JsonSerializer.Deserialize(persons.Open(adherent, content), RegistryJson.Default.InsuredPerson)!;

    internal Payment OpenPayment(Guid adherent, Guid payment, byte[] content) =>
        JsonSerializer.Deserialize(payments.Open(adherent, payment, content), RegistryJson.Default.Payment)!;

    /// <summary>The fingerprint takes in the row's keys: equal content in two rows must not show.</summary>
    internal Guid FingerprintOf(RegistryRow row) => contents.Of([.. row.Adherent.ToBytes(), .. row.Key.ToBytes(), .. row.Content]);

    /// <summary>The key of the n-th payment that a file tells of in these same words, counted from 0.</summary>
    internal Guid PaymentKeyOf(Guid adherent, int occurrence, byte[] words) => paymentLines.Of([.. adherent.ToBytes(), (byte)(occurrence >> 8), (byte)occurrence, .. words]);
}

/// <summary>A row of the registry before it is sealed: of an insured person, or of a payment, which has a key of its own beside its adherent's.</summary>
/// <param name="Adherent">The pseudonym.</param>
/// <param name="Content">In clear.</param>
/// <param name="PaymentWords">The words of a payment's line, by which it is known; nothing for an insured person.</param>
internal sealed record RegistryRow(Guid Adherent, byte[] Content, byte[]? PaymentWords = null)
{
    /// <summary>A payment's key, once it is known how often the file has told of it in these words.</summary>
    public Guid? Payment { get; init; }

    /// <summary>The insured person whom the content tells of.</summary>
    public InsuredPerson? Person { get; init; }

    /// <summary>What tells this row from all others of its table.</summary>
    public Guid Key => Payment ?? Adherent;

    public override string ToString() => "registry row";
}
