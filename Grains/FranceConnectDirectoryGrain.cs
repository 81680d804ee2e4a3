using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Ports;
using Orleans.Concurrency;

namespace MsaOrleans.Grains;

/// <summary>Leads to the adherent whom FranceConnect has identified; whether it is he, he says himself.</summary>
[StatelessWorker, GrainType("france-connect-directory")]
internal sealed class FranceConnectDirectoryGrain(IAdherentSearch search) : Grain, IFranceConnectDirectory
{
    async Task<Guid?> IFranceConnectDirectory.Find(FranceConnectUser user) => await search.Linked(user.Subject) switch
    {
        [] => await search.Known(user.Identity) is [var only] ? only : null,
        [var only] => only,
        _ => null,
    };
}
