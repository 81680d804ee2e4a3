using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using MsaOrleans.Silo.Storage;
using IPNetwork = System.Net.IPNetwork;

namespace MsaOrleans.Web.Hosting;

/// <summary>
/// The reverse proxies that are believed when they say who asks, and whether he came by HTTPS (<c>Site:Proxies</c>): nobody, unless he is named there. Whoever
/// could say it of himself would be a new client at each request.
/// </summary>
internal static class Proxies
{
    private const string Setting = "Site:Proxies";

    // The framework's own: without a name it believes whoever asks.
    private const string BelieveEverybody = "FORWARDEDHEADERS_ENABLED";

    /// <exception cref="SetupException">An address cannot be read, or everybody was to be believed.</exception>
    public static void AddProxies(this WebApplicationBuilder builder)
    {
        var proxies = Networks.Read(builder.Configuration, Setting);
        if (proxies.Count == 0 && string.Equals(builder.Configuration[BelieveEverybody], "true", StringComparison.OrdinalIgnoreCase))
            throw new SetupException($"ASPNETCORE_{BelieveEverybody} believes anybody who says where he comes from: name the proxies in {Setting} instead.");
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.ForwardLimit = null; // as far back as there are declared ones
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var proxy in proxies)
                forwarded.KnownIPNetworks.Add(proxy);
        });
    }

    /// <summary>Comes first: everything else then sees the visitor.</summary>
    public static void UseProxies(this WebApplication site)
    {
        if (Networks.Read(site.Configuration, Setting).Count > 0) // without any the framework would believe everybody
            site.UseForwardedHeaders();
    }
}

/// <summary>Addresses and networks in settings.</summary>
internal static class Networks
{
    /// <summary>Reads <c>127.0.0.1</c>, <c>10.0.0.0/8</c>, <c>::1</c>; several, as <see cref="Lists.Read"/> does.</summary>
    /// <exception cref="SetupException">One of them is none.</exception>
    public static IReadOnlyList<IPNetwork> Read(IConfiguration configuration, string key) => [.. Lists.Read(configuration, key).Select(text =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new SetupException($"{key}: \"{text}\" is neither an address nor a network such as 10.0.0.0/8."))];
}

/// <summary>Settings of several values.</summary>
internal static class Lists
{
    private static readonly char[] separators = [';', ','];

    /// <summary>Either one value with separators, or a list as configuration files have it (<c>Site:Proxies:0</c>, ...).</summary>
    public static IEnumerable<string> Read(IConfiguration configuration, string key)
    {
        var section = configuration.GetSection(key);
        return section.Value is { } joined
            ? joined.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : section.GetChildren().Select(child => child.Value ?? "");
    }
}
