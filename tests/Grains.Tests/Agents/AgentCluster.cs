using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MsaOrleans.Grains.Domain.Agents;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Grains.Storage;
using MsaOrleans.Grains.Tests.Adherent.Fakes;
using MsaOrleans.Grains.Tests.Agents;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;

[assembly: AssemblyFixture(typeof(AgentCluster))]

namespace MsaOrleans.Grains.Tests.Agents;

/// <summary>One silo for all tests of agents, with a clock of their own that stands still, rows and a record in memory.</summary>
public sealed class AgentCluster : IAsyncLifetime
{
    /// <summary>Tests that share the clock run one after another; nothing else is shared, since each has an agent of its own.</summary>
    public const string SharedClock = "Tests that share the clock of the agents";

    internal static readonly AgentAct Operator = new("console", "agent add");

    private InProcessTestCluster? cluster;
    private int born;

    internal FakeTimeProvider Clock { get; } = new(Samples.Now);

    internal RecordInMemory Audit { get; } = new();

    internal AgentRows Rows { get; } = new();

    internal CheapHasher Hasher { get; } = new();

    internal AgentPolicy Policy { get; } = new();

    private InProcessTestCluster Running => cluster ?? throw new InvalidOperationException("The silo has not been started.");

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(Clock);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.Services.AddGrainStorage(AgentGrain.StorageName, (_, _) => Rows);
            silo.Services.AddSingleton<IPasswordHasher>(Hasher);
            silo.Services.AddSingleton<IAuditTrail>(Audit);
            silo.Services.AddSingleton(Policy);
        });
        cluster = builder.Build();
        await cluster.DeployAsync();
    }

    public ValueTask DisposeAsync() => Running.DisposeAsync();

    /// <summary>A login that no other test has.</summary>
    internal TestAgent Nobody() => new(this, AgentLogin.Parse(string.Create(CultureInfo.InvariantCulture, $"agent{Interlocked.Increment(ref born)}")));

    /// <summary>An agent whose account has just been made.</summary>
    internal async Task<TestAgent> NewAgent(AgentRole role = AgentRole.Agent)
    {
        var agent = Nobody();
        agent.Password = (await agent.Account.Add(new(agent.Login, "Marie Durand", role), Operator))!.Value;
        return agent;
    }

    internal T Facet<T>(AgentLogin login)
        where T : IGrainWithGuidKey => Running.Client.GetGrain<T>(login.Key);

    internal Task Deactivate(AgentLogin login) => Running.DeactivateAsync(Facet<IAgent>(login));
}

/// <summary>What was put on record.</summary>
internal sealed class RecordInMemory : IAuditTrail
{
    private readonly ConcurrentQueue<AuditEntry> entries = [];

    /// <summary>The disk is full from now on.</summary>
    public bool IsFull { get; set; }

    public Task Append(AuditEntry entry)
    {
        if (IsFull)
            throw new BackendUnavailableException();
        entries.Enqueue(entry);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AuditEntry>> About(Guid adherent, int most) => throw new NotSupportedException();

    /// <summary>What an agent did, in order.</summary>
    public IEnumerable<(AuditedAct Act, string? Detail)> Of(string agent) => entries.Where(e => e.By.Agent == agent).Select(e => (e.Act, e.Detail));
}

/// <summary>Rows in memory, in their stored form.</summary>
internal sealed class AgentRows : IGrainStorage
{
    private readonly ConcurrentDictionary<Guid, string> rows = [];

    public bool IsStored(AgentLogin login) => rows.ContainsKey(login.Key);

    public string Stored(AgentLogin login) => rows[login.Key];

    public void Copy(AgentLogin from, AgentLogin to) => rows[to.Key] = rows[from.Key];

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.RecordExists = rows.TryGetValue(grainId.GetGuidKey(), out var json);
        grainState.State = (T)(object)JsonSerializer.Deserialize(json ?? "{}", AgentStateJson.Default.AgentState)!;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        rows[grainId.GetGuidKey()] = JsonSerializer.Serialize((AgentState)(object)grainState.State!, AgentStateJson.Default.AgentState);
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        rows.TryRemove(grainId.GetGuidKey(), out _);
        (grainState.State, grainState.RecordExists) = ((T)(object)new AgentState(), false);
        return Task.CompletedTask;
    }
}
