using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MsaOrleans.Silo.Storage;
using Npgsql;
using Orleans.Configuration;

namespace MsaOrleans.Silo.Hosting;

/// <summary>How silos and web servers find each other through the database, and how soon they notice that one of them is dead.</summary>
public static class MsaCluster
{
    /// <summary>Stored with every row: a contract.</summary>
    internal const string ServiceId = "msa-orleans";

    private const string ClusterId = "msa";

    // Of a web server that waits for an answer. Longer than anything takes while the machines live; afterwards it asks again where it may.
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(5);

    /// <summary>Of a silo that asks another, on behalf of somebody or of a worker.</summary>
    internal static readonly TimeSpan PatienceBetweenSilos = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan betweenAttempts = TimeSpan.FromSeconds(1);

    /// <summary>Makes this host a client of the cluster. It starts whether or not a silo is there, and waits for one.</summary>
    /// <param name="host">The host that asks adherents.</param>
    /// <param name="connectionString">Of the database.</param>
    /// <exception cref="SetupException">A setting cannot be used.</exception>
    public static IHostApplicationBuilder AddMsaClusterClient(this IHostApplicationBuilder host, string connectionString)
    {
        var certificates = ClusterCertificates.Read(host.Configuration);
        host.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(Name);
            client.UseAdoNetClustering(clustering =>
                (clustering.Invariant, clustering.ConnectionString) = (PostgresDatabase.Invariant, ForMembership(connectionString)));
            if (certificates is not null)
                client.UseTls(certificates.Apply);
            client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = patience);
            client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2));
            client.UseConnectionRetryFilter<WaitForSilo>();
        });
        return host;
    }

    internal static void Name(ClusterOptions cluster) => (cluster.ClusterId, cluster.ServiceId) = (ClusterId, ServiceId);

    internal static void Find(AdoNetClusteringSiloOptions clustering, string connectionString) =>
        (clustering.Invariant, clustering.ConnectionString) = (PostgresDatabase.Invariant, ForMembership(connectionString));

    // Two silos are the hardest case; what it comes to with two: docs/chaos.md.
    internal static void NoticeDeadSilos(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(1);
        membership.NumMissedProbesLimit = 2;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        // A silo that starts need not be reachable for those that have not said for so long that they live: all may have died together.
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        membership.NumMissedTableIAmAliveLimit = 3;
        membership.DefunctSiloExpiration = TimeSpan.FromDays(1);
        membership.DefunctSiloCleanupPeriod = TimeSpan.FromHours(1);
    }

    // A pool of its own, so that grains which wait for connections never make a silo look dead.
    private static string ForMembership(string connectionString) =>
        new NpgsqlConnectionStringBuilder(PostgresDatabase.WithDefaults(connectionString)) { ApplicationName = "msa-orleans-membership", MaxPoolSize = 5 }.ToString();

    private sealed class WaitForSilo(ILogger<WaitForSilo> log) : IClientConnectionRetryFilter
    {
        public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
        {
            log.LogWarning("No silo answers yet ({Reason}): waiting for one", exception.GetType().Name);
            await Task.Delay(betweenAttempts, cancellationToken);
            return true;
        }
    }
}
