namespace MsaOrleans.Testing;

/// <summary>The limits of requests by address, for tests, whose visitors all have the same.</summary>
public static class Unlimited
{
    /// <summary>Settings that exempt this machine.</summary>
    public static readonly string[] FromHere = ["--RateLimiting:IpWhitelist", "127.0.0.1"];
}
