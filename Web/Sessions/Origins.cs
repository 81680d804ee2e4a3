using System.Net;
using System.Net.Sockets;
using MsaOrleans.Grains.Interfaces.Credentials;

namespace MsaOrleans.Web.Sessions;

/// <summary>From where a request comes, told so that its owner recognises it and nobody is tracked by it.</summary>
public static class Origins
{
    private static readonly (string Sign, string Name)[] devices =
    [
        ("iPad", "Tablette"), ("iPhone", "Téléphone"), ("Mobile", "Téléphone"), ("Android", "Tablette"), ("Windows", "Ordinateur"), ("Macintosh", "Ordinateur"),
        ("CrOS", "Ordinateur"), ("Linux", "Ordinateur"),
    ];

    // In this order: each of them claims to be those that follow, too.
    private static readonly (string Sign, string Name)[] programs =
    [
        ("SamsungBrowser/", "Samsung Internet"), ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    public static SignInOrigin Of(HttpContext context) =>
        new(Device(context.Request.Headers.UserAgent.ToString()), Shortened(context.Connection.RemoteIpAddress));

    /// <summary><c>Téléphone, Firefox</c>; no version, no model.</summary>
    internal static string Device(string userAgent)
    {
        var device = devices.FirstOrDefault(d => userAgent.Contains(d.Sign, StringComparison.Ordinal)).Name ?? "Appareil inconnu";
        return programs.FirstOrDefault(p => userAgent.Contains(p.Sign, StringComparison.Ordinal)).Name is { } program ? $"{device}, {program}" : device;
    }

    /// <summary>Without its last byte (IPv4), or all but the first three groups (IPv6): what is left names a provider's district, not a household.</summary>
    internal static string Shortened(IPAddress? address)
    {
        if (address is null)
            return "inconnue";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? $"{bytes[0]}.{bytes[1]}.{bytes[2]}.x"
            : $"{bytes[0]:x2}{bytes[1]:x2}:{bytes[2]:x2}{bytes[3]:x2}:{bytes[4]:x2}{bytes[5]:x2}:x";
    }
}
