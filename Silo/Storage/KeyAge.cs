using Microsoft.AspNetCore.DataProtection;

namespace MsaOrleans.Silo.Storage;

/// <summary>Protection that tells under which key something was sealed: today's, or an old one. For one thread at a time.</summary>
internal sealed class KeyAge(IDataProtectionProvider keys) : IDataProtectionProvider
{
    /// <summary>What was opened last was not sealed under the key that seals today.</summary>
    public bool IsOld { get; private set; }

    public IDataProtector CreateProtector(string purpose) => new Protector(keys.CreateProtector(purpose), this);

    private sealed class Protector(IDataProtector protector, KeyAge age) : IDataProtector
    {
        public IDataProtector CreateProtector(string purpose) => new Protector(protector.CreateProtector(purpose), age);

        public byte[] Protect(byte[] plaintext) => protector.Protect(plaintext);

        public byte[] Unprotect(byte[] protectedData)
        {
            var clear = ((IPersistedDataProtector)protector).DangerousUnprotect(protectedData, ignoreRevocationErrors: false, out var isOld, out _);
            age.IsOld = isOld;
            return clear;
        }
    }
}
