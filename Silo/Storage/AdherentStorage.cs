using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MsaOrleans.Grains;
using MsaOrleans.Silo.Adherents;
using MsaOrleans.Silo.Agents;
using Orleans.Storage;

namespace MsaOrleans.Silo.Storage;

/// <summary>Where adherents are kept, what they are found by beside them, and agents of the hotline: Orleans' ADO.NET provider over our <see cref="Database"/>, its failures told apart from faults of ours.</summary>
internal static class AdherentStorage
{
    public static void AddAdherentStorage(this ISiloBuilder silo)
    {
        silo.AddRows<AdherentRowSerializer>(AdherentGrain.StorageName, (services, rows) => ActivatorUtilities.CreateInstance<IndexedRows>(services, rows));
        silo.AddRows<AgentRowSerializer>(AgentGrain.StorageName, (_, rows) => rows);
    }

    private static void AddRows<TSerializer>(this ISiloBuilder silo, string name, Func<IServiceProvider, IGrainStorage, IGrainStorage> complete)
        where TSerializer : class, IGrainStorageSerializer
    {
        var rows = "rows of " + name;
        silo.Services.TryAddSingleton<TSerializer>();
        silo.AddAdoNetGrainStorage(rows, storage => storage.Configure<Database, TSerializer>((options, database, serializer) =>
        {
            options.Invariant = database.OrleansInvariant;
            options.DataSource = database.Writes;
            options.GrainStorageSerializer = serializer;
            options.DeleteStateOnClear = true;
        }));
        silo.Services.AddKeyedSingleton<IGrainStorage>(name, (services, _) => new TranslatedTrouble(complete(services, services.GetRequiredKeyedService<IGrainStorage>(rows))));
    }

    /// <summary>A grain that cannot be read is never activated, so that no filter of calls sees why: it is said here.</summary>
    private sealed class TranslatedTrouble(IGrainStorage rows) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            BackendTrouble.Translate(() => rows.ReadStateAsync(stateName, grainId, grainState));

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            BackendTrouble.Translate(() => rows.WriteStateAsync(stateName, grainId, grainState));

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            BackendTrouble.Translate(() => rows.ClearStateAsync(stateName, grainId, grainState));
    }
}
