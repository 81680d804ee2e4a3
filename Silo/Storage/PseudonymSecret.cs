namespace MsaOrleans.Silo.Storage;

/// <summary>The secret key of the pseudonyms, from which the keys of the fingerprints are derived too.</summary>
public sealed class PseudonymSecret(byte[] value)
{
    public byte[] Value { get; } = value;

    public override string ToString() => "pseudonym secret";
}
