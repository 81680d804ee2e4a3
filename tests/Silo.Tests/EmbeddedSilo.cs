using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MsaOrleans.Grains;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Silo.Hosting;
using Orleans.Storage;

namespace MsaOrleans.Silo.Tests;

/// <summary>The embedded default in this process, on a data directory, without what recurs: nobody is woken whom the test does not wake.</summary>
internal sealed class EmbeddedSilo : IAsyncDisposable
{
    private readonly IHost host;

    private EmbeddedSilo(IHost host) => this.host = host;

    private IGrainStorage Storage => host.Services.GetRequiredKeyedService<IGrainStorage>(AdherentGrain.StorageName);

    public static async Task<EmbeddedSilo> Start(string dataDirectory)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddEmbeddedMsaSilo(DataDirectory.Open(dataDirectory), "http://127.0.0.1:5080");
        var silo = new EmbeddedSilo(builder.Build());
        await silo.host.StartAsync(TestContext.Current.CancellationToken);
        return silo;
    }

    /// <summary>Stores an adherent as if his grain had, and tells no worker.</summary>
    public Task Write(AdherentState state) =>
        Storage.WriteStateAsync(AdherentGrain.StateName, IdOf(state.Owner!.Value), new GrainState<AdherentState>(state));

    /// <summary>What is stored of an adherent.</summary>
    public async Task<AdherentState> Read(Guid adherent)
    {
        var row = new GrainState<AdherentState>(new());
        await Storage.ReadStateAsync(AdherentGrain.StateName, IdOf(adherent), row);
        return row.State!;
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    private GrainId IdOf(Guid adherent) => host.Services.GetRequiredService<IGrainFactory>().GetGrain<IAdherentDispatches>(adherent).GetGrainId();
}
