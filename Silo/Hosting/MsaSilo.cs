using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MsaOrleans.Grains;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Adherents;
using MsaOrleans.Silo.Credentials;
using MsaOrleans.Silo.Jobs;
using MsaOrleans.Silo.Mail;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Hosting;

/// <summary>The embedded default: one silo in this process, SQLite in the data directory, jobs in memory, mails into a folder unless a relay is configured.</summary>
public static class MsaSilo
{
    /// <summary>Adds everything an adherent needs to live in this process, and the workers; not what recurs (<see cref="JobServices.AddMsaSchedule"/>).</summary>
    /// <param name="host">The host that takes the silo in.</param>
    /// <param name="directory">Where its data is.</param>
    /// <param name="publicUrl">The address under which visitors reach the site, for links in mails, unless <c>Site:PublicUrl</c> says another.</param>
    /// <exception cref="SetupException">Another process lives on the directory, or a setting cannot be used.</exception>
    public static IHostApplicationBuilder AddEmbeddedMsaSilo(this IHostApplicationBuilder host, DataDirectory directory, string publicUrl)
    {
        var occupied = directory.Occupy(); // before anything is made or migrated in a directory that may be another's
        host.Services.AddMsaStorage(directory);
        host.Services.AddHostedService(services => new Premises(services, directory, occupied));
        host.Services.AddSingleton(PolicyConfiguration.Read(host.Configuration));
        host.Services.AddSingleton(PolicyConfiguration.ReadHashing(host.Configuration));
        host.Services.AddSingleton<IPasswordHasher, Argon2PasswordHasher>();
        host.Services.AddSingleton<AdherentRowSerializer>();
        host.UseOrleans(silo =>
        {
            // One silo, spoken to from inside: it needs a port only because it must have one, and no gateway.
            silo.UseLocalhostClustering(siloPort: FreePort(), gatewayPort: 0, serviceId: "msa-orleans", clusterId: "embedded");
            silo.AddAdoNetGrainStorage(AdherentGrain.StorageName, storage => storage.Configure<Database, AdherentRowSerializer>((options, database, serializer) =>
            {
                options.Invariant = database.OrleansInvariant;
                options.DataSource = database.Writes;
                options.GrainStorageSerializer = serializer;
                options.DeleteStateOnClear = true;
            }));
        });
        // After Orleans: workers start once the silo answers, and stop before it.
        host.Services.AddMsaJobs();
        host.Services.PostConfigure<SiteOptions>(site => site.PublicUrl ??= new Uri(publicUrl));
        host.Services.PostConfigure<MailOptions>(mail => mail.PickupDirectory ??= directory.Mails);
        host.Services.AddSingleton<IOverdueAdherents>(services => services.GetRequiredService<OverdueAdherents>());
        return host;
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
