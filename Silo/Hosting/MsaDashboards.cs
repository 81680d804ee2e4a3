using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using MsaOrleans.Silo.Storage;
using Orleans.Dashboard;
using Orleans.Serialization;

namespace MsaOrleans.Silo.Hosting;

/// <summary>What Orleans' dashboard needs in every process of the cluster: the silos tell, the web asks and shows.</summary>
public static class MsaDashboards
{
    /// <summary>Configuration key of the switch. Off on the embedded default, where they would cost more memory than they are worth.</summary>
    public const string Setting = "Operations:Dashboards";

    public static bool AreAskedFor(IConfiguration configuration) => configuration.GetValue(Setting, PostgresDatabase.ConfiguredIn(configuration) is not null);

    /// <summary>Adds it where it is asked for. Call it after Orleans' own registration, silo or client.</summary>
    public static IHostApplicationBuilder AddMsaDashboards(this IHostApplicationBuilder host)
    {
        if (AreAskedFor(host.Configuration))
            Add(host);
        return host;
    }

    // A method of its own, never inlined: where it is not asked for it is not loaded.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Add(IHostApplicationBuilder host)
    {
        host.Services.AddSerializer(serializer => serializer.AddAssembly(typeof(DashboardOptions).Assembly)); // no part of ours: see Directory.Build.targets
        if (host.Services.HasSilo())
            host.UseOrleans(silo => silo.AddDashboard(HideLog));
        else
            host.UseOrleansClient(client => client.AddDashboard(HideLog));
    }

    // The log has its own readers and its own place.
    private static void HideLog(DashboardOptions dashboard) => dashboard.HideTrace = true;
}
