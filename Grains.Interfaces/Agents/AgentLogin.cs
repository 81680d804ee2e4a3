using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace MsaOrleans.Grains.Interfaces.Agents;

/// <summary>The name under which an agent of the hotline signs in, such as <c>marie.durand</c>: small letters and digits, in parts joined by a dot or a dash.</summary>
[GenerateSerializer, Immutable, Alias("msa.agent-login")]
public sealed partial record AgentLogin
{
    /// <summary>Characters at most.</summary>
    public const int MaxLength = 50;

    // Told apart from the hash of anything else.
    private const string Purpose = "msa.agent:";

    private AgentLogin(string value) => Value = value;

    /// <summary>In its normal form.</summary>
    [Id(0)]
    public string Value { get; }

    /// <summary>The key of his grain.</summary>
    public Guid Key => KeyFor(Value);

    /// <summary>Its parts.</summary>
    public string[] Parts => Value.Split('.', '-');

    /// <summary>Reads what was typed: blanks around it and capitals do not count.</summary>
    public static bool TryParse(string? typed, [NotNullWhen(true)] out AgentLogin? login)
    {
        login = typed is not null && Normal(typed) is var normal && normal.Length <= MaxLength && Shape().IsMatch(normal) ? new(normal) : null;
        return login is not null;
    }

    /// <exception cref="FormatException">It is none.</exception>
    public static AgentLogin Parse(string text) => TryParse(text, out var login) ? login : throw new FormatException("This is not the login of an agent.");

    /// <summary>
    /// The key of the grain for what somebody typed as his login, whatever it is: what cannot be a login belongs to nobody, and is refused like any other.
    /// A hash without a secret, so that it outlives every key of the installation; it tells whoever has a stolen database which logins that he can think of exist.
    /// </summary>
    public static Guid KeyFor(string typed) => new(SHA256.HashData(Encoding.UTF8.GetBytes(Purpose + Normal(typed))).AsSpan(0, 16), bigEndian: true);

    public override string ToString() => Value;

    private static string Normal(string typed) => typed.Trim().ToLowerInvariant();

    [GeneratedRegex(@"\A[a-z0-9]+([.\-][a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
