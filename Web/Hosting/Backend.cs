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
        builder.Services.AddSingleton<BackendReached>();
        builder.Services.AddHostedService(services => services.GetRequiredService<BackendReached>());
    }

    /// <summary>Waits for a database that is started after us, and refuses one that is not this program's.</summary>
    /// <exception cref="SetupException">It cannot be used.</exception>
    public static async Task BackendAnswers(this WebApplication site)
    {
        if (PostgresDatabase.ConfiguredIn(site.Configuration) is not { } connectionString)
            return;
        site.Services.GetRequiredService<PseudonymSecret>(); // missing or malformed: told before anything is waited for
        await PostgresDatabase.WaitUntilItAnswers(connectionString, site.Logger);
        site.Services.GetRequiredService<PostgresDatabase>();
    }

    private static void AddCluster(this WebApplicationBuilder builder, string connectionString)
    {
        builder.Services.AddMsaPostgresDatabase(connectionString);
        builder.AddMsaClusterClient(connectionString);
        // Visitors and whoever watches get an answer, a calm page and a red light, while no silo is there yet.
        builder.Services.Configure<HostOptions>(host => host.ServicesStartConcurrently = true);
    }
}
