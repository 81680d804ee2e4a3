using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.FranceConnect;

/// <summary>What the identity provider keeps, in the installation's database of either kind.</summary>
public static class FranceConnectStores
{
    /// <summary>Adds OpenIddict's stores and the signing keys. The database must have been added.</summary>
    public static IServiceCollection AddFranceConnectStores(this IServiceCollection services)
    {
        // Neither has anything to tell that concerns whoever runs the site, unless it goes wrong.
        services.AddLogging(logging => logging.AddFilter("OpenIddict", LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning));
        services.AddDbContext<FranceConnectContext>((provider, options) => options.Use(provider.GetRequiredService<Database>()));
        services.AddOpenIddict().AddCore(core => core.UseEntityFrameworkCore().UseDbContext<FranceConnectContext>());
        services.AddSingleton<SigningKeyTable>();
        services.AddSingleton<SigningKeys>();
        return services.AddHostedService(provider => provider.GetRequiredService<SigningKeys>());
    }

    /// <summary>Both ways through the connections of the site: on SQLite writers queue at one gate, reads included, since a context has one connection.</summary>
    internal static DbContextOptionsBuilder Use(this DbContextOptionsBuilder options, Database database) => database is PostgresDatabase postgres
        ? options.UseNpgsql(postgres.Source)
        : options.UseSqlite(database.Writes.CreateConnection(), contextOwnsConnection: true);
}
