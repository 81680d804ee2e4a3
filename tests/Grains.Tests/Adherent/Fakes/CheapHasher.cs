using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains.Tests.Adherent.Fakes;

/// <summary>Hashes as the port asks, one for each salt and one for nothing, only not slowly; it counts them by password. Its parameters can be raised.</summary>
internal sealed class CheapHasher : IPasswordHasher
{
    private readonly ConcurrentDictionary<string, int> computed = [];

    /// <summary>The parameters in force. Whoever raises them lowers them again.</summary>
    public int Passes { get; set; } = 1;

    public Task<PasswordHash> Hash(Password password, string? salt = null) =>
        Task.FromResult(Compute(password, salt ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)), Passes));

    public bool IsOutdated(PasswordHash hash) => hash.Passes < Passes;

    /// <summary>What happens while a password is being compared.</summary>
    public Action? Meanwhile { get; set; }

    public Task<PasswordHash?> FindMatch(Password password, IReadOnlyList<PasswordHash> hashes)
    {
        Meanwhile?.Invoke();
        var forms = hashes.Select(h => (h.Salt, h.Passes)).Distinct().DefaultIfEmpty(("nobody", Passes)).ToList();
        var found = forms.Select(form => Compute(password, form.Item1, form.Item2)).ToHashSet();
        return Task.FromResult(hashes.FirstOrDefault(found.Contains));
    }

    /// <summary>How many hashes of this password were computed so far.</summary>
    public int HashesOf(string password) => computed.GetValueOrDefault(new Password(password).Value);

    private PasswordHash Compute(Password password, string salt, int passes)
    {
        computed.AddOrUpdate(password.Value, 1, (_, count) => count + 1);
        return new("cheap", 0, passes, salt, Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{passes} {salt} {password.Value}"))));
    }
}
