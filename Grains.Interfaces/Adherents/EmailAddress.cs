using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Mail;

namespace MsaOrleans.Grains.Interfaces.Adherents;

/// <summary>
/// An e-mail address a letter can be sent to: one local part, one domain with a dot in it, no display name, no comment,
/// 254 characters at most (RFC 5321). Kept as typed, compared without regard to case. It shows itself masked.
/// </summary>
[GenerateSerializer, Immutable, Alias("msa.email-address")]
public sealed record EmailAddress
{
    public const int MaxLength = 254;

    private EmailAddress(string value) => Value = value;

    [Id(0)]
    public string Value { get; }

    public bool Equals(EmailAddress? other) => string.Equals(Value, other?.Value, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Masked: first letter and top-level domain.</summary>
    public override string ToString() => $"{Value[..1]}***@***{Value[Value.LastIndexOf('.')..]}";

    public static bool TryParse(string? typed, [NotNullWhen(true)] out EmailAddress? address)
    {
        var text = typed?.Trim();
        // A name that ends with a dot was taken until the library for mails was found to refuse it.
        address = IsAddress(text) && !text.Contains(".@", StringComparison.Ordinal) ? new EmailAddress(text) : null;
        return address is not null;
    }

    /// <summary>Reads an address as it was kept: good when it was typed, whatever is asked of new ones since. What is stored must never become unreadable.</summary>
    /// <exception cref="FormatException">It never was one.</exception>
    public static EmailAddress Kept(string text) => IsAddress(text) ? new(text) : throw Unreadable();

    /// <summary>Reads an address that is known to be good.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static EmailAddress Parse(string text) => TryParse(text, out var address) ? address : throw Unreadable();

    private static bool IsAddress([NotNullWhen(true)] string? text)
    {
        if (text is null or "" || text.Length > MaxLength || text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format || c is '"' or '<' or '>' or ',' or ';'))
            return false;
        if (!MailAddress.TryCreate(text, out var parsed) || parsed.Address != text || parsed.User.Length > 64)
            return false;
        var labels = parsed.Host.Split('.');
        return labels.Length >= 2 && labels[^1].Length >= 2 && !labels[^1].All(char.IsAsciiDigit)
            && labels.All(l => l.Length is > 0 and <= 63 && l[0] != '-' && l[^1] != '-' && l.All(c => char.IsLetterOrDigit(c) || c == '-'));
    }

    private static FormatException Unreadable() => new("Not an e-mail address.");
}
