using System.Buffers.Binary;
using System.Net;

namespace MsaOrleans.Load;

/// <summary>Addresses of which each visitor gets one, in <c>X-Forwarded-For</c>: no more than a header, for servers that trust this machine as their proxy.</summary>
internal sealed class Forwarded
{
    /// <summary>Reserved for measurements of networks (RFC 2544): nobody's.</summary>
    public const string Usual = "198.18.0.0/15";

    private readonly uint first;
    private readonly uint count;

    private Forwarded(uint first, uint count) => (this.first, this.count) = (first, count);

    /// <exception cref="FormatException">It is no range of IPv4 addresses.</exception>
    public static Forwarded Parse(string range) => IPNetwork.TryParse(range, out var network) && network is { BaseAddress.AddressFamily: System.Net.Sockets.AddressFamily.InterNetwork, PrefixLength: > 0 and <= 30 }
        ? new(BinaryPrimitives.ReadUInt32BigEndian(network.BaseAddress.GetAddressBytes()) + 1, (1u << (32 - network.PrefixLength)) - 2)
        : throw new FormatException($"« {range} » is no range of addresses: {Usual} is.");

    public string Address(int visitor)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, first + (uint)visitor % count);
        return new IPAddress(bytes).ToString();
    }
}
