using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Ports;
using Orleans.TestingHost;

namespace MsaOrleans.Grains.Tests.Search;

/// <summary>No search is answered that is not on the record.</summary>
public sealed class AdherentDirectoryTests : IAsyncLifetime
{
    private static readonly AgentAct act = new("agent.martin", "Le demandeur n'a pas reçu son mot de passe", "A-1");
    private static readonly SearchQuery query = new SearchQuery.ByNir(Nir.Parse("1630967482229"));
    private static readonly FoundAdherent found = new(Guid.NewGuid(), SearchStanding.Account, KnownToCaisses: true, "FRITZ L.");

    private readonly FakeTimeProvider clock = new(Samples.Now);
    private readonly Trail trail = new();
    private readonly Search search = new();
    private InProcessTestCluster cluster = null!;

    private IAdherentDirectory Directory => cluster.Client.GetGrain<IAdherentDirectory>(0);

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(clock);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.Services.AddSingleton<IAdherentSearch>(search);
            silo.Services.AddSingleton<IAuditTrail>(trail);
        });
        cluster = builder.Build();
        await cluster.DeployAsync();
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task A_search_is_answered_and_on_the_record_with_its_kind_a_fingerprint_and_the_number_found()
    {
        var outcome = Assert.IsType<SearchOutcome.Found>(await Directory.Find(query, act));
        Assert.Equal([found], outcome.Adherents);
        Assert.Equal([new AuditEntry(Samples.Now, AuditedAct.Searched, act, Detail: "numéro f00d : 1 dossier(s)")], trail.Entries);
    }

    [Fact]
    public async Task A_number_that_is_nobody_s_is_on_the_record_as_nobody_found()
    {
        search.Found = found with { Standing = SearchStanding.NoFile, KnownToCaisses = false };
        Assert.Single(Assert.IsType<SearchOutcome.Found>(await Directory.Find(query, act)).Adherents);
        Assert.Equal("numéro f00d : 0 dossier(s)", Assert.Single(trail.Entries).Detail);
    }

    [Fact]
    public async Task A_search_that_cannot_be_put_on_the_record_is_not_answered()
    {
        trail.Broken = true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => Directory.Find(query, act));
    }

    [Fact]
    public async Task Who_searches_too_much_is_refused_until_a_minute_has_passed_on_the_record_and_no_other_agent_with_him()
    {
        for (var i = 0; i < SearchAllowance.AMinute; i++)
            Assert.IsType<SearchOutcome.Found>(await Directory.Find(query, act));
        var refusal = Assert.IsType<SearchOutcome.TooMany>(await Directory.Find(query, act));
        Assert.Equal(Samples.Now.AddMinutes(1), refusal.Until);
        Assert.Equal("numéro f00d : refusée, trop de recherches", trail.Entries[^1].Detail);
        Assert.IsType<SearchOutcome.Found>(await Directory.Find(query, act with { Agent = "agent.petit" }));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<SearchOutcome.Found>(await Directory.Find(query, act));
    }

    private sealed class Search : IAdherentSearch
    {
        public FoundAdherent Found { get; set; } = found;

        public Task<IReadOnlyList<Guid>> Certified(VerificationCode code) => throw new NotSupportedException();

        public Task<SearchOutcome.Found> Find(SearchQuery query, int most) => Task.FromResult(new SearchOutcome.Found([Found], More: false, []));

        public Task<IReadOnlyList<Guid>> Linked(string subject) => throw new NotSupportedException();

        public Task<IReadOnlyList<Guid>> Known(PivotIdentity pivot) => throw new NotSupportedException();

        public string FingerprintOf(SearchQuery query) => "f00d";
    }

    private sealed class Trail : IAuditTrail
    {
        public bool Broken { get; set; }

        public List<AuditEntry> Entries { get; } = [];

        public Task Append(AuditEntry entry)
        {
            if (Broken)
                throw new InvalidOperationException("The record cannot be written.");
            Entries.Add(entry);
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<AuditEntry>> About(Guid adherent, int most) => throw new NotSupportedException();
    }
}
