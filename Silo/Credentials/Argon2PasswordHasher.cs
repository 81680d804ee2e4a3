using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Ports;
using NSec.Cryptography;

namespace MsaOrleans.Silo.Credentials;

/// <summary>
/// Argon2id by libsodium, one lane, at OWASP's parameters unless higher ones are configured. No more are computed at once than there are processors:
/// more would only make each slower, and take memory.
/// </summary>
public sealed class Argon2PasswordHasher(Argon2Settings settings, IMeterFactory? meters = null) : IPasswordHasher, IDisposable
{
    private const string Argon2id = "argon2id";
    private const int SaltLength = 16;
    private const int HashLength = 32;

    private readonly SemaphoreSlim places = new(Environment.ProcessorCount);

    private readonly HashMeter? meter = meters is null ? null : new(meters);

    public async Task<PasswordHash> Hash(Password password, string? salt = null)
    {
        salt ??= Convert.ToBase64String(RandomNumberGenerator.GetBytes(SaltLength));
        return new(Argon2id, settings.MemoryKib, settings.Passes, salt, Convert.ToBase64String(await Compute(password, settings.MemoryKib, settings.Passes, salt)));
    }

    public bool IsOutdated(PasswordHash hash) => hash.MemoryKib < settings.MemoryKib || hash.Passes < settings.Passes;

    public async Task<PasswordHash?> FindMatch(Password password, IReadOnlyList<PasswordHash> hashes)
    {
        if (hashes.Count == 0)
        {
            await Hash(password);
            return null;
        }
        PasswordHash? match = null;
        foreach (var group in hashes.GroupBy(h => (h.Algorithm, h.MemoryKib, h.Passes, h.Salt)))
        {
            if (group.Key.Algorithm != Argon2id)
                throw new NotSupportedException($"Password hashes by {group.Key.Algorithm} cannot be computed.");
            var computed = await Compute(password, group.Key.MemoryKib, group.Key.Passes, group.Key.Salt);
            foreach (var hash in group)
            {
                if (CryptographicOperations.FixedTimeEquals(computed, Convert.FromBase64String(hash.Hash)))
                    match = hash;
            }
        }
        return match;
    }

    public void Dispose() => places.Dispose();

    private async Task<byte[]> Compute(Password password, int memoryKib, int passes, string salt)
    {
        var asked = meter?.Wait() ?? 0;
        await places.WaitAsync();
        meter?.Begin();
        try
        {
            // On the thread pool: seventeen milliseconds of computing have no business on a grain's turn.
            return await Task.Run(() =>
            {
                var argon2 = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters
                {
                    DegreeOfParallelism = 1,
                    MemorySize = memoryKib,
                    NumberOfPasses = passes,
                });
                return argon2.DeriveBytes(Encoding.UTF8.GetBytes(password.Value), Convert.FromBase64String(salt), HashLength);
            });
        }
        finally
        {
            meter?.End(asked);
            places.Release();
        }
    }
}

/// <summary>How dear a password hash is (<c>Credentials:Argon2</c>); no less than OWASP asks for.</summary>
/// <param name="MemoryKib">Memory, in KiB.</param>
/// <param name="Passes">Number of passes.</param>
public sealed record Argon2Settings(int MemoryKib = Argon2Settings.LeastMemoryKib, int Passes = Argon2Settings.LeastPasses)
{
    public const int LeastMemoryKib = 19 * 1024;
    public const int LeastPasses = 2;
}
