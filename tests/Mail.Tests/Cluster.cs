using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Mail.Tests;
using Orleans.Configuration;
using Orleans.TestingHost;

[assembly: AssemblyFixture(typeof(Cluster))]

namespace MsaOrleans.Mail.Tests;

/// <summary>A silo in which every adherent is a fake.</summary>
public sealed class Cluster : IAsyncLifetime
{
    private InProcessTestCluster? cluster;

    public Ledger Ledger { get; } = new();

    public IGrainFactory Grains => cluster!.Client;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(Ledger);
            // The real adherent has the same facet, and Orleans would not know which to take.
            silo.Services.PostConfigure<GrainTypeOptions>(grains =>
                grains.Classes.RemoveWhere(grain => grain.IsAssignableTo(typeof(IAdherentDispatches)) && grain != typeof(FakeAdherent)));
        });
        cluster = builder.Build();
        await cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (cluster is not null)
            await cluster.DisposeAsync();
    }
}
