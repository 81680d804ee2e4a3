using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace MsaOrleans.Web.Limits;

/// <summary>Who is counted as one client.</summary>
public static class Client
{
    /// <summary>
    /// An IPv4 address whole, however it is written; of IPv6 the first 64 bits, since whoever has one address has all that share them. The two never meet:
    /// what an IPv4 address becomes here is in <c>::/32</c>, which nobody is given.
    /// </summary>
    /// <param name="address">Nothing, as on a socket without addresses: all of them are one client.</param>
    public static ulong Of(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return address is null || !address.TryWriteBytes(bytes, out _) ? 0
            : address.IsIPv4MappedToIPv6 ? BinaryPrimitives.ReadUInt32BigEndian(bytes[12..])
            : address.AddressFamily == AddressFamily.InterNetwork ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    /// <summary>Whether one of the networks holds an address.</summary>
    public static bool IsIn(this IPAddress? address, IReadOnlyList<IPNetwork> networks)
    {
        if (address is null || networks.Count == 0)
            return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (var network in networks)
        {
            if (network.Contains(plain))
                return true;
        }
        return false;
    }
}
