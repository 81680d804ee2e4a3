using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Web.Resilience;

namespace MsaOrleans.Web.Hosting;

/// <summary>Where the adherents live: in this process, or in the silos of a cluster. The configuration decides (<c>ConnectionStrings:Msa</c>).</summary>
internal static class Backend
{
    public static void AddBackend(this WebApplicationBuilder builder)
    {
        if (PostgresDatabase.ConfiguredIn(builder.Configuration) is { } connectionString)
            builder.AddCluster(connectionString);
        else
            builder.AddEmbeddedSilo();
        builder.Services.AddSingleton<IOutgoingGrainCallFilter, RetryFilter>();
    }

    /// <summary>Waits for a database that is started after us, and refuses one that is not this program's.</summary>
    /// <exception cref="SetupException">It cannot be used.</exception>
    public static async Task BackendAnswers(this WebApplication site)
    {
        if (PostgresDatabase.ConfiguredIn(site.Configuration) is { } connectionString)
            await site.Services.WaitForMsaDatabase(connectionString, site.Logger);
    }

    private static void AddCluster(this WebApplicationBuilder builder, string connectionString)
    {
        builder.Services.AddMsaPostgresDatabase(connectionString);
        builder.AddMsaClusterClient(connectionString);
        // Visitors and whoever watches get an answer, a calm page and a red light, while no silo is there yet.
        builder.Services.Configure<HostOptions>(host => host.ServicesStartConcurrently = true);
    }
}
