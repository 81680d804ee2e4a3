using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Registry;

namespace MsaOrleans.Silo.Storage;

public static class StorageServices
{
    /// <summary>Adds the keys, the database (its schema brought up to date before anyone gets hold of it), and the registry in it.</summary>
    public static IServiceCollection AddMsaStorage(this IServiceCollection services, DataDirectory directory)
    {
        services.AddMsaKeyRing(directory);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Database>(provider => SqliteDatabase.Open(directory.Database, provider.GetService<ILoggerFactory>()?.CreateLogger(typeof(Migrations))));
        services.AddSingleton(provider =>
        {
            KeyRing.EnsureFirstKey(provider, directory);
            return new RegistryProtection(provider.GetRequiredService<IDataProtectionProvider>(), provider.GetRequiredService<PseudonymSecret>());
        });
        services.AddSingleton<OverdueAdherents>();
        services.AddSingleton<RegistryImporter>();
        services.AddSingleton<IInsuredPersonRegistry, SqlInsuredPersonRegistry>();
        return services;
    }
}
