using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Audit;

/// <summary>
/// How entries of the record are sealed, and bound to each other. The seal is of the encryption keys, which change; the hash is of what was sealed, under
/// a key derived from the pseudonym secret, so that sealing again breaks nothing, and nobody without that secret can make one.
/// </summary>
internal sealed class AuditChain(IDataProtectionProvider keys, PseudonymSecret secret)
{
    private const byte Form = 1;

    private readonly RowCipher contents = new(keys, "audit");
    private readonly KeyedFingerprint links = new(secret, "audit.chain");

    /// <summary>The row of the entry that comes after the last one.</summary>
    public AuditRow Next(AuditHead last, AuditEntry entry)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(new(entry.By.Reason, entry.By.CallReference, entry.Detail), AuditJson.Default.AuditContent);
        var row = new AuditRow(last.Sequence + 1, entry.At.ToUnixTimeMilliseconds(), entry.By.Agent, entry.Act.ToString(), entry.Adherent, [], Guid.Empty);
        return row with { Content = Seal(row.Sequence, content), Hash = HashOf(row, content, last.Hash) };
    }

    /// <summary>What the hash of a row must be.</summary>
    /// <param name="row">Its own hash and ciphertext do not count.</param>
    /// <param name="content">What is sealed in it.</param>
    /// <param name="previous">The hash of the row before.</param>
    public Guid HashOf(AuditRow row, byte[] content, Guid previous)
    {
        using var canonical = new MemoryStream();
        using (var writer = new BinaryWriter(canonical)) // strings with their length: no two rows read the same
        {
            writer.Write(Form);
            writer.Write(previous.ToBytes());
            writer.Write(row.Sequence);
            writer.Write(row.At);
            writer.Write(row.Agent);
            writer.Write(row.Act);
            writer.Write(row.Adherent is not null);
            writer.Write(row.Adherent.GetValueOrDefault().ToBytes());
            writer.Write(content);
        }
        return links.Of(canonical.ToArray());
    }

    public byte[] Seal(long sequence, byte[] content) => contents.Seal(KeyOf(sequence), content);

    /// <exception cref="System.Security.Cryptography.CryptographicException">It was sealed for another entry, under other keys, or altered since.</exception>
    public byte[] Open(long sequence, byte[] content) => contents.Open(KeyOf(sequence), content);

    /// <summary>What is sealed in a row; nothing when it cannot be opened.</summary>
    public byte[]? TryOpen(AuditRow row)
    {
        try
        {
            return Open(row.Sequence, row.Content);
        }
        catch (Exception broken) when (SealedTable.IsUnreadable(broken))
        {
            return null;
        }
    }

    /// <summary>A row as supervisors read it. Whether it is bound to the others is not looked at.</summary>
    public AuditLine Read(AuditRow row)
    {
        var content = TryOpen(row) is { } bytes ? JsonSerializer.Deserialize(bytes, AuditJson.Default.AuditContent) : null;
        return new(
            row.Sequence,
            DateTimeOffset.FromUnixTimeMilliseconds(row.At),
            Enum.TryParse<AuditedAct>(row.Act, out var act) ? act : (AuditedAct)(-1),
            new(row.Agent, content?.Reason ?? "", content?.CallReference),
            row.Adherent,
            content?.Detail,
            content is not null);
    }

    private static Guid KeyOf(long sequence)
    {
        Span<byte> key = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(key[8..], sequence);
        return new(key, bigEndian: true);
    }
}

/// <summary>What is sealed of an entry.</summary>
internal sealed record AuditContent(string Reason, string? CallReference, string? Detail)
{
    public override string ToString() => "audit content";
}

/// <summary>Names are a contract: entries sealed yesterday must load.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditContent))]
internal sealed partial class AuditJson : JsonSerializerContext;
