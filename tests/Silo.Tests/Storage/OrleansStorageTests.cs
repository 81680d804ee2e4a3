using System.Buffers.Binary;
using MsaOrleans.Grains;
using MsaOrleans.Silo.Storage;
using Orleans.Storage;
using Orleans.TestingHost;

namespace MsaOrleans.Silo.Tests.Storage;

public sealed class OrleansStorageTests(EmbeddedStorageCluster cluster) : OrleansStorageContract(cluster), IClassFixture<EmbeddedStorageCluster>;

public sealed class EmbeddedStorageCluster : StorageCluster
{
    protected override ValueTask<StorageUnderTest> NewInstallation() => new(new Installation());
}

/// <summary>Our SQL under the real provider of Orleans, over the real database, whatever its kind.</summary>
public abstract class OrleansStorageContract(StorageCluster cluster)
{
    [Fact]
    public async Task A_grain_finds_after_a_rest_what_it_wrote_first_and_what_it_wrote_next()
    {
        var grain = NewGrain();
        await grain.Write("first");
        await grain.Rest();
        Assert.Equal("first", await grain.Read());
        await grain.Write("second");
        await grain.Rest();
        Assert.Equal("second", await grain.Read());
    }

    [Fact]
    public async Task A_write_over_a_row_that_changed_meanwhile_is_refused()
    {
        var grain = NewGrain();
        await grain.Write("mine");
        cluster.Installation.Execute($"UPDATE OrleansStorage SET Version = Version + 1 WHERE {IdentityOf(grain)}");
        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Write("stale"));
    }

    [Fact]
    public async Task A_first_write_where_there_is_a_row_already_is_refused()
    {
        var grain = NewGrain();
        await grain.Read(); // finds nothing, and remembers that
        var other = NewGrain();
        await other.Write("theirs");
        var key = grain.GetPrimaryKey().ToByteArray();
        cluster.Installation.Execute(
            $"""
             INSERT INTO OrleansStorage (GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString, GrainIdExtensionString, ServiceId, PayloadBinary, ModifiedOn, Version)
             SELECT {Hash(grain)}, {BitConverter.ToInt64(key, 0)}, {BitConverter.ToInt64(key, 8)}, GrainTypeHash, GrainTypeString, GrainIdExtensionString, ServiceId, PayloadBinary, ModifiedOn, 1
             FROM OrleansStorage WHERE {IdentityOf(other)}
             """);
        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Write("mine"));
    }

    [Fact]
    public async Task A_write_over_a_row_that_is_gone_is_refused()
    {
        var grain = NewGrain();
        await grain.Write("mine");
        cluster.Installation.Execute($"DELETE FROM OrleansStorage WHERE {IdentityOf(grain)}");
        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Write("ghost"));
    }

    [Fact]
    public async Task Clearing_deletes_the_row_and_the_grain_may_begin_again()
    {
        var grain = NewGrain();
        await grain.Write("once");
        await grain.Clear();
        Assert.Equal(0L, cluster.Installation.Scalar<long>($"SELECT count(*) FROM OrleansStorage WHERE {IdentityOf(grain)}"));
        await grain.Write("again");
        await grain.Rest();
        Assert.Equal("again", await grain.Read());
    }

    [Fact]
    public async Task Clearing_a_row_that_changed_meanwhile_is_refused()
    {
        var grain = NewGrain();
        await grain.Write("mine");
        cluster.Installation.Execute($"UPDATE OrleansStorage SET Version = Version + 1 WHERE {IdentityOf(grain)}");
        await Assert.ThrowsAsync<InconsistentStateException>(grain.Clear);
    }

    [Fact]
    public async Task Two_hundred_grains_write_at_once_without_an_error()
    {
        var grains = Enumerable.Range(0, 200).Select(_ => NewGrain()).ToList();
        await Task.WhenAll(grains.Select(async grain =>
        {
            for (var i = 0; i < 5; i++)
                await grain.Write($"turn {i}");
            await grain.Rest();
        }));
        Assert.All(await Task.WhenAll(grains.Select(grain => grain.Read())), text => Assert.Equal("turn 4", text));
    }

    [Fact]
    public async Task The_sweep_finds_a_stored_grain_by_its_own_key()
    {
        var grain = NewGrain();
        await grain.Write("due");
        var found = new List<Guid>();
        await foreach (var adherent in cluster.Installation.Get<OverdueAdherents>().Find(DueNow.Moment, TestContext.Current.CancellationToken))
            found.Add(adherent);
        Assert.Contains(grain.GetPrimaryKey(), found);
    }

    private ITestGrain NewGrain() => cluster.Grains.GetGrain<ITestGrain>(Guid.NewGuid());

    private static string IdentityOf(ITestGrain grain)
    {
        var key = grain.GetPrimaryKey().ToByteArray();
        return $"GrainIdN0 = {BitConverter.ToInt64(key, 0)} AND GrainIdN1 = {BitConverter.ToInt64(key, 8)}";
    }

    private static int Hash(ITestGrain grain) => new OrleansDefaultHasher().Hash([.. grain.GetPrimaryKey().ToByteArray().Reverse()]);
}

/// <summary>One silo for these tests.</summary>
public abstract class StorageCluster : IAsyncLifetime
{
    private InProcessTestCluster? cluster;

    public StorageUnderTest Installation { get; private set; } = null!;

    public IGrainFactory Grains => cluster!.Client;

    public async ValueTask InitializeAsync()
    {
        Installation = await NewInstallation();
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.AddAdoNetGrainStorageAsDefault(options =>
        {
            options.Invariant = Installation.Database.OrleansInvariant;
            options.DataSource = Installation.Database.Writes;
            options.DeleteStateOnClear = true;
            options.GrainStorageSerializer = new DueNow();
        }));
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
}

[Alias("msa.tests.storage")]
public interface ITestGrain : IGrainWithGuidKey
{
    [Alias("write")]
    Task Write(string text);

    [Alias("read")]
    Task<string> Read();

    [Alias("clear")]
    Task Clear();

    /// <summary>Leaves the memory, so that the next call reads the row.</summary>
    [Alias("rest")]
    Task Rest();
}

public sealed class TestGrain([PersistentState(AdherentGrain.StateName)] IPersistentState<TestState> store) : Grain, ITestGrain
{
    public Task Write(string text)
    {
        store.State.Text = text;
        return store.WriteStateAsync();
    }

    public Task<string> Read() => Task.FromResult(store.State.Text);

    public Task Clear() => store.ClearStateAsync();

    public Task Rest()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

[GenerateSerializer, Alias("msa.tests.state")]
public sealed class TestState
{
    [Id(0)]
    public string Text { get; set; } = "";
}

/// <summary>The envelope of stored rows, with something due, and no encryption.</summary>
internal sealed class DueNow : IGrainStorageSerializer
{
    public static readonly DateTimeOffset Moment = new(2026, 6, 15, 10, 0, 0, TimeSpan.Zero);

    public BinaryData Serialize<T>(T? input)
    {
        var header = new byte[9];
        header[0] = 1;
        BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(1), Moment.ToUnixTimeSeconds());
        return new([.. header, .. System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(input)]);
    }

    public T Deserialize<T>(BinaryData input) => System.Text.Json.JsonSerializer.Deserialize<T>(input.ToMemory().Span[9..])!;
}
