using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Ports;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace MsaOrleans.Grains.Tests;

/// <summary>What the hotline is told of the site, and how little it costs to ask.</summary>
public sealed class ActivityReportTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(Samples.Now);
    private readonly Machine machine = new();
    private InProcessTestCluster cluster = null!;

    private IActivityReport Activity => cluster.Client.GetGrain<IActivityReport>(0);

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(clock);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.Configure<ClusterMembershipOptions>(NoticeDeadSilosAtOnce);
            silo.Services.AddSingleton<IActivityCounts>(machine);
            silo.Services.AddSingleton<IAuditSearch>(machine);
        });
        cluster = builder.Build();
        await cluster.DeployAsync();
    }

    private static void NoticeDeadSilosAtOnce(ClusterMembershipOptions membership) =>
        (membership.ProbeTimeout, membership.NumMissedProbesLimit, membership.NumVotesForDeathDeclaration) = (TimeSpan.FromMilliseconds(300), 1, 1);

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task It_tells_what_was_counted_what_is_owed_and_how_each_silo_is()
    {
        machine.Counts.Add(new(ActivitySlices.HourOf(Samples.Now), "msa.registrations.started", 3));
        machine.Counts.Add(new(ActivitySlices.HourOf(Samples.Now.AddDays(-6)), "msa.registrations.started", 4));

        var report = await Activity.Read(ActivityPeriod.Week);

        Assert.Equal((Samples.Now, 7, 24), (report.At, report.Figures!.Slices.Count, report.Figures.Hours.Count));
        Assert.Equal([4, 0, 0, 0, 0, 0, 3], report.Figures.Slices.Select(slice => slice["msa.registrations.started"]));
        Assert.Equal(3, report.Figures.Hours.Sum(hour => hour["msa.registrations.started"]));
        Assert.Equal(Machine.Owed, report.Figures.Letters);
        Assert.Equal(ActivitySlices.Starts(ActivityPeriod.Week, Samples.Now)[0], machine.AskedFrom);
        Assert.Equal([SiloCondition.Working, SiloCondition.Working], report.Silos.Select(silo => silo.Condition));
        Assert.All(report.Silos, silo => Assert.True(silo.Activations > 0));
        Assert.Equal(2, report.Silos.Select(silo => silo.Name).Distinct().Count());
    }

    [Fact]
    public async Task However_many_ask_the_database_is_asked_once_in_five_seconds()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Activity.Read(ActivityPeriod.Day)));
        await Activity.Searches();
        await Activity.Searches();
        Assert.Equal((1, 1), (machine.Asked, machine.AskedForSearches));
        clock.Advance(TimeSpan.FromSeconds(5));
        await Activity.Read(ActivityPeriod.Day);
        await Activity.Searches();
        Assert.Equal((2, 2), (machine.Asked, machine.AskedForSearches));
    }

    [Fact]
    public async Task A_database_that_hangs_or_fails_is_told_of_and_not_waited_for()
    {
        machine.Answer = new TaskCompletionSource().Task;
        var report = await Activity.Read(ActivityPeriod.Day);
        Assert.Null(report.Figures);
        Assert.Equal(2, report.Silos.Count);

        machine.Answer = Task.FromException(new IOException("away"));
        Assert.Null(await Activity.Searches());
        machine.Answer = Task.CompletedTask;
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.NotNull((await Activity.Read(ActivityPeriod.Day)).Figures);
        Assert.NotNull(await Activity.Searches());
    }

    [Fact]
    public async Task A_silo_that_was_killed_is_missing()
    {
        // The last to start: the other could be taken for its successor.
        var last = (await Activity.Read(ActivityPeriod.Day)).Silos[^1].Name;
        await cluster.KillSiloAsync(cluster.Silos.Single(silo => $"{silo.SiloAddress.Endpoint}" == last));
        var report = await Testing.Waiting.For(
            async () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1)); // no more: of a silo that is gone for an hour nobody speaks any longer
                return await Activity.Read(ActivityPeriod.Day) is { Silos: [{ Condition: SiloCondition.Working }, { Condition: SiloCondition.Missing }] told } ? told : null;
            },
            () => "the silo to be gone");
        Assert.Null(report[1].Activations);
    }

    [Fact]
    public async Task Who_is_refused_comes_first_then_who_finds_nobody_most_often()
    {
        machine.Add("calm", "1 dossier(s)", "1 dossier(s)", "1 dossier(s)", "1 dossier(s)");
        machine.Add("curious", "0 dossier(s)", "0 dossier(s)", "2 dossier(s)");
        machine.Add("refused", "1 dossier(s)", "refusée, trop de recherches");
        machine.Add("illegible", [null]);

        Assert.Equal(
            [new AgentSearches("refused", 2, 1, 0), new("curious", 3, 0, 2), new("calm", 4, 0, 0), new("illegible", 1, 0, 0)],
            await Activity.Searches());
        Assert.Equal(Samples.Now.AddHours(-1), machine.SearchedFrom);
    }

    /// <summary>A database that answers when it is told to.</summary>
    private sealed class Machine : IActivityCounts, IAuditSearch
    {
        public static readonly LettersOwed Owed = new(5, 2, 1, Samples.Now.AddHours(-1));

        private readonly List<AuditLine> searches = [];

        public Task Answer { get; set; } = Task.CompletedTask;

        public List<HourCount> Counts { get; } = [];

        public int Asked { get; private set; }

        public int AskedForSearches { get; private set; }

        public DateTimeOffset AskedFrom { get; private set; }

        public DateTimeOffset SearchedFrom { get; private set; }

        public void Add(string agent, params string?[] outcomes) => searches.AddRange(outcomes.Select(outcome =>
            new AuditLine(1, Samples.Now, AuditedAct.Searched, new(agent, "Test"), null, outcome is null ? null : $"numéro f00d : {outcome}", outcome is not null)));

        public async Task<IReadOnlyList<HourCount>> Since(DateTimeOffset from)
        {
            (Asked, AskedFrom) = (Asked + 1, from);
            await Answer;
            return Counts;
        }

        public Task<LettersOwed> LettersOwed(DateTimeOffset now) => Task.FromResult(Owed);

        public async Task<IReadOnlyList<AuditLine>> Latest(AuditedAct act, DateTimeOffset from, int most)
        {
            (AskedForSearches, SearchedFrom) = (AskedForSearches + 1, from);
            await Answer;
            return searches;
        }

        public Task<AuditPage> Search(AuditQuery query, int most) => throw new NotSupportedException();
    }
}
