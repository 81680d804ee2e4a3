using MsaOrleans.Silo.Search;

namespace MsaOrleans.Silo.Registry;

/// <summary>A row of the registry as it is stored.</summary>
/// <param name="Adherent">The pseudonym.</param>
/// <param name="Payment">The key of a payment; nothing in the row of an insured person.</param>
/// <param name="Fingerprint">Of the content, keyed.</param>
/// <param name="Content">Ciphertext.</param>
internal sealed record SealedRow(Guid Adherent, Guid? Payment, Guid Fingerprint, byte[] Content)
{
    /// <summary>By what an insured person is found.</summary>
    public NameTokens Names { get; init; }
}
