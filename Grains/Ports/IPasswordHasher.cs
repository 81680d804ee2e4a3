using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Ports;

/// <summary>Slow hashes of passwords, computed off the grain's turn scheduler, a bounded number at once.</summary>
public interface IPasswordHasher
{
    /// <summary>Hashes a password under the parameters in force.</summary>
    /// <param name="password">What to hash.</param>
    /// <param name="salt">16 bytes in base64 to hash it with; a new one when nothing is given.</param>
    Task<PasswordHash> Hash(Password password, string? salt = null);

    /// <summary>Whether a hash was made under weaker parameters than those in force: it is then made again when its password is next seen.</summary>
    bool IsOutdated(PasswordHash hash);

    /// <summary>
    /// Finds the hash that a password has. One hash is computed for each different salt among them, and one for nothing when there is none, so
    /// that an adherent without a password costs as much as one who has one.
    /// </summary>
    /// <returns>The hash that matches, or nothing.</returns>
    Task<PasswordHash?> FindMatch(Password password, IReadOnlyList<PasswordHash> hashes);
}

/// <summary>A stored password hash with what is needed to compute it again.</summary>
/// <param name="Algorithm">Always <c>argon2id</c> today (RFC 9106, version 1.3, one lane).</param>
/// <param name="MemoryKib">Memory, in KiB.</param>
/// <param name="Passes">Number of passes.</param>
/// <param name="Salt">16 bytes, base64.</param>
/// <param name="Hash">32 bytes, base64.</param>
public sealed record PasswordHash(string Algorithm, int MemoryKib, int Passes, string Salt, string Hash)
{
    public override string ToString() => "password hash";
}
