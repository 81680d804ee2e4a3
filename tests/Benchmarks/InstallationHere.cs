using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Testing;

namespace MsaOrleans.Benchmarks;

/// <summary>Parts of an installation in this process.</summary>
internal static class InstallationHere
{
    /// <summary>How its adherents are named.</summary>
    public static AdherentKeys Keys(this Installation installation) => new(Convert.FromBase64String(installation.Settings["Adherents:PseudonymKey"]));

    /// <summary>The number of somebody in the caisses' file.</summary>
    public static Nir Read(string nir) => Nir.TryParse(nir, out var read) == NirFault.None ? read! : throw new InvalidOperationException("The caisses' file holds a NIR that is none.");

    /// <summary>A silo of it in this process, with its services, until it is stopped.</summary>
    public static async Task<IHost> SiloHere(this Installation installation, CancellationToken stop)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(installation.Settings!);
        builder.AddClusterMsaSilo(installation.ConnectionString);
        return await Started(builder, stop);
    }

    /// <summary>A client of its silos in this process, as each web server has one.</summary>
    public static async Task<IHost> ClientHere(this Installation installation, CancellationToken stop)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddMsaClusterClient(installation.ConnectionString);
        return await Started(builder, stop);
    }

    private static async Task<IHost> Started(HostApplicationBuilder builder, CancellationToken stop)
    {
        var host = builder.Build();
        await host.StartAsync(stop);
        return host;
    }
}
