using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Grains;
using MsaOrleans.Silo.Adherents;
using MsaOrleans.Silo.Search;
using Orleans.Storage;

namespace MsaOrleans.Silo.Storage;

/// <summary>Where adherents are kept: Orleans' ADO.NET provider over our <see cref="Database"/>, the search index beside it, its failures told apart from faults of ours.</summary>
internal static class AdherentStorage
{
    private const string Rows = "rows";

    public static void AddAdherentStorage(this ISiloBuilder silo)
    {
        silo.AddAdoNetGrainStorage(Rows, storage => storage.Configure<Database, AdherentRowSerializer>((options, database, serializer) =>
        {
            options.Invariant = database.OrleansInvariant;
            options.DataSource = database.Writes;
            options.GrainStorageSerializer = serializer;
            options.DeleteStateOnClear = true;
        }));
        silo.Services.AddKeyedSingleton<IGrainStorage>(
            AdherentGrain.StorageName, (services, _) => new TranslatedTrouble(ActivatorUtilities.CreateInstance<SearchedRows>(services, services.GetRequiredKeyedService<IGrainStorage>(Rows))));
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
