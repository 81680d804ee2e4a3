using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MsaOrleans.Silo.Audit;

/// <summary>An entry of the record as it is stored.</summary>
/// <param name="Sequence">1 is the first.</param>
/// <param name="At">Milliseconds since 1970, UTC.</param>
/// <param name="Agent">Login.</param>
/// <param name="Act">By name.</param>
/// <param name="Adherent">Pseudonym.</param>
/// <param name="Content">Ciphertext.</param>
/// <param name="Hash">Keyed, of all the rest in clear and of the hash before.</param>
internal sealed record AuditRow(long Sequence, long At, string Agent, string Act, Guid? Adherent, byte[] Content, Guid Hash)
{
    public AuditHead Head => new(Sequence, Hash);
}

/// <summary>The end of the record at some time: who noted it elsewhere sees whether what was there then is still there, and the same. Written <c>17:0f3c…</c>.</summary>
internal sealed record AuditHead(long Sequence, Guid Hash)
{
    /// <summary>Of a record in which there is nothing.</summary>
    public static readonly AuditHead Nothing = new(0, Guid.Empty);

    public static bool TryParse(string text, [NotNullWhen(true)] out AuditHead? head)
    {
        head = text.Split(':') is [var number, var hex]
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            && Guid.TryParseExact(hex, "N", out var hash)
            ? new(sequence, hash)
            : null;
        return head is not null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}:{Hash:N}");
}
