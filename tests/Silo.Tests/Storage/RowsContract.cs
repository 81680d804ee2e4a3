using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Grains;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Silo.Search;
using MsaOrleans.Silo.Storage;
using Orleans.Storage;
using Orleans.TestingHost;

namespace MsaOrleans.Silo.Tests.Storage;

/// <summary>Rows of adherents written as grains write them, with what stands beside them, whatever the kind of database.</summary>
public abstract class RowsContract : IAsyncLifetime
{
    private protected static readonly Nir fritz = Nir.Parse("1630967482229");
    private protected static readonly DateOnly born = new(1963, 9, 12);
    private protected static readonly EmailAddress email = EmailAddress.Parse("lamy.fritz@gmail.fr");

    private StorageUnderTest? installation;
    private InProcessTestCluster? cluster;

    private protected StorageUnderTest Installation => installation!;

    private protected IServiceProvider Silo => cluster!.Silos[0].ServiceProvider;

    private protected IGrainStorage Storage => Silo.GetRequiredKeyedService<IGrainStorage>(AdherentGrain.StorageName);

    private protected AdherentKeys Keys => Installation.Get<AdherentKeys>();

    private protected DateTimeOffset Now => Installation.Clock.GetUtcNow();

    private protected AdherentState Account => new()
    {
        Owner = Keys.For(fritz),
        Nir = fritz,
        Identity = new("LAMY", null, "FRITZ JEAN", born),
        Registration = new() { Completed = new(Now, "ticket", "2026-01") },
        Credentials = new() { Personal = new("argon2id", 19456, 2, "", "") },
        Contact = new() { Email = email },
    };

    public async ValueTask InitializeAsync()
    {
        installation = await NewInstallation();
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(Installation.Database);
            silo.Services.AddSingleton(Installation.Get<IDataProtectionProvider>());
            silo.Services.AddSingleton(Installation.Get<SearchTokens>());
            silo.AddAdherentStorage();
        });
        cluster = builder.Build();
        await cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await cluster!.DisposeAsync();
        await Installation.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract ValueTask<StorageUnderTest> NewInstallation();

    private protected static GrainId IdOf(Guid adherent) => GrainId.Create(GrainType.Create("adherent"), GrainIdKeyExtensions.CreateGuidKey(adherent));

    private protected static GrainState<AdherentState> Set(GrainState<AdherentState> row, AdherentState state)
    {
        row.State = state;
        return row;
    }

    private protected async Task<GrainState<AdherentState>> Write(AdherentState state, GrainState<AdherentState>? row = null)
    {
        row = Set(row ?? new(), state);
        await Storage.WriteStateAsync(AdherentGrain.StateName, IdOf(state.Owner!.Value), row);
        return row;
    }

    private protected async Task<GrainState<AdherentState>> Read(Nir nir)
    {
        var row = new GrainState<AdherentState>(new());
        await Storage.ReadStateAsync(AdherentGrain.StateName, IdOf(Keys.For(nir)), row);
        return row;
    }

    private protected Task Close(GrainState<AdherentState> row) => Write(row.State!.Closed(Guid.NewGuid(), Now) with { Owner = row.State!.Owner }, row);

    /// <summary>As a server writes it that knows nothing of what stands beside the rows.</summary>
    private protected Task WriteAsBefore(AdherentState state, GrainState<AdherentState> row) =>
        Silo.GetRequiredKeyedService<IGrainStorage>("rows of " + AdherentGrain.StorageName).WriteStateAsync(AdherentGrain.StateName, IdOf(state.Owner!.Value), Set(row, state));

    /// <summary>Such a server takes from one adherent what stands beside his row, and brings it to another: the first keeps his entries, the second gets none.</summary>
    /// <returns>The second.</returns>
    private protected async Task<Guid> LeaveAstray(AdherentState beside)
    {
        var row = await Write(beside);
        var other = Keys.For(Nir.Parse("1630967482221"));
        var missing = await Write(Account with { Owner = other });
        await WriteAsBefore(Account, row);
        await WriteAsBefore(beside with { Owner = other }, missing);
        return other;
    }

    /// <summary>Everybody's pseudonym becomes another.</summary>
    private protected async Task<(PseudonymSecret Next, PseudonymChangeReport Report)> ChangePseudonymKey()
    {
        var next = new PseudonymSecret([.. Enumerable.Repeat((byte)7, AdherentKeys.SecretLength)]);
        var change = new PseudonymChange(Installation.Database, Installation.Get<IDataProtectionProvider>(), Installation.Get<PseudonymSecret>(), next);
        return (next, await change.Run(stop: TestContext.Current.CancellationToken));
    }
}
