using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService;

namespace MsaOrleans.Silo.Tests.Postgres;

/// <summary>Our SQL under the real membership table of Orleans: of two who change the cluster at once one does.</summary>
public sealed class PostgresClusteringTests : IAsyncLifetime
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private PostgresInstallation installation = null!;
    private ServiceProvider services = null!;
    private AdoNetClusteringTable table = null!;

    public async ValueTask InitializeAsync()
    {
        installation = await PostgresInstallation.Create();
        services = new ServiceCollection()
            .AddLogging()
            .Configure<ClusterOptions>(cluster => cluster.ClusterId = "test")
            .Configure<AdoNetClusteringSiloOptions>(clustering =>
            {
                clustering.Invariant = installation.Database.OrleansInvariant;
                clustering.DataSource = installation.Database.Writes;
            })
            .BuildServiceProvider();
        table = ActivatorUtilities.CreateInstance<AdoNetClusteringTable>(services);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ActivatorUtilities.CreateInstance<AdoNetClusteringTable>(services).InitializeMembershipTableAsync(true, Stop)));
        await table.InitializeMembershipTableAsync(true, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await installation.DisposeAsync();
    }

    [Fact]
    public async Task An_empty_cluster_has_a_version_and_nobody_in_it()
    {
        var read = await table.ReadAllAsync(Stop);
        Assert.Empty(read.Members);
        Assert.Equal((0, "0"), (read.Version.Version, read.Version.VersionEtag));
        Assert.Empty((await table.ReadRowAsync(Entry(1).SiloAddress, Stop)).Members);
    }

    [Fact]
    public async Task A_silo_comes_in_once_against_the_version_it_read()
    {
        var entry = Entry(1);
        Assert.True(await table.InsertRowAsync(entry, At(0), Stop));
        Assert.False(await table.InsertRowAsync(entry, At(1), Stop));
        Assert.False(await table.InsertRowAsync(Entry(2), At(0), Stop));
        Assert.True(await table.InsertRowAsync(Entry(2), At(1), Stop));

        var read = await table.ReadAllAsync(Stop);
        Assert.Equal(2, read.Version.Version);
        Assert.Equal(2, read.Members.Count);
        var stored = Assert.Single((await table.ReadRowAsync(entry.SiloAddress, Stop)).Members).Item1;
        Assert.Equal(
            (entry.SiloAddress, entry.SiloName, entry.HostName, entry.Status, entry.ProxyPort, entry.StartTime, entry.IAmAliveTime),
            (stored.SiloAddress, stored.SiloName, stored.HostName, stored.Status, stored.ProxyPort, stored.StartTime, stored.IAmAliveTime));
        Assert.Null(stored.SuspectTimes);
    }

    [Fact]
    public async Task A_change_is_taken_against_the_version_that_was_read_and_no_other()
    {
        var entry = Entry(1);
        Assert.True(await table.InsertRowAsync(entry, At(0), Stop));
        entry.Status = SiloStatus.Active;
        entry.AddSuspector(Entry(9).SiloAddress, entry.StartTime);
        var etag = Assert.Single((await table.ReadRowAsync(entry.SiloAddress, Stop)).Members).Item2;
        Assert.False(await table.UpdateRowAsync(entry, etag, At(0), Stop));
        Assert.True(await table.UpdateRowAsync(entry, etag, At(1), Stop));
        Assert.False(await table.UpdateRowAsync(entry, etag, At(1), Stop));
        var read = await table.ReadAllAsync(Stop);
        Assert.Equal(2, read.Version.Version);
        Assert.False(installation.Scalar<bool>("SELECT update_membership('test', '127.0.0.1', 1, 1, 3, NULL, now(), 2)")); // nobody like that: the version must not move
        Assert.Equal(2, (await table.ReadAllAsync(Stop)).Version.Version);
        Assert.Equal((SiloStatus.Active, 1), (read.Members[0].Item1.Status, read.Members[0].Item1.SuspectTimes!.Count));
    }

    [Fact]
    public async Task Of_many_who_change_the_cluster_at_once_one_does()
    {
        for (var version = 0; version < 10; version++)
        {
            var at = version;
            var done = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => table.InsertRowAsync(Entry((100 * at) + i + 1), At(at), Stop)));
            Assert.Single(done, true);
        }
        var read = await table.ReadAllAsync(Stop);
        Assert.Equal((10, 10), (read.Version.Version, read.Members.Count));
    }

    [Fact]
    public async Task A_sign_of_life_moves_no_version_and_the_defunct_are_forgotten()
    {
        var (living, dead) = (Entry(1), Entry(2));
        (living.Status, dead.Status) = (SiloStatus.Active, SiloStatus.Dead);
        await table.InsertRowAsync(living, At(0), Stop);
        await table.InsertRowAsync(dead, At(1), Stop);
        living.IAmAliveTime = living.IAmAliveTime.AddMinutes(1);
        await table.UpdateIAmAliveAsync(living, Stop);
        var read = await table.ReadAllAsync(Stop);
        Assert.Equal(2, read.Version.Version);
        Assert.Contains(read.Members, member => member.Item1.IAmAliveTime == living.IAmAliveTime);

        await table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(dead.IAmAliveTime).AddSeconds(1), Stop);
        Assert.Equal(living.SiloAddress, Assert.Single((await table.ReadAllAsync(Stop)).Members).Item1.SiloAddress);
        await table.DeleteMembershipTableEntriesAsync("test", Stop);
        Assert.Equal(0L, installation.Scalar<long>("SELECT count(*) FROM OrleansMembershipVersionTable"));
    }

    [Fact]
    public async Task A_silo_and_a_client_find_each_other_through_it()
    {
        using var silo = new HostBuilder().UseOrleans(builder => builder
            .Configure<ClusterOptions>(Name)
            .ConfigureEndpoints(IPAddress.Loopback, MsaOrleans.Testing.FreePort.Next(), MsaOrleans.Testing.FreePort.Next())
            .AddMemoryGrainStorageAsDefault()
            .UseAdoNetClustering(clustering => (clustering.Invariant, clustering.DataSource) = (installation.Database.OrleansInvariant, installation.Database.Writes))).Build();
        await silo.StartAsync(Stop);
        using var client = new HostBuilder().UseOrleansClient(builder => builder
            .Configure<ClusterOptions>(Name)
            .UseAdoNetClustering(clustering => (clustering.Invariant, clustering.DataSource) = (installation.Database.OrleansInvariant, installation.Database.Writes))).Build();
        await client.StartAsync(Stop);
        var grain = client.Services.GetRequiredService<IGrainFactory>().GetGrain<Storage.ITestGrain>(Guid.NewGuid());
        await grain.Write("hello");
        Assert.Equal("hello", await grain.Read());
        await client.StopAsync(Stop);
        await silo.StopAsync(Stop);

        static void Name(ClusterOptions cluster) => (cluster.ClusterId, cluster.ServiceId) = ("of-two", "test");
    }

    private static TableVersion At(int version) => new(version + 1, $"{version}");

    private static MembershipEntry Entry(int number)
    {
        var started = new DateTime(2026, 6, 15, 10, 0, 0, 123, DateTimeKind.Utc);
        return new()
        {
            SiloAddress = SiloAddress.New(IPAddress.Loopback, 11_000 + number, number),
            SiloName = $"silo-{number}",
            HostName = "here",
            Status = SiloStatus.Joining,
            ProxyPort = 30_000,
            StartTime = started,
            IAmAliveTime = started,
        };
    }
}
