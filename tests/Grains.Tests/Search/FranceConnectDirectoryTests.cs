using Microsoft.Extensions.DependencyInjection;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Ports;
using Orleans.TestingHost;

namespace MsaOrleans.Grains.Tests.Search;

/// <summary>One adherent, or none.</summary>
public sealed class FranceConnectDirectoryTests : IAsyncLifetime
{
    private static readonly FranceConnectUser user = new("subject", Samples.FritzPivot);
    private static readonly Guid one = Guid.NewGuid();
    private static readonly Guid other = Guid.NewGuid();

    private readonly Search search = new();
    private InProcessTestCluster cluster = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.Services.AddSingleton<IAdherentSearch>(search));
        cluster = builder.Build();
        await cluster.DeployAsync();
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task Who_is_linked_is_found_before_whoever_has_the_same_civil_status_and_who_is_not_alone_is_not_found()
    {
        (Guid[] Linked, Guid[] Known, Guid? Found)[] cases =
        [
            ([one], [], one), ([one], [other], one), ([], [other], other), ([], [], null), ([], [one, other], null), ([one, other], [], null), ([one, other], [one], null),
        ];
        foreach (var (linked, known, found) in cases)
        {
            (search.WithSubject, search.WithPivot) = (linked, known);
            Assert.Equal(found, await cluster.Client.GetGrain<IFranceConnectDirectory>(0).Find(user));
        }
    }

    private sealed class Search : IAdherentSearch
    {
        public Guid[] WithSubject { get; set; } = [];

        public Guid[] WithPivot { get; set; } = [];

        public Task<IReadOnlyList<Guid>> Linked(string subject) => Task.FromResult<IReadOnlyList<Guid>>(subject == user.Subject ? WithSubject : []);

        public Task<IReadOnlyList<Guid>> Known(PivotIdentity pivot) => Task.FromResult<IReadOnlyList<Guid>>(pivot == user.Identity ? WithPivot : []);

        public Task<IReadOnlyList<Guid>> Certified(VerificationCode code) => throw new NotSupportedException();

        public Task<SearchOutcome.Found> Find(SearchQuery query, int most) => throw new NotSupportedException();

        public string FingerprintOf(SearchQuery query) => throw new NotSupportedException();
    }
}
