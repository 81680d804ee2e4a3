using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MsaOrleans.Grains.Interfaces.Adherents;

/// <summary>What the browser that began a sign-up holds, and nobody else: 256 random bits. The grain keeps only its hash.</summary>
[GenerateSerializer, Immutable, Alias("msa.sign-up-ticket")]
public sealed record SignUpTicket(string Secret)
{
    public static SignUpTicket New() => new(RandomSecret.New());

    public override string ToString() => "sign-up ticket";
}

/// <summary>What a signed-in browser holds: 256 random bits, never used again after sign-out or a change of password. The grain keeps only its hash.</summary>
[GenerateSerializer, Immutable, Alias("msa.session-token")]
public sealed record SessionToken(string Secret)
{
    public static SessionToken New() => new(RandomSecret.New());

    public override string ToString() => "session token";
}

/// <summary>
/// A password as typed, in Unicode form NFKC (NIST SP 800-63B-4, 3.1.1.2: the same characters typed on two keyboards are the same password).
/// Nothing else about it is changed: no trimming, no change of case (ASVS 6.2.8).
/// </summary>
[GenerateSerializer, Immutable, Alias("msa.password")]
public sealed record Password
{
    public Password(string typed) => Value = Typed.Normalized(typed, NormalizationForm.FormKC);

    [Id(0)]
    public string Value { get; }

    /// <summary>Its length as people count: Unicode characters, not UTF-16 units.</summary>
    public int Length => Value.EnumerateRunes().Count();

    public override string ToString() => "password";
}

/// <summary>Secrets that browsers and letters carry.</summary>
public static class RandomSecret
{
    /// <summary>256 random bits, in base64url.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
