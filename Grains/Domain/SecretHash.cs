using System.Security.Cryptography;
using System.Text;

namespace MsaOrleans.Grains.Domain;

/// <summary>What is kept of tickets, tokens and secrets of links. They are 256 random bits: a fast hash is enough, since there is nothing to guess.</summary>
internal static class SecretHash
{
    public static string Of(string secret) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
