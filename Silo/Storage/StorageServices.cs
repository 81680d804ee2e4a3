using Hangfire;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Adherents;
using MsaOrleans.Silo.Audit;
using MsaOrleans.Silo.Documents;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Jobs;
using MsaOrleans.Silo.Messages;
using MsaOrleans.Silo.Postal;
using MsaOrleans.Silo.Registry;
using MsaOrleans.Silo.Search;
using MsaOrleans.Silo.Telemetry;

namespace MsaOrleans.Silo.Storage;

public static class StorageServices
{
    /// <summary>Adds the storage that the configuration chooses: PostgreSQL where <c>ConnectionStrings:Msa</c> is set, else the embedded one.</summary>
    public static IServiceCollection AddMsaStorage(this IServiceCollection services, IConfiguration configuration) =>
        PostgresDatabase.ConfiguredIn(configuration) is { } connectionString
            ? services.AddMsaPostgresStorage(connectionString)
            : services.AddMsaStorage(DataDirectory.Open(configuration));

    /// <summary>Adds the keys, the database (its schema brought up to date before anyone gets hold of it), and in it the registry and the record of the hotline.</summary>
    public static IServiceCollection AddMsaStorage(this IServiceCollection services, DataDirectory directory)
    {
        services.AddMsaKeyRing(directory);
        services.AddSingleton<Database>(provider => SqliteDatabase.Open(directory.Database, provider.GetService<ILoggerFactory>()?.CreateLogger(typeof(Migrations))));
        services.AddHostedService<Indexing>();
        return services.AddRegistry(provider => KeyRing.EnsureFirstKey(provider, directory));
    }

    /// <summary>Adds the storage of several machines: the shared database (<see cref="AddMsaPostgresDatabase"/>) and in it the registry and the record of the hotline.</summary>
    public static IServiceCollection AddMsaPostgresStorage(this IServiceCollection services, string connectionString) => services
        .AddMsaPostgresDatabase(connectionString)
        .AddRegistry(provider => KeyRing.EnsureFirstKey(provider, provider.GetRequiredService<PostgresDatabase>()));

    /// <summary>
    /// Adds the database of several machines, which nothing but the connection string and the pseudonym key leads to: the keys in it, itself (refused
    /// unless its schema is that of this program), and the storage of the jobs. Call it first, so that a host that cannot be used stops before it
    /// encrypts, names or answers anything.
    /// </summary>
    public static IServiceCollection AddMsaPostgresDatabase(this IServiceCollection services, string connectionString)
    {
        services.AddHostedService<Premises>();
        services.AddMsaKeyRing();
        services.AddSingleton(_ => PostgresDatabase.Open(connectionString));
        services.AddSingleton<Database>(provider => provider.GetRequiredService<PostgresDatabase>());
        services.AddSingleton<JobStorage>(provider => PostgresJobs.Open(provider.GetRequiredService<PostgresDatabase>()));
        return services;
    }

    /// <summary>
    /// Before a host of several machines is started: the database may be started after us, its schema must be this program's, and its keys open under ours.
    /// Before, because Data Protection, started beside the check, would find no key that it can open and write one that closes the database to everybody else.
    /// </summary>
    /// <exception cref="SetupException">One of them cannot be used.</exception>
    public static async Task WaitForMsaDatabase(this IServiceProvider services, string connectionString, ILogger log, CancellationToken stop = default)
    {
        services.GetRequiredService<PseudonymSecret>();
        await PostgresDatabase.WaitUntilItAnswers(connectionString, log, stop);
        KeyRing.EnsureFirstKey(services, services.GetRequiredService<PostgresDatabase>());
    }

    private static IServiceCollection AddRegistry(this IServiceCollection services, Action<IServiceProvider> ensureFirstKey)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider =>
        {
            ensureFirstKey(provider);
            return new RegistryProtection(provider.GetRequiredService<IDataProtectionProvider>(), provider.GetRequiredService<PseudonymSecret>());
        });
        services.AddSingleton<OverdueAdherents>();
        services.TryAddSingleton<AdherentRowSerializer>();
        services.AddSingleton<SearchTokens>();
        services.AddSingleton<SearchIndexing>();
        services.AddSingleton<IAdherentSearch, SqlAdherentSearch>();
        services.AddSingleton<IWaitingMessages, SqlWaitingMessages>();
        services.AddSingleton<IWaitingCopies, SqlWaitingCopies>();
        services.AddSingleton<ISealedFiles>(provider =>
        {
            provider.GetRequiredService<RegistryProtection>(); // the keys are there
            return ActivatorUtilities.CreateInstance<SqlSealedFiles>(provider);
        });
        services.AddSingleton<RegistryImporter>();
        services.AddSingleton<IInsuredPersonRegistry, SqlInsuredPersonRegistry>();
        services.AddSingleton(provider =>
        {
            provider.GetRequiredService<RegistryProtection>(); // the keys are there
            return new AuditChain(provider.GetRequiredService<IDataProtectionProvider>(), provider.GetRequiredService<PseudonymSecret>());
        });
        services.AddSingleton<IAuditTrail, SqlAuditTrail>();
        services.AddSingleton<IAuditSearch, SqlAuditSearch>();
        services.AddSingleton<ActivityTable>();
        services.AddSingleton<IActivityCounts>(provider => provider.GetRequiredService<ActivityTable>());
        return services;
    }

    /// <summary>The embedded database is migrated by whoever opens it; the search index, which takes keys, is filled by the site that starts next.</summary>
    private sealed class Indexing(IServiceProvider services) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => services.GetRequiredService<SearchIndexing>().RunIfOwed(stop: cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>A schema or a key that cannot be used stops the start, not the first visitor.</summary>
    private sealed class Premises(IServiceProvider services) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            KeyRing.EnsureFirstKey(services, services.GetRequiredService<PostgresDatabase>());
            services.GetService<IInsuredPersonRegistry>(); // made now, where it is used: making it asks the database, and an adherent must not find that away
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
