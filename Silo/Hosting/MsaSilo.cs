using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Grains.Telemetry;
using MsaOrleans.Silo.Adherents;
using MsaOrleans.Silo.Agents;
using MsaOrleans.Silo.Credentials;
using MsaOrleans.Silo.Documents;
using MsaOrleans.Silo.Jobs;
using MsaOrleans.Silo.Mail;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Silo.Telemetry;
using Orleans.Configuration;

namespace MsaOrleans.Silo.Hosting;

/// <summary>Puts a silo together: alone in a process that also serves the site, or one of several.</summary>
public static class MsaSilo
{
    /// <summary>
    /// Adds the embedded default: one silo in this process, SQLite in the data directory, jobs in memory, mails into a folder unless a relay is
    /// configured. Everything but what recurs (<see cref="JobServices.AddMsaSchedule"/>).
    /// </summary>
    /// <param name="host">The host that takes the silo in.</param>
    /// <param name="directory">Where its data is.</param>
    /// <param name="publicUrl">The address under which visitors reach the site, for links in mails, unless <c>Site:PublicUrl</c> says another.</param>
    /// <exception cref="SetupException">Another process lives on the directory, or a setting cannot be used.</exception>
    public static IHostApplicationBuilder AddEmbeddedMsaSilo(this IHostApplicationBuilder host, DataDirectory directory, string publicUrl)
    {
        var occupied = directory.Occupy(); // before anything is made or migrated in a directory that may be another's
        host.Services.AddMsaStorage(directory);
        host.Services.AddHostedService(services => new Premises(services, directory, occupied));
        // One silo, spoken to from inside: it needs a port only because it must have one, and no gateway.
        host.AddAdherents(silo => silo.UseLocalhostClustering(siloPort: FreePort(), gatewayPort: 0, serviceId: MsaCluster.ServiceId, clusterId: "embedded"));
        host.Services.PostConfigure<SiteOptions>(site => site.PublicUrl ??= new Uri(publicUrl));
        host.Services.PostConfigure<MailOptions>(mail => mail.PickupDirectory ??= directory.Mails);
        return host;
    }

    /// <summary>
    /// Adds one silo of a cluster, and its workers: everything but what recurs. State, registry, jobs and the list of silos are in PostgreSQL; what
    /// this process alone has is where it can be reached (<see cref="SiloEndpoints"/>).
    /// </summary>
    /// <param name="host">The host that takes the silo in.</param>
    /// <param name="connectionString">Of the database.</param>
    /// <exception cref="SetupException">A setting cannot be used.</exception>
    public static IHostApplicationBuilder AddClusterMsaSilo(this IHostApplicationBuilder host, string connectionString)
    {
        var endpoints = SiloEndpoints.Read(host.Configuration);
        var certificates = ClusterCertificates.Read(host.Configuration);
        host.Services.AddMsaPostgresStorage(connectionString);
        host.AddAdherents(silo =>
        {
            silo.Configure<ClusterOptions>(MsaCluster.Name);
            silo.UseAdoNetClustering(clustering => MsaCluster.Find(clustering, connectionString));
            silo.ConfigureEndpoints(endpoints.Address, endpoints.Port ?? FreePort(), endpoints.GatewayPort ?? FreePort(), listenOnAnyHostAddress: false);
            if (certificates is not null)
                silo.UseTls(certificates.Apply);
            silo.Configure<ClusterMembershipOptions>(MsaCluster.NoticeDeadSilos);
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = MsaCluster.PatienceBetweenSilos);
        });
        return host;
    }

    private static void AddAdherents(this IHostApplicationBuilder host, Action<ISiloBuilder> addCluster)
    {
        var policy = PolicyConfiguration.Read(host.Configuration);
        host.Services.AddSingleton(policy);
        host.Services.AddSingleton(AgentPolicyConfiguration.Read(host.Configuration, policy));
        host.Services.AddSingleton(PolicyConfiguration.ReadWaitingLine(host.Configuration));
        host.Services.AddSingleton(PolicyConfiguration.ReadHashing(host.Configuration));
        host.Services.AddSingleton<IPasswordHasher, Argon2PasswordHasher>();
        host.Services.AddSingleton<Press>();
        host.Services.AddSingleton<ICertificatePrinter, CertificatePrinter>();
        host.Services.AddSingleton<IPostalPrinter, PostalPrinter>();
        host.Services.AddSingleton<IOverdueAdherents>(services => services.GetRequiredService<OverdueAdherents>());
        host.Services.AddSingleton<AdherentMeter>();
        host.Services.AddSingleton<ArrivalsMeter>();
        host.Services.AddHostedService<ActivityRecorder>();
        host.UseOrleans(silo =>
        {
            addCluster(silo);
            silo.AddAdherentStorage();
            silo.AddIncomingGrainCallFilter<BackendTroubleFilter>();
        });
        // After Orleans: workers start once the silo answers, and stop before it.
        host.Services.AddMsaJobs();
    }

    /// <summary>Before anything is encrypted or named the keys are there; when everything else has stopped the directory is given back.</summary>
    private sealed class Premises(IServiceProvider services, DataDirectory directory, IDisposable occupied) : IHostedService, IDisposable
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            services.GetRequiredService<AdherentKeys>(); // a pseudonym key that cannot be used stops the start, not the first visitor
            KeyRing.EnsureFirstKey(services, directory);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            Dispose();
            return Task.CompletedTask;
        }

        public void Dispose() => occupied.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
