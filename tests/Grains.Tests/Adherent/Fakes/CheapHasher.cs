using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains.Tests.Adherent.Fakes;

/// <summary>Hashes as the port asks, one for each salt and one for nothing, only not slowly; it counts them by password.</summary>
internal sealed class CheapHasher : IPasswordHasher
{
    private readonly ConcurrentDictionary<string, int> computed = [];

    public Task<PasswordHash> Hash(Password password, string? salt = null) =>
        Task.FromResult(Compute(password, salt ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(16))));

    public Task<PasswordHash?> FindMatch(Password password, IReadOnlyList<PasswordHash> hashes)
    {
        var salts = hashes.Select(h => h.Salt).Distinct().DefaultIfEmpty("nobody").ToList();
        var found = salts.Select(salt => Compute(password, salt)).ToHashSet();
        return Task.FromResult(hashes.FirstOrDefault(found.Contains));
    }

    /// <summary>How many hashes of this password were computed so far.</summary>
    public int HashesOf(string password) => computed.GetValueOrDefault(new Password(password).Value);

    private PasswordHash Compute(Password password, string salt)
    {
        computed.AddOrUpdate(password.Value, 1, (_, count) => count + 1);
        return new("cheap", 0, 0, salt, Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(salt + password.Value))));
    }
}
